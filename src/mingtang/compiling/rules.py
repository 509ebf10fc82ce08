"""The rule of compiling (family Y): what does not agree with last year's report."""

from __future__ import annotations

from mingtang.finding import Rule, Weight

_BASIS = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）三"

CARRIED_IN_DIFFERS = Rule(
    "Y101",
    "carried-in-differs",
    "上年结转与上年报告对不上",
    Weight.CONTRADICTION,
    _BASIS,
    "表三“二、上年结转”的“{column}”：本年按台账是{now}，上年报告“四、结转下年度继续办理”"
    "是{before}，相差{difference}；请核对台账{cases}",
    """上年结转与上年报告对不上。

查什么：按台账生成年报时，本年“二、上年结转”的每一列与上年报告“四、结转下年度继续办理”是否相同。
依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）三
为什么：上年没有办完的，就是本年结转来的，逐列应当相等。不等，不是上年报告错了，就是台账在公布以后改过。
例：上年报告自然人结转下年度2件，台账里有一件后来补记了上年的答复，本年推算只结转1件。
何时不算错：上年报告公布以后依法更正过，或者机关合并、划转。须在第六部分说明。
怎么改：打开这一格所含的案件，找出公布以后补登、更正的记录；该更正上年报告的更正，系统不改动任何一个数。""",
    "0.2",
)
RULES: tuple[Rule, ...] = (CARRIED_IN_DIFFERS,)
