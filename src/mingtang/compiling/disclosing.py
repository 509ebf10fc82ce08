"""What was disclosed in words: documents, decisions, interpretations, the registers.

A sentence is written only where its figure is known. Parts that do not add up to their
whole, because one piece stands in several columns, are told as what they are.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mingtang.text import share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.compiling.prose import Known
    from mingtang.compiling.publications import (
        CleanUp,
        Interpreted,
        Parts,
        Publications,
    )

_DOCUMENTS = (("normative_documents", "行政规范性文件"), ("regulations", "规章"))
_DECISIONS = (
    ("disclosure/licensing/decisions", "行政许可"),
    ("disclosure/penalties/decisions", "行政处罚"),
    ("disclosure/coercion/decisions", "行政强制"),
)
_CHARGED = "disclosure/administrative_fees/amount"


def disclosing_words(known: Known) -> Iterator[str]:
    """Yield what the figures say of disclosure on the body's own motion."""
    told = known.publications
    if told.disclosed is not None:
        yield from _counted("主动公开政府信息", told.disclosed, "条", told.columns)
    for line, name in _DOCUMENTS:
        yield from _documents(known, line, name)
    yield from _decisions(known)
    if told.budgets is not None:
        yield f"公开预算、决算{told.budgets}份。"
    if told.interpretations is not None:
        yield from _counted("发布政策解读材料", told.interpretations, "件", told.means)
    if told.interpreted:
        yield _interpreted(told.interpreted)
    if told.meetings is not None:
        yield f"会议公开{told.meetings}次。"
    if told.activities is not None:
        yield f"开展政务公开主题活动{told.activities}次。"


def managing_words(told: Publications) -> Iterator[str]:
    """Yield what is known of the management of information (政府信息管理)."""
    if told.reviewed is not None:
        yield f"公开前审查政府信息{told.reviewed}条。"
    if told.cleaned:
        yield _cleaned(told.cleaned)


def platform_words(told: Publications) -> Iterator[str]:
    """Yield what is known of the platforms (平台建设)."""
    if told.accounts is not None:
        yield f"年末有政务新媒体账号{told.accounts}个。"


def governing_words(told: Publications) -> Iterator[str]:
    """Yield what is known of supervision and support (监督保障)."""
    if told.trainings is not None:
        heard = "" if told.trained is None else f"，参加{told.trained}人次"
        yield f"举办政府信息公开培训{told.trainings}次{heard}。"
    if told.checks is not None:
        yield f"开展政府信息公开监督检查{told.checks}次。"


def _counted(what: str, whole: int, unit: str, parts: Parts) -> Iterator[str]:
    """Yield a whole with its parts; where these are more or less, apart from it."""
    named = "、".join(f"{name}{count}{unit}" for name, count in parts if count)
    if not named:
        yield f"本年{what}{whole}{unit}。"
    elif sum(count for _, count in parts) == whole:
        yield f"本年{what}{whole}{unit}，其中{named}。"
    else:
        yield f"本年{what}{whole}{unit}。"
        yield f"分类计（列入几类的各计一次，没有归类的不计）：{named}。"


def _documents(known: Known, line: str, name: str) -> Iterator[str]:
    issued, repealed, in_force = (
        known.figure(f"disclosure/{line}/{column}")
        for column in ("issued", "repealed", "in_force")
    )
    if issued is None or (line == "regulations" and not (issued or repealed or in_force)):
        return
    parts = [
        f"{what}{count}件"
        for what, count in (
            (f"制发{name}", issued),
            ("废止", repealed),
            ("年末现行有效", in_force),
        )
        if count is not None
    ]
    yield f"本年{'，'.join(parts)}。"


def _decisions(known: Known) -> Iterator[str]:
    told = [
        f"{name}决定{count}件"
        for cell, name in _DECISIONS
        if (count := known.figure(cell)) is not None
    ]
    if told:
        yield f"作出{'、'.join(told)}。"
    charged = known.figure(_CHARGED)
    if charged is not None:
        yield (
            f"收取行政事业性收费{Decimal(charged):f}万元。"
            if charged
            else "没有行政事业性收费。"
        )


def _interpreted(told: Interpreted) -> str:
    if not told.owed:
        return "没有应当解读的文件。"
    rate = share(told.done, told.owed)
    timely = "" if told.in_time is None else f"，其中{told.in_time}件在三个工作日内解读"
    return f"应当解读的文件{told.owed}件，已解读{told.done}件{timely}，解读率{rate}%。"


def _cleaned(told: CleanUp) -> str:
    ended = told.kept, told.repealed, told.declared_void, told.over
    named = f"继续有效{told.kept}件、废止{told.repealed}件、宣布失效{told.declared_void}件"
    if told.over:
        named += f"、签发时已不在施行{told.over}件"
    among = f"，其中{named}" if sum(ended) == told.looked_at else f"；{named}"
    return f"清理规章和行政规范性文件{told.looked_at}件{among}。"
