"""Whether a source is a law or an administrative regulation of the State (法律、行政法规).

立法法: 法律 are the National People's Congress's, 行政法规 the State Council's. A rule of a
ministry or of a local government is never called 条例 (行政法规制定程序条例第五条), but
local regulations (地方性法规) are, by their places' names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtang.law.citation import Citation

_OF_STATE = ("法", "法典", "条例")
_METHODS = "办法"
"""Ends as a law does and is none: 办法."""
_DECREE = "国务院令"
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
    "广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_LOCAL = re.compile(
    rf"(?:{_PROVINCES}).*|[\u4e00-\u9fff]{{2,4}}(?<!城)(?<!上)(?<!都)(?<!超)市(?!场).*"
    r"|.*(?:自治区|自治州|自治县|经济特区).*"
)


def may_forbid(source: Citation) -> bool:
    """Return whether a source, by its name, is a law or an administrative regulation.

    Names alone are judged; a decree number of the State Council settles it.

    >>> from mingtang.law.citation import parse_citation
    >>> [may_forbid(parse_citation(name)) for name in ("统计法第九条", "某办法第九条")]
    [True, False]
    """
    if (source.number or "").startswith(_DECREE):
        return True
    name = source.instrument or ""
    if name.endswith(_METHODS) or not name.endswith(_OF_STATE):
        return False
    return _LOCAL.fullmatch(name) is None
