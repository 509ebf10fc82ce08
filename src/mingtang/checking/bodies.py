"""What kind of body a name tells: government, its office, department, township.

Names are all that a report gives. Where a name leaves room for doubt the kind
is `UNCLEAR`, and a rule that would accuse stays silent or asks.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from mingtang.text import squeeze


class Kind(StrEnum):
    """The kinds of body (机关类别) that deadlines and powers tell apart."""

    CENTRAL = "central"
    """国务院部门, told by 中华人民共和国 or 国家 in front."""
    GOVERNMENT = "government"
    """县级以上地方人民政府."""
    OFFICE = "office"
    """人民政府办公室（厅） or 管委会: may speak for itself or for the government."""
    DEPARTMENT = "department"
    """地方人民政府的部门."""
    TOWNSHIP = "township"
    """乡镇人民政府、街道办事处."""
    UNCLEAR = "unclear"
    """A name that does not tell."""


_STATE = "中华人民共和国|国家|国务院|中国|海关总署"
_KINDS = (
    # A vertical bureau in the provinces, or an office of the Party.
    (Kind.UNCLEAR, re.compile(rf"(?:{_STATE}).*(?:省|市|县|区|州|分行|支行|总队|支队).*")),
    (Kind.UNCLEAR, re.compile("中共.*")),
    (Kind.CENTRAL, re.compile(rf"(?:{_STATE}).*")),
    (
        Kind.TOWNSHIP,
        re.compile(r".*(?:镇|乡|苏木|街道)(?:人民政府|政府)?(?:办事处|办|党政办公室)?"),
    ),
    (
        Kind.OFFICE,
        re.compile(
            r".*(?:政府|行政公署|管理委员会|管委会)(?:办公室|办公厅|办)"
            r"|.*[区园港城岛湖山](?:管委会|管理委员会)"
        ),
    ),
    # A zone is no level of government.
    (Kind.UNCLEAR, re.compile(r".*(?:[园景社小片]|开发|示范|保护|功能|度假)区")),
    (Kind.GOVERNMENT, re.compile(r".*[省市县区旗州盟](?:人民政府|政府|行政公署)?")),
    (Kind.DEPARTMENT, re.compile(r".{2,}(?:局|厅|委员会|委|办公室)(?:\(.*\))?")),
)


plain_name = lru_cache(maxsize=4096)(squeeze)
"""A name folded and without spaces; title, text and signature repeat it."""


@lru_cache(maxsize=4096)
def kind_of(name: str | None) -> Kind:
    """Return the kind of body that a name tells.

    >>> kind_of("韶关市武江区人民政府办公室").value, kind_of("桃江县松木塘镇人民政府").value
    ('office', 'township')
    >>> kind_of("牧野区数据管理局").value, kind_of("区机关事务管理服务中心").value
    ('department', 'unclear')
    """
    if not name:
        return Kind.UNCLEAR
    plain = plain_name(name)
    return next(
        (kind for kind, pattern in _KINDS if pattern.fullmatch(plain)), Kind.UNCLEAR
    )


_LOCAL_DEPARTMENT = re.compile(
    r".+(?:省|自治区|市|县|区|旗|州|盟)(?!.*政府).+(?:局|厅|委员会|委)(?:\(.*\))?"
)
_BELOW_CITY = re.compile(
    r".*(?:县|自治县|旗|(?<!自治)(?<!地)(?<!新)(?<!开发)区)人民政府(?:办公室)?"
)


def lacks_rule_making_power(name: str | None) -> bool:
    """Return whether the body surely may not make rules (规章).

    立法法 gives that power to the State Council's departments, to provinces,
    cities divided into districts and autonomous prefectures. A city's name
    does not tell whether it has districts: such a name is not accused.

    >>> lacks_rule_making_power("桃江县松木塘镇人民政府")
    True
    >>> lacks_rule_making_power("韶关市人民政府")
    False
    """
    if not name:
        return False
    plain = plain_name(name)
    kind = kind_of(plain)
    if kind is Kind.TOWNSHIP:
        return True
    if kind is Kind.DEPARTMENT:
        return _LOCAL_DEPARTMENT.fullmatch(plain) is not None
    return _BELOW_CITY.fullmatch(plain) is not None
