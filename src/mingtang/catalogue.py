"""Every rule by its code: reading's, compiling's, the form's sums, and checking's.

One look finds a rule wherever it is written. Codes and names are unique by
construction, and a code that was retired still leads to what replaced it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from mingtang.checking.plan import sum_rules
from mingtang.checking.rules import CHECKS
from mingtang.compiling.rules import RULES as COMPILING_RULES
from mingtang.reading.rules import RULES as READING_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang.finding import Rule

RETIRED: dict[str, str] = {}
"""Codes no longer in use, each with the code that took its place."""

_NEAR = 3
_ALIKE = 55


class CatalogueError(ValueError):
    """Two rules share a code or a name: ours to mend."""


class UnknownRuleError(LookupError):
    """No rule has that code or name."""


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order of the codes."""
    return catalogued(
        [
            *READING_RULES,
            *COMPILING_RULES,
            *sum_rules().values(),
            *(check.rule for check in CHECKS),
        ]
    )


def catalogued(every: Iterable[Rule]) -> dict[str, Rule]:
    """Return rules by code, in order; raises `CatalogueError` where two are alike."""
    by_code: dict[str, Rule] = {}
    names: dict[str, str] = {}
    for each in sorted(every, key=lambda each: each.code):
        other = names.setdefault(each.name, each.code)
        if each.code in by_code or other != each.code:
            message = f"{each.code} {each.name} stands twice in the catalogue ({other})"
            raise CatalogueError(message)
        by_code[each.code] = each
    return by_code


def rule(code_or_name: str) -> Rule:
    """Return the rule of that code or name; a retired code gives its successor.

    Raises `UnknownRuleError`, which names the rules that are spelt alike.

    >>> rule("S303").name, rule("row-total-differs").code
    ('row-total-differs', 'S303')
    """
    every = rules()
    asked = code_or_name.strip()
    code = asked.upper()
    code = RETIRED.get(code, code)
    if code in every:
        return every[code]
    for each in every.values():
        if each.name == asked.lower():
            return each
    raise UnknownRuleError(_unknown(asked))


def _unknown(asked: str) -> str:
    every = rules()
    spelt = {code: f"{code} {each.name} {each.title}" for code, each in every.items()}
    near = process.extract(
        asked.lower(),
        {code: words.lower() for code, words in spelt.items()},
        scorer=fuzz.partial_ratio,
        limit=_NEAR,
        score_cutoff=_ALIKE,
    )
    if not near:
        return f"没有“{asked}”这条规则。规则编号是一个字母加三位数字，如 S303"
    alike = "；".join(spelt[code] for _, _, code in near)
    return f"没有“{asked}”这条规则。相近的有：{alike}"
