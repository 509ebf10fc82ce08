"""Where somebody lives, to the door: from the first place name to the number on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening.hits import Hit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIGGERS = ("单元", "室", "楼", "房", "栋", "幢", "组", "村", "弄", "座", "号")
"""What a door's number stands beside; only there is a text looked at."""
_SIGN = "[0-9A-Za-z一二三四五六七八九十]"
_NUMBER = rf"{_SIGN}{{1,4}}"
_BUILDING = rf"{_NUMBER}(?:号楼|#楼|号院|楼|栋|幢|座|号)"
DOOR = re.compile(
    rf"(?={_NUMBER}+[单号#楼栋幢座\-]|[弄巷里村号屯寨庄组队]{_SIGN}|胡同)"
    rf"(?:(?:{_BUILDING})?{_NUMBER}单元(?:{_NUMBER}楼)?[0-9]{{1,4}}(?:室|号|房)?"
    rf"|{_NUMBER}(?:号楼|#楼|栋|幢|座)[0-9]{{3,4}}(?:室|房|号)"
    rf"|{_BUILDING}[0-9]{{1,2}}门[0-9]{{1,4}}(?:室|号|房)?"
    rf"|{_NUMBER}(?:号楼|#楼|号院|栋|幢|座)[0-9]{{1,2}}[层楼]"
    r"[0-9]{3,4}(?:室|房|号|(?![0-9.平㎡米人元万]))"
    r"|(?:弄|巷|里|胡同|村|号)(?:[0-9]{1,4}号)?[0-9]{3,4}室"
    rf"|(?:村|屯|寨|庄|组|队){_NUMBER}号(?![楼院])"
    r"|[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?:室|号)?)"
)
_BEFORE, _BEHIND = 12, 16
"""How many characters before a trigger and behind it are looked at."""
_NOT_OF_IT = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z()（）#·\-]")
"""What no address holds."""
_LEAD = re.compile(
    r".*(?:住址|地址|住所|居住地|户籍地|现居|现住|家住|住在|起火部位|住于|住|位于|即|系|为|是|至|在)"
)
_PLACES = re.compile(
    r"[省市区县旗镇乡村路街巷弄里苑园府庄屯组湾坊院寓城厦]|小区|社区|花园|公寓|家园|大道|新村"
)
_PLACE_SIGNS = re.compile("[省市区县旗镇乡村路街巷弄里苑园府庄屯组湾坊院寓城厦道]")
"""One of them stands in every name of a place."""
_OFFICES = re.compile(
    r"[局委厅]|中心|大厅|办公|医院|学校|[中小]学|大厦|写字楼|法院|检察院|派出所|档案馆|市场|商铺|"
    r"商场|工厂|公司|窗口|会议|政府|[总分]站|馆|大队|机关|银行|宾馆|酒店|教学|实验|园区"
)


_CLOSED = re.compile(rf"{_SIGN}(?:单元|[室房号]|-[0-9]{{1,2}}-[0-9]{{3}})")
"""What stands in every door, looked for first: it is the cheaper."""
_LIKE_DOOR = re.compile(
    rf"[0-9A-Za-z一二三四五六七八九十楼栋幢座村屯寨庄组队](?:(?<={_SIGN})单元"
    r"|(?<=[0-9])(?:[0-9]{2}[室房]|-[0-9]{1,2}-[0-9]{3}|门[0-9]|[层楼][0-9]{3})"
    rf"|(?<=[楼栋幢座])[0-9]{{3,4}}号|(?<=[村屯寨庄组队]){_NUMBER}号)"
)
"""What stands in every door as well."""


def stretches(text: str, spots: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around triggers in which a door can be.

    What closes a door stands in it, and the name of a place.
    """
    begin = stop = 0
    for start, end in (*spots, (len(text) + 99, 0)):
        if start - _BEFORE > stop:
            if (
                _CLOSED.search(text, begin, stop)
                and _PLACE_SIGNS.search(text, begin, stop)
                and _LIKE_DOOR.search(text, begin, stop)
            ):
                yield begin, min(stop, len(text))
            begin = start - _BEFORE
        stop = end + _BEHIND


def addresses(text: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the dwellings between two places of a text."""
    for door in DOOR.finditer(text, start, end):
        left = text[max(start, door.start() - 40) : door.start()]
        broken = left.endswith("\n")
        reach = _NOT_OF_IT.split(left[:-1] if broken else left)[-1]
        begin = door.start() - len(reach) - broken
        if not _PLACES.search(reach + door[0][:1]):
            continue
        lead = _LEAD.match(text[begin : door.start()])
        named = begin + lead.end() if lead else begin
        whole = text[named : door.end()]
        after = text[door.end() : door.end() + 4]
        if not _PLACES.search(text[named : door.start()] + door[0][:1]):
            continue
        if _OFFICES.search(whole) or _OFFICES.match(after):
            continue
        yield Hit(Kind.ADDRESS, named, door.end(), whole, "写到门牌的住处")
