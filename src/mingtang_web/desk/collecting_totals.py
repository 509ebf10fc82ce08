"""The screens of what was accepted: totals that open, last year beside, the bulletin."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mingtang import combining
from mingtang.combining import CombineError
from mingtang.combining.bulletin import coverage_lines
from mingtang.combining.bulletin import shown as printed
from mingtang.form.loading import edition_for
from mingtang.manuscript import Drawn, Words
from mingtang_web import clock
from mingtang_web.collecting import bulletin, reports, rollup
from mingtang_web.collecting.status import board
from mingtang_web.desk.annual_paper import NARROW, Box, Piece, anchor_of
from mingtang_web.desk.collecting import found
from mingtang_web.figures import label_of
from mingtang_web.files.actions import content
from mingtang_web.files.downloads import TYPES, handed_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.http import HttpRequest

    from mingtang import manuscript
    from mingtang.combining import Combined
    from mingtang.manuscript import Square
    from mingtang.report import Fact
    from mingtang_web.collecting.models import Delivery, Season
    from mingtang_web.collecting.rollup import Rollup

BESIDE = frozenset({"rates", "fees", *rollup.TABLES})
"""The tables of the totals that are no tables of the form: they stand below it."""
TOTALS: dict[str, Callable[[Season, Rollup], bytes]] = {
    "totals.xlsx": bulletin.workbook,
    "totals.html": lambda season, made: bulletin.bound(
        bulletin.totals(season, made), "html"
    ),
    "totals.json": lambda _season, made: rollup.as_json(made),
    "totals.csv": lambda _season, made: rollup.as_csv(made),
    "remarks.csv": lambda _season, made: rollup.remarks_csv(made),
}
"""How the roll-up is written, by the name of its file."""
PACKED = {"totals.json": "合计.json", "totals.csv": "合计.csv", "remarks.csv": "附记.csv"}
"""What of them lies beside the reports in the ZIP, and what it is called there."""
CSV, ZIP = "text/csv; charset=utf-8", "application/zip"


class Part(NamedTuple):
    """A body's part of a total: what its report prints, and why it is not added."""

    delivery: Delivery
    fact: Fact
    is_added: bool
    is_counted: bool


@require_safe
@login_required
def totalled(request: HttpRequest, number: int) -> HttpResponse:
    """Show the totals as the form prints them, each leading to its parts."""
    season = found(request, number)
    rolled, why = _rolled(season)
    made = rolled.combined if rolled else None
    lines = board(season, clock.today()) if made else []
    without = frozenset(made.coverage.missing) if made else frozenset()
    context = {
        "season": season,
        "combined": made,
        "missing": [each for each in lines if each.member.body.name in without],
        "why": why,
        "asked": season.members.filter(expected=True).count(),
        "coverage": list(_coverage(made)) if made else [],
        "doubted": [each for each in lines if each.open],
        "summing": list(season.members.filter(sums=True).select_related("body")),
        "pieces": list(_pieces(season, rolled)) if rolled else [],
        "rates": combining.rates(made) if made else (),
        "fees": list(_laid(combining.fee_pieces(rolled.fees))) if rolled else [],
        "remarks": list(_laid(rollup.tables(rolled))) if rolled else [],
    }
    return render(request, "desk/collecting/totals.html", context)


@require_safe
@login_required
def parted(request: HttpRequest, number: int, cell: str) -> HttpResponse:
    """Show what a total is made of, body by body, and whose report gives nothing."""
    season = found(request, number)
    made, why = _combined(season)
    if cell not in edition_for(season.year).cell_ids():
        raise Http404
    total = made.totals[cell] if made else None
    context = {
        "season": season,
        "label": label_of(edition_for(season.year), cell),
        "total": total,
        "printed": printed(total) if total else "",
        "parts": list(_parts(season, made, cell)) if made else [],
        "missing": made.coverage.missing if made else (),
        "why": why,
    }
    return render(request, "desk/collecting/cell.html", context)


@require_safe
@login_required
def compared(request: HttpRequest, number: int) -> HttpResponse:
    """Show this year beside the last, cell by cell."""
    season = found(request, number)
    now, why = _combined(season)
    before = reports.combined_before(season)
    columns = edition_for(season.year).table("requests").blocks[0].columns
    column = request.GET.get("column", "total")
    column = column if column in {each.id for each in columns} else "total"
    both = now is not None and before is not None
    drawn = combining.comparison(now, before, column) if both else ()  # type: ignore[arg-type]
    context = {
        "season": season,
        "now": now,
        "before": before,
        "why": why,
        "columns": columns,
        "column": column,
        "pieces": list(_laid(drawn)),
    }
    return render(request, "desk/collecting/compared.html", context)


