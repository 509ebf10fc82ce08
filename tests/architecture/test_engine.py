"""House rules that no linter knows, for every file of the engine."""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING

from tests.architecture.engine import (
    DOOR,
    ENGINE,
    ROOT,
    Module,
    each_module,
    each_module_below_the_command,
    each_module_of_figures,
    modules,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES_A_FILE = 300
NAMES_THAT_SAY_NOTHING = {
    "base", "common", "helper", "helpers", "manager", "misc", "service", "util", "utils",
}  # fmt: skip
CLOCKS = {
    "fromtimestamp", "localtime", "monotonic", "now", "perf_counter", "today", "utcnow",
}  # fmt: skip
LATE_LOADER = "mingtang.registry"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@each_module
def test_a_room_is_small_enough_to_read_at_once(module: Module) -> None:
    lines = module.text.count("\n")
    assert lines <= LINES_A_FILE, f"{module.name} has {lines} lines: two rooms in one?"


@each_module
def test_a_name_says_what_the_room_holds(module: Module) -> None:
    assert not NAMES_THAT_SAY_NOTHING & set(module.name.split("."))


def test_no_folder_anywhere_is_named_for_nothing() -> None:
    rooms = [
        path
        for top in ("src", "tests", "tools", "bench")
        for path in (ROOT / top).rglob("*")
    ]
    assert [path for path in rooms if path.stem in NAMES_THAT_SAY_NOTHING] == []


@each_module
def test_every_docstring_opens_with_one_whole_sentence(module: Module) -> None:
    """Ruff's D400 and D415 know only the Latin full stop, so it is done here."""
    nodes = [module.tree, *_nodes(module, Function), *_nodes(module, ast.ClassDef)]
    assert ast.get_docstring(module.tree), f"{module.name} does not say what lives here"
    for node in nodes:
        docstring = ast.get_docstring(node)
        if docstring:
            opening = docstring.split("\n\n")[0].strip()
            assert opening[-1] in ".。:：?？!！", f"{module.at(node)}: {opening!r}"


@each_module_below_the_command
def test_exceptions_are_caught_by_name(module: Module) -> None:
    """A broken rule is our fault and is raised; only the door turns it into a line."""
    assert _wide_handlers(module) == []


def test_the_command_has_one_door() -> None:
    command = [module for module in modules() if module.name.startswith(DOOR)]
    doors = [door for module in command for door in _wide_handlers(module)]
    assert len(doors) <= 1, doors


@each_module
def test_the_engine_asks_no_clock(module: Module) -> None:
    asked = [
        module.at(node)
        for node in _nodes(module, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert asked == []
    assert "time" not in _imported(module.tree)


@each_module_below_the_command
def test_the_engine_reads_no_environment(module: Module) -> None:
    read = [
        module.at(node)
        for node in _nodes(module, ast.Attribute)
        if node.attr in {"environ", "environb", "getenv"}
    ]
    assert read == []


@each_module
def test_imports_stand_at_the_top(module: Module) -> None:
    late = {
        module.at(node)
        for function in _nodes(module, Function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert late == set()


@each_module
def test_only_the_registry_loads_by_name(module: Module) -> None:
    loaders = {"import_module", "__import__"}
    names = {node.id for node in _nodes(module, ast.Name)}
    names |= {node.attr for node in _nodes(module, ast.Attribute)}
    assert module.name == LATE_LOADER or not loaders & names


@each_module_of_figures
def test_nothing_missing_becomes_zero(module: Module) -> None:
    """``x or 0`` and ``get(x, 0)`` make a number out of a blank."""
    made_up = [
        module.at(node)
        for node in ast.walk(module.tree)
        if (
            isinstance(node, ast.BoolOp)
            and isinstance(node.op, ast.Or)
            and _zero(node.values[-1])
        )
        or (_is_get(node) and _zero(node.args[1]))
    ]
    assert made_up == []


def test_every_folder_of_code_is_a_package() -> None:
    """Without ``__init__.py`` a folder is left out of the wheel and of the floors."""
    folders = {path.parent for path in ENGINE.rglob("*.py")}
    parents = {
        parent
        for folder in folders
        for parent in folder.parents
        if ENGINE in parent.parents
    }
    assert [path for path in folders | parents if not (path / "__init__.py").exists()] == []


def _wide_handlers(module: Module) -> list[str]:
    return [
        module.at(handler)
        for handler in _nodes(module, ast.ExceptHandler)
        if handler.type is None or _caught(handler.type) & {"Exception", "BaseException"}
    ]


def _nodes(module: Module, kind: type | object) -> Iterator[ast.AST]:
    return (node for node in ast.walk(module.tree) if isinstance(node, kind))


def _imported(tree: ast.Module) -> set[str]:
    plain = (node.names for node in ast.walk(tree) if isinstance(node, ast.Import))
    names = {alias.name for alias in itertools.chain.from_iterable(plain)}
    names |= {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.split(".")[0] for name in names}


def _caught(expression: ast.expr) -> set[str]:
    parts = expression.elts if isinstance(expression, ast.Tuple) else [expression]
    return {
        part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "")
        for part in parts
    }


def _zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0 and node.value is not False


def _is_get(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and len(node.args) == 2
    )
