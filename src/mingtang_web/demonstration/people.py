"""Invented applicants: names out of common parts, numbers that look right and are nobody's.

Identity numbers begin with a region code that is not in use; telephone numbers
are of an exchange that is not connected.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mingtang.identity import check_digit
from mingtang_web.applicants.proving import ID_CARD
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.codes import check_character

if TYPE_CHECKING:
    from random import Random
    from uuid import UUID

REGION = "990101"
THREE_CHARACTERS = 0.75
WITH_MAIL = 0.5
ONE_IN = 25
"""Of so many persons one asks through somebody else."""
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
)
MIDDLE = "建国志文明海玉秀春晓红美丽永德金桂兰凤小学立新长世振光家宏庆福少云天佳子梓雨思一"
LAST = "华军平芳英杰强敏静伟磊洋勇艳娟涛超霞刚波辉鹏玲斌宇浩凯健鑫莉雪梅琴兵峰松林怡涵轩"
STREETS = ("柳林路", "清河路", "石桥街", "南关街", "政务路", "青云路", "学府路", "水岸街")
ESTATES = ("青云小区", "清河家园", "石桥新村", "柳林苑", "南关里", "学府花园", "水岸人家")
TRADES = ("建设工程", "物业服务", "环保科技", "农业发展", "商贸", "置业", "餐饮管理")
COMPANIES = ("清河", "远山", "嘉木", "同和", "北辰", "长汀", "启明", "万松", "百川", "新禾")
_OLDEST = date(1950, 1, 1)
_ORGANISATIONS = {
    "company": "{word}{trade}有限公司",
    "research": "{word}城乡发展研究院",
    "charity": "{word}公益服务中心",
    "legal_service": "{word}律师事务所",
    "other": "{word}社区业主委员会",
}


def name(random: Random) -> str:
    """Return a person's name of two or three characters."""
    middle = random.choice(MIDDLE) if random.random() < THREE_CHARACTERS else ""
    return random.choice(SURNAMES) + middle + random.choice(LAST)


def applicant(random: Random, kind: str) -> Person:
    """Return somebody of a kind of table three, with ways to reach them."""
    if kind == "person":
        return _person(random)
    return organisation(random, kind)


def organisation(random: Random, kind: str) -> Person:
    """Return a firm, an institute, a charity, a law firm or another body that asks."""
    word, trade = random.choice(COMPANIES), random.choice(TRADES)
    return Person(
        name=f"西山区{_ORGANISATIONS[kind].format(word=word, trade=trade)}",
        identity_kind="统一社会信用代码",
        identity_number=_unified_code(random),
        contact=name(random),
        phone=_telephone(random),
        address=_address(random),
        postcode="999001",
    )


def represented(person: Person, number: UUID) -> Person:
    """Return a person as they ask: one in so many lets a relative do it for them."""
    if number.int % ONE_IN or person.contact:
        return person
    return replace(
        person,
        agent=f"{person.name[0]}小平",
        agent_phone=person.phone,
        authority="自书授权委托书，代为申请、签收",
    )


def authority(title: str) -> Person:
    """Return another authority that is consulted."""
    return Person(name=title, contact="信息公开工作机构", address=f"{title}机关驻地")


def identity_number(born: date, order: int) -> str:
    """Return an identity number of nobody: its check digit is right, its region is not.

    >>> identity_number(date(1990, 3, 7), 13)
    '990101199003070138'
    """
    first = f"{REGION}{born:%Y%m%d}{order:03d}"
    return first + check_digit(first)


def _person(random: Random) -> Person:
    born = _OLDEST + timedelta(days=random.randrange(365 * 54))
    return Person(
        name=name(random),
        identity_kind=ID_CARD,
        identity_number=identity_number(born, random.randrange(1, 1000)),
        phone=_telephone(random),
        email=_mailbox(random) if random.random() < WITH_MAIL else "",
        address=_address(random),
        postcode="999001",
    )


def _mailbox(random: Random) -> str:
    return f"reader{random.randrange(10_000):04d}@example.cn"


def _telephone(random: Random) -> str:
    return f"0990-555{random.randrange(10_000):04d}"


def _address(random: Random) -> str:
    street, estate = random.choice(STREETS), random.choice(ESTATES)
    block, room = random.randrange(1, 30), random.randrange(101, 1899)
    return f"西山区{street}{random.randrange(1, 300)}号{estate}{block}幢{room}室"


def _unified_code(random: Random) -> str:
    first = f"91{REGION}MA{random.randrange(10_000_000):07d}"
    return first + check_character(first)
