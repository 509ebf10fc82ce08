"""The closed list of results an answer may have, each with its article.

A decision takes one ground from this list, and with it the line of the annual
report is fixed on that day, not guessed in January. What an applicant may do
against it follows from the articles relied on, not from where the report
prints the line.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.citation import Citation, parse_citations
from mingtang.law.parameter import parameter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.law.sheet import Sheet

FILE = sheet.FOLDER / "grounds.yaml"
IN_FORCE = date(2019, 5, 15)
_OLD_EDITION = "2019"
_EDITIONS = ("2019", "2021")


class Remedy(StrEnum):
    """What an applicant may do against an answer (救济途径).

    `RF` review first (复议前置), `RS` review or suit, `NA` none on its own;
    `BY_PART` as the withheld parts require, `BY_CASE` as a person decides.
    """

    RF = "RF"
    RS = "RS"
    NA = "NA"
    BY_PART = "BY_PART"
    BY_CASE = "BY_CASE"


CHOSEN = (Remedy.RS, Remedy.NA)
"""What a person may choose where the result leaves it open (`BY_CASE`).

Never review first: 行政复议法第二十三条 asks for it of refusals alone, and whoever
refuses under 条例第十四至十六条 decides on the ground of that article.
"""


class OpenRemedyError(LookupError):
    """The remedy depends on something that was not given."""


class Ground(NamedTuple):
    """One result of handling a request (办理结果).

    `line` is its line in table three of the 2021 form. `plainly_inadmissible`
    marks results that some hold to be plainly beyond a court; whether their
    letters state a remedy is the open point ``plainly_inadmissible_remedy``.
    """

    code: str
    title: str
    cite: str
    line: str
    line_2019: str
    remedy: Remedy
    since: date
    plainly_inadmissible: bool
    unsettled: str | None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the articles the result rests on."""
        return parse_citations(self.cite)

    def line_in(self, edition: str) -> str:
        """Return the line of an edition of the form; raises `KeyError`.

        >>> ground("O1").line_in("2019"), ground("O1").line_in("2021")
        ('other_handling', 'other_uncorrected')
        """
        if edition not in _EDITIONS:
            message = (
                f"{edition}年版的表三没有办理结果的对应行，可用：{'、'.join(_EDITIONS)}"
            )
            raise KeyError(message)
        return self.line_2019 if edition == _OLD_EDITION else self.line


@cache
def grounds() -> tuple[Ground, ...]:
    """Return the whole list, in the order of the form; raises `InvalidDataError`."""
    return tuple(_ground(code, row) for code, row in sheet.read(FILE).entries())


def ground(code: str) -> Ground:
    """Return the ground of that code; raises `KeyError` where there is none.

    >>> ground("N8").line
    'denied_inquiry'
    """
    return sheet.by_id(grounds, code, "办理结果")


def remedy_for(code: str, on: date, withheld: Iterable[str] = ()) -> Remedy:
    """Return what the applicant may do against an answer given on a day.

    行政复议法第二十三条: refusals under 条例第十四、十五、十六条, in whole or in part,
    go to review first; before 2024 they did not. For a partial answer (P1)
    `withheld` holds the grounds of the parts left out.

    Raises `OpenRemedyError` where it depends on what was not given, and
    `UncoveredDayError` before 2008-05-01.

    >>> remedy_for("P1", date(2026, 3, 2), withheld=["N4"]).value
    'RF'
    """
    remedy = ground(code).remedy
    if remedy is Remedy.BY_PART:
        parts = {ground(part).remedy for part in withheld}
        if not parts:
            message = f"{code} 的救济途径取决于剔除部分的依据，请先写明剔除部分的办理结果"
            raise OpenRemedyError(message)
        remedy = Remedy.RF if Remedy.RF in parts else Remedy.RS
    if remedy is Remedy.BY_CASE:
        message = f"{code} 的救济途径视具体情形而定，请经办人选定"
        raise OpenRemedyError(message)
    if remedy is Remedy.RF and not parameter("review_first").at(on).whole:
        return Remedy.RS
    return remedy


def _ground(code: str, row: Sheet) -> Ground:
    row.allow(
        "title",
        "cite",
        "line",
        "remedy",
        optional=("line_2019", "since", "plainly_inadmissible", "unsettled"),
    )
    if row.text("remedy") not in set(Remedy):
        row.refuse(f"不认识的 remedy“{row.text('remedy')}”，可用：{'、'.join(Remedy)}")
    return Ground(
        code=code,
        title=row.text("title"),
        cite=row.cite(),
        line=row.text("line"),
        line_2019=row.text("line_2019" if "line_2019" in row else "line"),
        remedy=Remedy(row.text("remedy")),
        since=row.day("since") if "since" in row else IN_FORCE,
        plainly_inadmissible="plainly_inadmissible" in row
        and row.flag("plainly_inadmissible"),
        unsettled=row.optional_text("unsettled"),
    )
