"""What cells say: days, whole numbers, and values by their Chinese names.

Nothing is guessed: a day without its year, or a name that could mean two things, is
refused, and whoever imports says what it means.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from mingtang.case.vocabulary import APPLICANTS, CAUSES, ROLES
from mingtang.law import sheet
from mingtang.law.delivery import deliveries
from mingtang.law.grounds import grounds
from mingtang_web.cases.models import Channel, Delivery, Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).parent / "names.yaml"
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"(\d{1,9})(?:\.0+)?\s*(?:元|件|页|个?工作日|日|天)?")
_MONTHS = 12
WITHDRAWN = "withdrawn"
"""A result that is none of the body's: the applicant took the request back."""


def day(text: str) -> date | None:
    """Return the day that a cell says, None where it says none for certain.

    >>> day("2026年3月2日"), day("2026/3/2 10:05"), day("3月2日")
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2), None)
    """
    found = _DAY.fullmatch(text.strip()) or _COMPACT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def no_such_day(text: str) -> str:
    """Return why a cell that is written as a day says none; blank for all others.

    >>> no_such_day("2026.2.30"), no_such_day("2026-13-01"), no_such_day("3月2日")
    ('日期有误：2026年2月没有30日', '日期有误：没有13月', '')
    """
    found = _DAY.fullmatch(text.strip()) or _COMPACT.fullmatch(text.strip())
    if found is None or day(text):
        return ""
    year, month, number = (int(part) for part in found.groups())
    if not 1 <= month <= _MONTHS:
        return f"日期有误：没有{month}月"
    return f"日期有误：{year}年{month}月没有{number}日"


def number(text: str) -> int | None:
    """Return the whole number that a cell says, None where it says none.

    >>> number("380元"), number("20个工作日"), number("12.5")
    (380, 20, None)
    """
    found = _NUMBER.fullmatch(text.strip().replace(",", ""))
    return int(found[1]) if found else None


def choices(field: str) -> Mapping[str, str]:
    """Return the values of a field by id, each with its Chinese name."""
    return _CHOICES[field]


def named(field: str, text: str) -> str | None:
    """Return the value of a field that a cell names, None where none for certain.

    >>> named("channel", "当面申请"), named("ground", "N6"), named("kind", "公民")
    ('in_person', 'N6', 'person')
    """
    return _names(field).get(_plain(text))


def codes(text: str) -> list[str]:
    """Return the parts of a cell that lists several values."""
    return [part for part in re.split(r"[、,，;；\s]+", text) if part]


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()，,。．.、]", "", text)


@cache
def _names(field: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    twice: set[str] = set()
    offered = [(id_, (id_, name)) for id_, name in choices(field).items()]
    for id_, names in (*offered, *_also(field).items()):
        for name in map(_plain, names):
            if found.setdefault(name, id_) != id_:
                twice.add(name)
    return MappingProxyType({name: id_ for name, id_ in found.items() if name not in twice})


def _labels(rows: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {id_: str(label) for id_, label in rows}


_CHOICES: Mapping[str, Mapping[str, str]] = {
    "channel": _labels(Channel.choices),
    "kind": APPLICANTS,
    "delivery": _labels(Delivery.choices),
    "form": _labels(Form.choices),
    "role": ROLES,
    "opinion": {
        "consents": "同意公开",
        "objects": "不同意公开",
        "silent": "逾期未答复",
        "recalled": "撤回征求意见",
    },
    "fee_basis": {"items": "按件计收", "pages": "按量计收"},
    "ground": {known.code: known.title for known in grounds()}
    | {WITHDRAWN: "申请人撤回申请"},
    "mode": {known.mode: known.what for known in deliveries()},
    "cause": CAUSES,
    "closed_how": {
        "withdrawn": "申请人撤回",
        "transferred": "移送其他机关",
        "split": "按一事一申请拆分",
        "merged": "并入另一案件",
    },
}


@cache
def _also(field: str) -> Mapping[str, tuple[str, ...]]:
    """Return what else the values of a field are called in old ledgers."""
    rows = sheet.parse(FILE.read_text(encoding="utf-8"), f"importing/{FILE.name}")
    if field not in rows:
        return {}
    known = rows.sheet(field)
    return {id_: tuple(known.text(id_).split("、")) for id_ in known}
