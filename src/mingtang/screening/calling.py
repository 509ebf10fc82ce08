"""What words make of a number: somebody's, an office's, a thing's, an amount.

A label decides what digits cannot: a number that a text gives to an office as its
contact is no private datum (政府信息公开条例第十九条、第二十条), unless a person
is named beside it; then it is that person's, whatever it is called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening.context import clause_before
from mingtang.screening.meeting import is_word

if TYPE_CHECKING:
    from mingtang.screening.context import Page

_JOINT = r"(?:为|是|码|号|[:：\s（(])*"
_CALLED_ELSE = re.compile(
    r"(?:单号?|编号|流水号?|批号|批次|序列号|凭证号?|发票号?码?|票据号?码?|合同号|文号|案号|"
    r"档案号?|登记号|回执号?|查询码|识别码|代码|准考证号?|条码|追溯码|文件名|订单号?|工单号?|"
    rf"受理号|许可证号?|证书号?码?|设备号|监管码|缴款码|项目号){_JOINT}$"
)
"""What names a number as no person's, right before it."""
_CALLED_PLACE = re.compile(
    r"(?:图斑|宗地|地块|样点|样品|点位|断面|标段|管段|桩|井|站|柜|箱|位|地|段)(?:编?号|编码)"
    rf"{_JOINT}$"
)
_A_PLACE = re.compile(r"号?(?:图斑|宗地|地块|样[点品]|点位|断面|标段|管段|桩|井|监测)")
"""What stands behind the number of a place."""
_VEHICLE = re.compile(r"车|号牌|牌照|驾驶|摩托")
_AMOUNT = re.compile(
    r" ?(?:公斤|千克|吨|斤|元(?![旦宵月])|[万亿]|立方|平方|千瓦|亩|公里|千米|升|株|尾|册)"
)
"""Units in which nobody counts telephones."""
_A_CONTACT = re.compile(r"电话|手机|联系|拨打|致电|来电|号码|微信")
_DUTIES = (
    r"(?:办公室?|值班室?|值守|咨询|热线|服务|监督|监管|举报|投诉|受理|业务|窗口|前台|客服|客户|"
    r"报修|抢修|维修|救援|救助|报名|预约|维权|信访|单位|机关|政务|公务|项目部?|工程|招标|采购|"
    r"代理|质疑|接待|防汛|防火|应急|调度|指挥|报警|挂失|订票|问询|查询|纪检|值勤|执勤)"
)
_OFFICES = (
    r"(?:[局委厅科站馆队]|(?<!住)(?<!处)(?<!场)所|(?:办事|服务|管理|经营)处|(?:办公|值班|调度|收发)室|"
    r"(?:委员?|协|学|工|联合|理事)会|(?:医|法|检察|研究|卫生)院|中心|部门|机构|单位|项目部|指挥部|专班|"
    r"街道|社区|镇政府|乡政府|县政府|区政府|市政府)"
)
_TELEPHONE = r"(?:联系)?(?:电话|手机|热线|专线|方式)(?:号码?)?"
_PRIOR = (
    r"(?:[0-9][0-9 \-]{4,17}(?:转[0-9]{1,4})?(?:[（(][^）)\n]{0,8}[）)])?"
    r" ?[、/，,;或和及] ?){0,4}"
)
"""Numbers of the same label that stand before this one."""
_OFFICE_PHONE = re.compile(
    rf"(?P<label>{_DUTIES}{{1,3}}(?:专用|公开|固定|移动|统一|(?:24|二十四)小时)?{_TELEPHONE}"
    rf"|{_OFFICES}的?(?:公开|固定|统一)?{_TELEPHONE}|热线|专线|总机)"
    rf"(?:[（(][^）)\n]{{0,8}}[）)])?{_JOINT}{_PRIOR}(?:\+?86[ \-]?)?$"
)
_CALLED_PHONE = re.compile("[电手热专方总][话机线式]")
"""What stands in every such label; asked first."""
_OFFICE_HEAD = re.compile(rf"(?:{_DUTIES}{{1,3}}{_TELEPHONE}|热线|专线|总机)$")
_COMES_IN = re.compile(r"接到?|接听|收到|来自|来电|打来|[打拨呼]入|主叫|留下?|预留")
"""A call that comes in is a person's, though it be a call to complain."""
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱"
    "汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐"
    "梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫嵇缪娄虞应宗宣仇栾匡"
    "符蒲蒙宿笪汲班米曲桑束简卞钮奚鞠支容闫晏储仲蔺湛巫冷訾窦冀桓郜边农明练敖初丰雍卓麻乌浦佘凤"
)
_NAMED = rf"[{SURNAMES}][\u4e00-\u9fff]"
_TITLES = (
    r"(?:先生|女士|同志|老师|师傅|医生|律师|主任|书记|经理|主管|主席|代表|[局科处所站队镇乡村组院校会厂]长"
    r"|工(?![\u4e00-\u9fff]))"
)
_PERSON = re.compile(
    rf"联系人|负责人|责任人|经办人|承办人|值班人|专管员|网格员|管理员|联络员|姓名|本人|个人|私人|家[庭里中]"
    rf"|[他她我]的|(?<![极尤])其(?![他它余中])|[\u4e00-\u9fff]某|[{SURNAMES}][\u4e00-\u9fff]{{0,2}}{_TITLES}"
)
_NAME = re.compile(
    rf"(?:^|(?<=[，,、：:；（(\s|]))(?:{_NAMED}{{1,2}})(?=$|[，,、：:；）)\s|0-9])"
)
_BEFORE_LABEL = re.compile(rf"(?:^|[，,、：:；（(\s|])({_NAMED}{{1,2}})的?$")
_PLACE_ENDS = "局委办科处室站所院馆会队部厅组县市区镇乡村街道司心厂店校州省路府"
_STOPS = re.compile("[。；;！？!?]")
_FAR, _NEAR = 60, 20


