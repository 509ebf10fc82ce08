"""An overview that does not treat one of its five topics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.checking.evidence import Evidence

_NUMERAL = "[一二三四五六七八九十]{1,2}"
_MARK = (
    rf"(?:[（(](?:{_NUMERAL}|[0-9]{{1,2}})[)）]|{_NUMERAL}[、是]|[0-9]{{1,2}}[.\uff0e、])"
)
_SUBHEAD = re.compile(rf"[ \t\u3000\xa0]*{_MARK}([^。：:；\n]{{2,40}})")
_LONGEST = 20
_BARE = re.compile(rf"[^\n。，；：:]{{4,{_LONGEST}}}")
_CLAUSE = re.compile(r"[。；]")
_TOPICS = (
    ("主动公开", ("主动公开",)),
    ("依申请公开", ("依申请", "申请公开", "公开申请")),
    ("政府信息管理", ("管理",)),
    ("政府信息公开平台建设", ("平台",)),
    ("监督保障", ("监督", "保障", "考核")),
)


@rule(
    code="F107",
    name="overview-topic-missing",
    weight=Weight.DOUBT,
    message="“一、总体情况”没有分写：{missing}；五个方面都应当有，没有工作可写的也要交代",
)
def overview_topic_missing(evidence: Evidence) -> Iterator[Fault]:
    """总体情况缺少规定的方面。

    查什么：“一、总体情况”的小标题是否含主动公开、依申请公开、政府信息管理、政府信息公开
    平台建设、监督保障五个方面。没有小标题的，看文字提到没有。
    依据：国办公开办函〔2021〕30号
    为什么：综述写什么由格式规定。换成组织领导、教育培训之类，读者要看的就没有了。
    例：小标题是组织领导、政府信息管理、制度建设、教育培训，缺了另外四个方面。
    何时不算错：小标题换了说法而内容确已写到，由人判断。
    怎么改：按五个方面重新分段，把现有内容归进去，缺的补写。
    """
    part = evidence.parts.get(1)
    section = evidence.report.section(1)
    if part is None or section is None or not part.text or not evidence.owes_the_form:
        return
    missing = _missing("\n".join(_heads(part.lines)))
    if missing:
        clauses = [clause for line in part.lines for clause in _CLAUSE.split(line)]
        missing = _missing("\n".join(_heads(clauses)) or part.text)
    if missing:
        words = "、".join(missing)
        yield Fault(
            {"missing": words}, (section.place,), quote=section.heading, subject=words
        )


def _missing(words: str) -> list[str]:
    return [topic for topic, names in _TOPICS if not says(words, names)]


def _heads(lines: Iterable[str]) -> Iterator[str]:
    """Yield what is marked as a sub-heading, or stands alone like one."""
    for line in lines:
        found = _SUBHEAD.match(line)
        if found is not None:
            yield found[1]
        elif len(line) <= _LONGEST and _BARE.fullmatch(line):
            yield line