@require_safe
@login_required
def told(request: HttpRequest, number: int) -> HttpResponse:
    """Show the bulletin as it prints."""
    season = found(request, number)
    text = bulletin.bulletin(season, clock.today())
    context = {"season": season, "pieces": list(_laid(text.pieces))}
    return render(request, "desk/collecting/bulletin.html", context)


@require_safe
@login_required
def downloaded(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Give out totals, bulletin, list of bodies, or every accepted report with it."""
    season = found(request, number)
    what, _dot, kind = name.partition(".")
    if what == "bulletin" and kind in {"html", "docx", "pdf"}:
        data = bulletin.bound(bulletin.bulletin(season, clock.today()), kind)
    elif name == "bodies.csv":
        data = reports.as_csv(reports.bodies_of(season))
    elif name == "reports.zip":
        data = _packed(season)
    elif what == "totals" or name == "remarks.csv":
        data = _totals(season, name)
    else:
        raise Http404
    kinds = TYPES | {"csv": CSV, "zip": ZIP}
    words = {
        "bulletin": "通报", "totals": "汇总", "remarks": "汇总附记", "bodies": "机关名单",
        "reports": "年报",
    }  # fmt: skip
    called = f"{bulletin.area_of(season)}{season.year}年{words[what]}.{kind}"
    return handed_out(data, kinds[kind], called)


def _combined(season: Season) -> tuple[Combined | None, str]:
    """Return the totals, or why there are none."""
    try:
        return reports.combined(season), ""
    except CombineError as problem:
        return None, str(problem)


def _rolled(season: Season) -> tuple[Rollup | None, str]:
    """Return the roll-up, or why there is none."""
    try:
        return rollup.rolled_up(season), ""
    except CombineError as problem:
        return None, str(problem)


def _coverage(made: Combined) -> Iterator[str]:
    """Yield what is to be known of the totals, but for who is missing: the page says so."""
    for said in coverage_lines(made):
        if not (made.coverage.missing and said.startswith("缺 ")):
            yield said


def _totals(season: Season, name: str) -> bytes:
    made, _why = _rolled(season)
    if made is None or name not in TOTALS:
        raise Http404
    return TOTALS[name](season, made)


def _packed(season: Season) -> bytes:
    """Return the accepted reports as they came, the list that adds them up, the totals."""
    held = io.BytesIO()
    made, _why = _rolled(season)
    totals = {PACKED[name]: TOTALS[name](season, made) for name in PACKED} if made else {}
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("机关.csv", reports.as_csv(reports.bodies_of(season)))
        for name, data in totals.items():
            pack.writestr(name, data)
        for row in reports.accepted(season):
            name = f"年报/{row.member.body.name}.{row.file.kind}"
            pack.writestr(name, content(row.file))
    return held.getvalue()


def _parts(season: Season, made: Combined, cell: str) -> Iterator[Part]:
    lacking = {each.body for each in made.totals[cell].lacking}
    counted = set(made.coverage.counted)
    for row in reports.accepted(season):
        name = row.member.body.name
        is_counted = name in counted
        is_added = is_counted and name not in lacking
        yield Part(row, reports.report_of(row).facts[cell], is_added, is_counted)


def _pieces(season: Season, made: Rollup) -> Iterator[Piece]:
    for piece in bulletin.totals(season, made).pieces:
        if isinstance(piece, Drawn) and piece.table not in BESIDE:
            rows = tuple(
                tuple(_box(season, made.combined, each) for each in row)
                for row in piece.rows
            )
            yield Piece("table", piece.title, rows, piece.width > NARROW)


def _box(season: Season, made: Combined, square: Square) -> Box:
    if not square.cell:
        return Box(square)
    address = reverse("season_cell", args=[season.pk, square.cell])
    total = made.totals[square.cell]
    marks = () if total.is_whole else ("partial",)
    opens = address if total.value or not total.is_whole else ""
    return Box(square, anchor_of(square.cell), opens, marks)


def _laid(pieces: Iterable[manuscript.Piece]) -> Iterator[Piece]:
    """Yield pieces as the screen shows them."""
    for piece in pieces:
        if isinstance(piece, Words):
            yield Piece(piece.role, piece.text)
        else:
            rows = tuple(tuple(Box(square) for square in row) for row in piece.rows)
            yield Piece("table", piece.title, rows, piece.width > NARROW)


urlpatterns = [
    path("collecting/<int:number>/totals/", totalled, name="season_totals"),
    path("collecting/<int:number>/cells/<path:cell>/", parted, name="season_cell"),
    path("collecting/<int:number>/compared/", compared, name="season_compared"),
    path("collecting/<int:number>/bulletin/", told, name="season_bulletin"),
    path("collecting/<int:number>/files/<str:name>/", downloaded, name="season_file"),
]