def called_else(text: str, start: int) -> bool:
    """Return whether the words right before a number say that it is no person's."""
    last = text[max(0, start - 14) : start].rstrip(_JOINTS)[-1:]
    if last not in _LASTS and not last.isspace():
        return False
    return bool(_CALLED_ELSE.search(clause_before(text, start, 14)))


_JOINTS = "为是码号:：（( \t"
_LASTS = frozenset("单编水批次列证票据同文案记执询别代条溯名理书备管款目") | {""}
"""What such words end with, whatever joins them to the number; asked first."""


def an_amount(text: str, start: int, end: int) -> bool:
    """Return whether digits count something, and no words make a telephone of them."""
    return bool(_AMOUNT.match(text, end)) and not _A_CONTACT.search(
        clause_before(text, start)
    )


def a_place(text: str, start: int, end: int) -> bool:
    """Return whether what looks like a plate is the number of a thing or place.

    Where its sentence speaks of a vehicle it is a plate.
    """
    before = clause_before(text, start, 40)
    if not (
        _CALLED_ELSE.search(before[-14:])
        or _CALLED_PLACE.search(before)
        or _A_PLACE.match(text, end)
    ):
        return False
    return not _VEHICLE.search(before + text[end : end + 12])


def of_an_office(page: Page, start: int, end: int) -> bool:
    """Return whether a telephone is given as an office's, and no person beside it."""
    text = page.text
    before = _STOPS.split(text[max(0, start - _FAR) : start])[-1]
    after = _STOPS.split(text[end : end + _NEAR], maxsplit=1)[0]
    label = _OFFICE_PHONE.search(before) if _CALLED_PHONE.search(before) else None
    if label:
        told = before[: label.start()]
        if _COMES_IN.search(told[-12:]) or _BEFORE_LABEL.search(told):
            return False
        return not (names_person(told) or names_person(after))
    line = page.line(start)
    if not line.bars or start < line.bars[0]:
        return False
    if not _OFFICE_HEAD.search(page.head_of(start)):
        return False
    return not names_person(f"{page.heads(start)}\n{text[line.begin : line.end]}")


def names_person(words: str) -> bool:
    """Return whether a person is named: by name, by name and title, or as whose it is.

    >>> names_person("联系人：匡科长"), names_person("县医院，防汛办")
    (True, False)
    """
    if _PERSON.search(words):
        return True
    return any(
        name[0][-1] not in _PLACE_ENDS and not is_word(name[0])
        for name in _NAME.finditer(words)
    )


def called_as_other(between: str) -> bool:
    """Return whether words behind the name of a paper speak of the number of another.

    >>> called_as_other("，领取凭证为回执单，编号"), called_as_other("，编号")
    (True, False)
    """
    called = _OTHER_NUMBER.search(between)
    if called is None:
        return False
    return called[0][:2] != "编号" or bool(_OTHER_THING.search(between[: called.start()]))


_OTHER_NUMBER = re.compile(
    r"(?:单号?|编号|流水号?|批[号次]|凭证号?|发票号?码?|票据号?码?|合同号|文号|案号|档案号?|登记号"
    r"|回执号?|查询码|预约[号码]|取件码|代码|订单号?|工单号?|受理号|项目号|电话|传真|热线|邮编|金额)"
    rf"{_JOINT}(?:0[0-9]{{2,3}}[ \-]?)?$"
)
_OTHER_THING = re.compile(
    r"[单案表函]|证明|凭证|凭条|回执|项目|合同|采购|公告|文件|申请|受理|业务|许可|设备|档案|登记|服务"
    r"|订[购单]|通知|窗口|柜|批"
)
