"""Bodies and their parents, given as data: who must report, and who reports for whom."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import yaml

from mingtang.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN, WHOLE = "own", "whole"
_HEADS = {
    "机关": "body",
    "上级": "parent",
    "代码": "code",
    "应报": "expected",
    "范围": "scope",
    "同一份": "same_as",
}
_SCOPES = {"本机关": OWN, "汇总": WHOLE, OWN: OWN, WHOLE: WHOLE, "": OWN}
_YES = {"是": True, "true": True, "否": False, "false": False, "": True}
_MOST = 100_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BodiesError(ValueError):
    """The list of bodies does not hold together; says where and why, in Chinese."""


class Body(NamedTuple):
    """A body (机关) of the list, by its full name.

    `scope` is ``whole`` where its report sums up the bodies below it (本级政府的年报),
    ``own`` where it speaks of its own requests alone. `same_as` names the body whose
    report holds the same requests (本级政府与其办公室), so that they count once.
    """

    name: str
    parent: str | None = None
    code: str = ""
    expected: bool = True
    scope: str = OWN
    same_as: str | None = None


@dataclass(frozen=True)
class Bodies:
    """A list of bodies that holds together: a forest by parents, each name once."""

    every: tuple[Body, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Body]:
        """Return the bodies by their names without spaces and widths."""
        return {plain(each.name): each for each in self.every}

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(plain(each.parent) for each in self.every if each.parent)

    def above(self, body: Body) -> Iterator[Body]:
        """Yield a body's parents, the nearest first."""
        while body.parent is not None:
            body = self.by_name[plain(body.parent)]
            yield body

    def has_below(self, body: Body) -> bool:
        """Return whether any body has this one for its parent."""
        return plain(body.name) in self._parents


@lru_cache(maxsize=_MOST)
def plain(name: str) -> str:
    """Return a name as names are compared: folded, without spaces."""
    return squeeze(name)


def read_bodies(text: str) -> Bodies:
    r"""Return the bodies of a YAML list of mappings, or of a CSV with a head.

    Keys are ``body``, ``parent``, ``code``, ``expected``, ``scope`` and ``same_as``, or
    机关、上级、代码、应报（是、否）、范围（本机关、汇总）、同一份. Raises `BodiesError`.

    >>> read_bodies("机关,上级\n东湖区人民政府,\n水务局,东湖区人民政府").every[1].parent
    '东湖区人民政府'
    """
    rows = list(_rows(text.lstrip("\ufeff")))
    if not rows or len(rows) > _MOST:
        _refuse(0, f"有{len(rows)}行；要有1至{_MOST}个机关")
    bodies = Bodies(tuple(_body(number, row) for number, row in enumerate(rows, 1)))
    _hold(bodies)
    return bodies


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    first = text.lstrip().partition("\n")[0]
    if first.startswith(("-", "#")):
        yield from _listed(text)
        return
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if None in row:
            _refuse(0, "CSV 有一行比表头长，请核对逗号和引号")
        yield {key: (value or "").strip() for key, value in row.items()}


def _listed(text: str) -> Iterator[Mapping[str, str]]:
    try:
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - safe
    except yaml.YAMLError as error:
        message = f"机关名单不是能读的 YAML：{str(error).splitlines()[0]}"
        raise BodiesError(message) from error
    for number, row in enumerate(found if isinstance(found, list) else [None], 1):
        if not isinstance(row, dict):
            _refuse(number, "应是“body: 机关全称”一类的对照")
        if any(isinstance(value, list | dict) for value in row.values()):
            _refuse(number, "有一项不是文字")
        yield {str(key): _said(value) for key, value in row.items()}


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value).strip()


def _body(number: int, row: Mapping[str, str]) -> Body:
    told = {_HEADS.get(key, key): value for key, value in row.items()}
    unknown = set(told) - set(_HEADS.values())
    if unknown:
        _refuse(number, f"不认识“{'、'.join(sorted(unknown))}”，可写{'、'.join(_HEADS)}")
    if not told.get("body"):
        _refuse(number, "没有写机关全称")
    scope, expected = told.get("scope", ""), told.get("expected", "").lower()
    if scope not in _SCOPES:
        _refuse(number, f"范围不能是“{scope}”，可写本机关、汇总")
    if expected not in _YES:
        _refuse(number, f"应报不能是“{expected}”，可写是、否")
    return Body(
        told["body"],
        told.get("parent") or None,
        told.get("code", ""),
        _YES[expected],
        _SCOPES[scope],
        told.get("same_as") or None,
    )


def _hold(bodies: Bodies) -> None:
    seen: set[str] = set()
    by_name = bodies.by_name
    for number, body in enumerate(bodies.every, 1):
        if plain(body.name) in seen:
            _refuse(number, f"“{body.name}”写了两次")
        seen.add(plain(body.name))
        for other in (body.parent, body.same_as):
            if other is not None and plain(other) not in by_name:
                _refuse(number, f"“{body.name}”提到的“{other}”不在名单里")
        if body.same_as and by_name[plain(body.same_as)].same_as:
            _refuse(number, f"“{body.same_as}”自己也是与别的机关同一份，请写最终的那一个")
    for number, body in enumerate(bodies.every, 1):
        _climb(number, body, by_name)


def _climb(number: int, body: Body, by_name: Mapping[str, Body]) -> None:
    above, up = {plain(body.name)}, body.parent
    while up is not None:
        if plain(up) in above:
            _refuse(number, f"“{body.name}”的上级绕回到自己")
        above.add(plain(up))
        up = by_name[plain(up)].parent


def _refuse(number: int, why: str) -> NoReturn:
    where = f"第{number}个" if number else ""
    message = f"机关名单{where}：{why}；请改好名单再汇总"
    raise BodiesError(message)
