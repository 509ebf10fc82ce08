"""``mingtang rule``: the page of a rule, or the list of all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mingtang.catalogue import UnknownRuleError, rule, rules
from mingtang.cli.speech import say
from mingtang.cli.usage import Usage, UsageError
from mingtang.writing.sheet import SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.finding import Rule

_AFTER = """\
例：
  mingtang rule S303
  mingtang rule row-total-differs
  mingtang rule                  全部规则"""


def usage() -> Usage:
    """Return the arguments of the command."""
    made = Usage("rule", "说明一条检查规则；不写编号则列出全部。", _AFTER)
    made.add_argument("rule", metavar="CODE|NAME", nargs="?", help="编号或名字")
    made.add_argument("--json", action="store_true", help="写成 JSON")
    return made


def run(words: Sequence[str]) -> int:
    """Run the command."""
    chosen = usage().parse_args(words)
    if chosen.rule is None:
        known = list(rules().values())
        said = [_as_object(one) for one in known]
        say(_json(said) if chosen.json else _list(known))
        return 0
    try:
        found = rule(chosen.rule)
    except UnknownRuleError as error:
        raise UsageError(*error.args) from error
    say(_json(_as_object(found)) if chosen.json else page(found))
    return 0


def page(one: Rule) -> str:
    """Return a rule's page with its identity on top."""
    weight = f"{SIGNS[one.weight]} {one.weight.label}（{one.weight.value}）"
    return f"{one.code} {one.name}　{weight}　自 {one.since} 版\n\n{one.page.strip()}\n"


def _list(known: Sequence[Rule]) -> str:
    width = max((len(one.name) for one in known), default=0)
    rows = [
        f"{one.code:<5} {one.weight.label}  {one.name:<{width}}  {one.title}"
        for one in known
    ]
    return "\n".join((*rows, f"共 {len(known)} 条。mingtang rule 编号 显示说明\n"))


def _as_object(one: Rule) -> dict[str, str]:
    return {
        "code": one.code,
        "name": one.name,
        "title": one.title,
        "weight": one.weight.value,
        "basis": one.basis,
        "message": one.message,
        "since": one.since,
        "page": one.page,
    }


def _json(said: object) -> str:
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n"
