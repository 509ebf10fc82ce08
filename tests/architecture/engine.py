"""The engine's files and their syntax trees, for the tests of this folder."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "src" / "mingtang"


class Module(NamedTuple):
    """One file of the engine: its dotted name, its place and its text."""

    name: str
    path: Path
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    def at(self, node: ast.AST) -> str:
        """Return ``file:line`` of a node, for a message."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def modules() -> list[Module]:
    """Return every module of the engine."""
    paths = sorted(ENGINE.rglob("*.py"))
    return [Module(_dotted(path), path, path.read_text("utf-8")) for path in paths]


def _dotted(path: Path) -> str:
    parts = path.relative_to(ENGINE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _each(chosen: list[Module]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("module", chosen, ids=lambda module: module.name)


DOOR = "mingtang.cli"
# Rooms that handle published figures or legal values; in the others 0 is a position.
FIGURES = tuple(
    f"mingtang.{room}"
    for room in (
        *("checking", "combining", "compiling", "law"),
        *("publication", "report", "text"),
    )
)

each_module = _each(modules())
each_module_below_the_command = _each([m for m in modules() if not m.name.startswith(DOOR)])
each_module_of_figures = _each([m for m in modules() if m.name.startswith(FIGURES)])
