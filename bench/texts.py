"""Texts of the kinds that are published, made anew and always the same: to be screened."""

from __future__ import annotations

from itertools import count
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SENTENCES = (
    "全年主动公开政府信息{a}条，其中通过政府网站公开{b}条，政务新媒体公开{c}条。",
    "本机关收到政府信息公开申请{a}件，予以公开{b}件，按期办结率{c}%。",
    "{y}年{m}月{d}日，区政府第{c}次常务会议审议通过《关于进一步加强政务公开工作的实施意见》。",
    "项目总投资{a}.{c}万元，建设地点在人民路与解放路交叉口，建设工期{b}天。\n",
    "存在的主要问题：一是政策解读形式还不够丰富；二是依申请公开答复的规范性有待提高。\n",
    "咨询电话：0512-8{a}，办公地址：行政中心{m}号楼{b}室。",
)
_WRONG = (
    "申请人身份证号110101191003070138，已核对。",
    "联系人手机13800137502。",
    "请将款项汇至指定帐户。",
    "依照中华人名共和国有关法律。",
    "现住长江小区2幢1单元301室。",
)
_FIGURES = "{n}\t第{m}街道办事处\t{a}.{c}\t{b}\t{c}%\t3{a}{b}{c}\n"
_REGISTER = (
    "{n}\t第{m}中学\t0512-6{a}0{m}\t0512{a}0{c}\t3205**********{b}X\t{y}-0{d}-1{m}\n",
    "{n}\t第{m}建筑公司\t91320500MA{a}{c}\t3205{b}{a}{a}\t{a}.{c}\t{y}.0{m}.{d}\n",
    "{n}\t第{m}村民小组\t62****{a}\t1{c}****{b}0\t{y}{c}{b}{a}{a}\t{a}{b}{c}{y}{m}\n",
    "{n}\t订单号\t{y}0{m}1{d}{a}{a}\t{a}{b} {b}{a}\t发票号码\t0{a}{c}\t{y}/{m}/{d}\n",
    "{n}\t第{m}卫生院\t农业银行{m}支行\t1102{a}{b}{a}{c}\t1{b}{a}{c}\t{b}-{a}-{c}\n",
)
_KNOWN = (
    "{n}\t第{m}户\t13800137502\t110101191003070138\t6222021234567890128\t{a}.{c}\n",
    "{n}\t第{m}户\t138 0013 7502\t11010119100307 0138\t{a}.{c}\t{y}-0{m}-1{d}\n",
)
_PAGE = (
    "首页 > 政府信息公开 > 法定主动公开内容 > 财政信息\n",
    "索引号：0142{a}/{y}-00{b}　公开方式：主动公开　成文日期：{y}年{m}月{d}日\n",
    "各街道办事处，区各委办局：现将《{y}年度财政专项资金分配方案》印发给你们，请认真组织实施。\n",
    "一、申报条件：具有本区户籍或者持有居住证，连续缴纳社会保险满{c}个月，名下无住房。\n",
    "（二）办理地点：人民路{b}号政务服务中心{m}楼{c}号窗口；电话：0512-6{a}0。\n",
    "附件：1. 资金分配表.xlsx https://www.example.gov.cn/art/{y}/{m}/{d}/art_{b}_{a}.html\n",
    "工资表\t编制单位：第{m}街道\t金额单位：元\t{y}-0{m}-1{d} 10:{c}:{c}\n",
    "{n}|第{m}社区|{a}.{c}|{b}|0512-6{a}0|service{c}@example.gov.cn|\n",
    "{n}\t第{m}村\t{a}.{c}\t{b}.{c}\t-{c}.{c}%\t20{a}{b}{c}\t正常\n",
    "版权所有：区人民政府办公室　网站标识码：32050{a}　备案号：苏ICP备0{a}号-{m}\n",
)


def prose(length: int, wrong: int = 0) -> str:
    """Return the prose of a report; of a hundred sentences, so many hold a hit."""

    def choose(chance: Random) -> str:
        return chance.choice(_WRONG if chance.randrange(100) < wrong else _SENTENCES)

    return _made(length, choose)


def dense(length: int) -> str:
    """Return prose of which 1.5 % of all characters are in hits."""
    return prose(length, 6)


def figures(length: int) -> str:
    """Return a table of figures with a long code in each row."""
    head = "序号\t单位名称\t金额（万元）\t件数\t占比\t项目代码\n"
    return head + _made(length - len(head), lambda _chance: _FIGURES)


def register(length: int) -> str:
    """Return rows full of what a number of a person may look like; few are one."""
    head = "序号\t名称\t办公电话\t传真\t证件号码\t日期\n"
    rows = _REGISTER * 12 + _KNOWN
    return head + _made(length - len(head), lambda chance: chance.choice(rows))


def page(length: int) -> str:
    """Return pages as they are read from HTML, and the rows of their attachments."""
    return _made(length, lambda chance: chance.choice(_PAGE))


KINDS: dict[str, Callable[[int], str]] = {
    "a report's prose": prose,
    "prose full of hits": dense,
    "a table of figures": figures,
    "a register of numbers": register,
    "pages and their attachments": page,
}


def _made(length: int, choose: Callable[[Random], str]) -> str:
    """Return so many characters of what is chosen, its figures by chance."""
    return "".join(_filled(length, choose))[:length]


def _filled(length: int, choose: Callable[[Random], str]) -> Iterator[str]:
    chance = Random(2)  # noqa: S311 - a text for a bench
    for number in count(1):
        told = choose(chance).format(
            n=number,
            a=chance.randrange(10_000, 10**6),
            b=chance.randrange(100, 1_000),
            c=chance.randrange(10, 100),
            y=chance.randrange(2008, 2027),
            m=chance.randrange(1, 13),
            d=chance.randrange(1, 29),
        )
        length -= len(told)
        yield told
        if length <= 0:
            return
