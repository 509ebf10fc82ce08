"""Whether a name can be that of a review organ or a court: an organ, and no person.

行政复议法（2023年修订）第二十四条至第二十八条: reviews are decided by governments, and by
departments where the law says so; 行政诉讼法（2017年修正）第三条: suits by people's courts.
The rule knows what such names end with, not every organ there is: a name that it does
not know may be entered with the reason why it is one.
"""

from __future__ import annotations

import re

_COURT = re.compile(r".{2,}法院(.*法庭)?")
_ALONE = frozenset({"国务院"})
_ENDINGS = (
    *("人民政府", "政府", "行政公署", "公署", "办事处", "委员会", "管委会", "管理处"),
    *("厅", "局", "部", "委", "署", "办公室", "海关", "银行", "复议机构", "中心"),
)
_SHORTEST = 2
_NAMELESS = frozenset({"人民", "本级", "上级", "上一级", "同级"})


def is_court(name: str) -> bool:
    """Return whether a name without blanks is that of one court.

    >>> is_court("西山区人民法院"), is_court("最高人民法院第一巡回法庭")
    (True, True)
    >>> is_court("人民法院"), is_court("王法院长")
    (False, False)
    """
    return _COURT.fullmatch(name) is not None and not name.startswith("人民法院")


def is_organ(name: str) -> bool:
    """Return whether a name without blanks is that of one government or department.

    >>> [is_organ(name) for name in ("西山区人民政府", "司法部", "张三丰", "区政府", "局")]
    [True, True, False, False, False]
    """
    if name in _ALONE:
        return True
    ending = next((each for each in _ENDINGS if name.endswith(each)), "")
    whose = name.removesuffix(ending)
    return bool(ending) and len(whose) >= _SHORTEST and whose not in _NAMELESS
