"""The form's YAML as objects, loaded once, refused when it does not hold together."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from mingtang.form.edition import Block, Column, Edition, Line, SectionTitle, Table
from mingtang.form.sums import Identity

_HERE = Path(__file__).parent
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

EDITION_IDS = ("2021", "2019")
"""The editions the engine reads and checks, newest first."""


class FormError(ValueError):
    """The form's data is wrong: ours to mend, never a report's fault."""


class NoEditionError(LookupError):
    """No edition of the form is known for that reporting year."""


class SumWords(NamedTuple):
    """The words of a sum: name, title, weight, basis, message and page."""

    code: str
    name: str
    title: str
    weight: str
    basis: str
    message: str
    page: str


def _load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 - safe
    return data


def _block(data: dict[str, Any]) -> Block:
    return Block(
        caption=data["caption"],
        columns=tuple(Column(**column) for column in data["columns"]),
        lines=tuple(Line(**line) for line in data["lines"]),
    )


def _table(data: dict[str, Any]) -> Table:
    blocks = tuple(_block(block) for block in data["blocks"])
    return Table(**{**data, "blocks": blocks})


@cache
def edition(name: str) -> Edition:
    """Return the edition of that id (``2021``).

    Raises `NoEditionError` for an id without data and `FormError` when a sum
    names a line or column that the edition does not have.
    """
    path = _HERE / "editions" / f"{name}.yaml"
    if not path.is_file():
        message = f"没有{name}版的表式数据：请按 docs/how-to/add-an-edition.md 增加"
        raise NoEditionError(message)
    data = _load(path)
    made = Edition(
        **{
            **data,
            "sections": tuple(
                SectionTitle(part["number"], part["heading"], tuple(part["tokens"]))
                for part in data["sections"]
            ),
            "topics": tuple(data["topics"]),
            "tables": tuple(_table(table) for table in data["tables"]),
            "sums": tuple(
                Identity(
                    **{**item, "left": tuple(item["left"]), "right": tuple(item["right"])}
                )
                for item in data["sums"]
            ),
        }
    )
    _hold_together(made)
    return made


def _hold_together(made: Edition) -> None:
    cells = made.cell_ids()
    known = set(cells)
    if len(known) != len(cells):
        message = f"edition {made.id}: a cell id stands twice"
        raise FormError(message)
    words = sum_words()
    for identity in made.sums:
        if identity.code not in words:
            message = f"edition {made.id}: {identity.code} has no words in sums.yaml"
            raise FormError(message)
        for where, left, right in identity.instances(made.table(identity.table)):
            for cell in (*left, *right):
                if cell not in known:
                    message = f"edition {made.id}, {identity.code}, {where}: no cell {cell}"
                    raise FormError(message)


@cache
def sum_words() -> dict[str, SumWords]:
    """Return the words of every sum by its code."""
    return {
        code: SumWords(code=code, **words)
        for code, words in _load(_HERE / "sums.yaml").items()
    }


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, newest first."""
    return tuple(edition(name) for name in EDITION_IDS)


def edition_for(year: int) -> Edition:
    """Return the edition a report on that year must use.

    国办公开办函〔2019〕60号 for 2019 and 2020, 国办公开办函〔2021〕30号 since.
    Raises `NoEditionError` for the years before, whose statistics sheet
    (国办发〔2014〕32号) had another form.

    >>> edition_for(2024).id, edition_for(2020).id
    ('2021', '2019')
    """
    for made in editions():
        if made.covers(year):
            return made
    message = f"{year}年度没有可用的表式：六部分格式自2019年度起施行，此前用2014年统计表"
    raise NoEditionError(message)
