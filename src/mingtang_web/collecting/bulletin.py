"""A district's bulletin (通报): who handed in and when, what was returned, the totals.

Bodies stand in the order of the tree and are never ranked: of fewer than thirty a
comparison says nothing. It speaks Chinese, as what is issued does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils import translation

from mingtang import combining
from mingtang.catalogue import rule
from mingtang.manuscript import (
    DAY,
    HEADING,
    SIGNER,
    TEXT,
    TITLE,
    Drawn,
    Manuscript,
    Square,
    Words,
)
from mingtang.registry import load
from mingtang.text import share
from mingtang_web.collecting.models import Delivery, Step
from mingtang_web.collecting.reports import (
    accepted_but_for_facts,
    blocking,
    combined,
    combined_before,
    fees_of,
)
from mingtang_web.collecting.status import Status, board

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from mingtang.combining import Combined
    from mingtang.manuscript import Piece
    from mingtang_web.collecting.models import Season
    from mingtang_web.collecting.status import Line

FEW = 30
"""Of fewer bodies no shares are given, only how many."""
MOST = 10
"""So many of the most frequent findings are named."""
_DONE = frozenset({Status.ACCEPTED, Status.PUBLISHED})


class Cause(NamedTuple):
    """What was found in returned reports: the rule, in how many bodies', how often."""

    code: str
    title: str
    bodies: int
    times: int


def area_of(season: Season) -> str:
    """Return the district as titles name it.

    >>> from types import SimpleNamespace
    >>> area_of(SimpleNamespace(government="西山区人民政府"))
    '西山区'
    """
    return season.government.removesuffix("人民政府")


def bulletin(season: Season, on: date) -> Manuscript:
    """Return the bulletin of a season as it stands on a day."""
    title = f"关于{area_of(season)}{season.year}年政府信息公开工作年度报告的通报"
    lines = [each for each in board(season, on) if each.status != Status.EXCUSED]
    now, before = combined(season), combined_before(season)
    pieces = (
        Words(TITLE, title),
        *_handed(season, lines, on),
        *_returned(season, lines),
        *_totals(season, now),
        *_doubted(lines),
        *_compared(now, before),
        Words(SIGNER, season.body.name),
        Words(DAY, f"{on.year}年{on.month}月{on.day}日"),
    )
    return Manuscript(title, season.body.name, on, pieces)


def totals(season: Season, found: Combined) -> Manuscript:
    """Return the totals alone, as ``mingtang combine`` writes them, and what it knows not.

    That is with which open findings reports were accepted, which hold those of others,
    and the fees, which stand in no cell.
    """
    made = combining.bulletin(found, area_of(season))
    title, *pieces = made.pieces
    said = (Words(TEXT, each) for each in notes(season))
    fees = combining.fee_pieces(fees_of(season, found))
    return made._replace(pieces=(title, *said, *pieces, *fees))


def notes(season: Season) -> Iterator[str]:
    """Yield what whoever reads the totals must know of the reports in them: one query."""
    rows = accepted_but_for_facts(season)
    doubted = [(row, found) for row in rows if (found := blocking(row))]
    if doubted:
        told = (f"{row.member.body.name}（{sum(n.values())}处）" for row, n in doubted)
        yield (
            f"计入的报告中，有{len(doubted)}份在接受时还有违规或者矛盾没有改："
            f"{'、'.join(told)}；数字照报告，没有改动。"
        )
    for row in rows:
        if row.member.sums:
            yield f"{row.member.body.name}的报告已含下级机关的数，下级机关的不再相加。"


def causes(season: Season) -> tuple[Cause, ...]:
    """Return what was found most often in reports that were returned: two queries."""
    sent = Step.objects.filter(member__season=season, verdict=Step.Verdict.RETURNED).values(
        "delivery"
    )
    rows = Delivery.objects.filter(pk__in=sent).defer("facts")
    times: Counter[str] = Counter()
    bodies: dict[str, set[int]] = {}
    for row in rows:
        times.update(row.found)
        for code in row.found:
            bodies.setdefault(code, set()).add(row.member_id)
    ordered = sorted(bodies, key=lambda code: (-len(bodies[code]), -times[code], code))
    return tuple(
        Cause(code, rule(code).title, len(bodies[code]), times[code])
        for code in ordered[:MOST]
    )


def bound(text: Manuscript, kind: str) -> bytes:
    """Return a manuscript as a file: html, docx or pdf."""
    made: bytes = load(f"writing.formats.{kind}").bind(text)
    return made


def workbook(season: Season, found: Combined) -> bytes:
    """Return the totals as a workbook, with every body's numbers on a second sheet."""
    figures = {
        cell: total.value for cell, total in found.totals.items() if total.value is not None
    }
    beside = {"各机关": combining.by_body(found)}
    made: bytes = load("writing.formats.xlsx").bind(
        totals(season, found), figures, "汇总", beside
    )
    return made


def own_once(season: Season) -> str:
    """Return in words whose report holds what was asked of the government itself."""
    own, top = season.own.name, season.government
    said = f"向{top}提出的申请，由{own}办理、登记并计入它的报告，只计一次"
    return said if own == top else f"{said}；{top}的年报就是这里的合计，不再相加"


def _handed(season: Season, lines: Sequence[Line], on: date) -> Iterator[Piece]:
    due = _said(season.due)
    given = [each for each in lines if each.handed_on]
    late = [each for each in given if each.is_late]
    again = sum(each.is_late_again for each in late)
    gone = [each for each in lines if each.is_gone]
    missing = [each for each in lines if each.first_on is None]
    done = sum(each.status in _DONE for each in lines)
    yield Words(HEADING, "一、报送情况")
    yield Words(
        TEXT,
        f"应报{len(lines)}个机关，期限{due}。截至{_said(on)}，已报{len(given)}个，"
        f"其中按期{len(given) - len(late)}个、逾期{len(late)}个"
        f"{f'（含首报按期、退回以后重报逾期{again}个）' if again else ''}；"
        f"{f'退回、撤回以后没有重报{len(gone)}个；' if gone else ''}"
        f"未报{len(missing)}个；已接受{done}个。"
        f"{_share(len(given) - len(late), len(lines))}",
    )
    yield Words(TEXT, "是否按期以现在这一版的报送日期计；首次报送的日期并列在表中。")
    if season.notice:
        yield Words(TEXT, f"期限依据：{season.notice}；法定期限见条例第四十九条。")
    if missing:
        yield Words(TEXT, f"未报：{_names(missing)}。")
    if gone:
        told = (f"{each.member.body.name}（{_status(each)}）" for each in gone)
        yield Words(TEXT, f"退回、撤回以后没有重报：{'、'.join(told)}。")
    if late:
        told = (f"{each.member.body.name}（{_late(each)}）" for each in late)
        yield Words(TEXT, f"逾期报送：{'、'.join(told)}。")
    yield Words(TEXT, "下表按机关名单的次序，不作排名。")
    yield _table(lines)


def _table(lines: Iterable[Line]) -> Drawn:
    heads = ("机关", "期限", "首次报送", "现版报送", "早晚", "次数", "现状")
    head = tuple(Square("head", text, scope="col") for text in heads)
    body = [
        (
            Square("label", each.member.body.name, scope="row"),
            Square("figure", each.member.due.isoformat()),
            Square("figure", each.first_on.isoformat() if each.first_on else "—"),
            Square("figure", each.handed_on.isoformat() if each.handed_on else "—"),
            Square("figure", _apart(each)),
            Square("figure", str(each.last.number) if each.last else "0"),
            Square("figure", _status(each)),
        )
        for each in lines
    ]
    return Drawn("handed", "各机关报送情况", len(heads), (head, *body), 1)


def _returned(season: Season, lines: Sequence[Line]) -> Iterator[Piece]:
    sent = Step.objects.filter(member__season=season, verdict=Step.Verdict.RETURNED)
    bodies = sent.values("member").distinct().count()
    yield Words(HEADING, "二、退回情况和原因")
    for each in lines:
        if each.status == Status.RECALLED:
            why = f"，理由：{each.why}" if each.why else ""
            name = each.member.body.name
            yield Words(TEXT, f"{name}撤回了报告{why}；原来的一版不再计入合计。")
    if not bodies:
        yield Words(TEXT, "没有退回的报告。")
        return
    found = causes(season)
    yield Words(TEXT, f"共退回{sent.count()}次，涉及{bodies}个机关。")
    if found:
        heads = ("规则", "发现", "涉及机关", "处数")
        head = tuple(Square("head", text, scope="col") for text in heads)
        body = [
            (
                Square("label", each.code, scope="row"),
                Square("label", each.title),
                Square("figure", str(each.bodies)),
                Square("figure", str(each.times)),
            )
            for each in found
        ]
        table = Drawn("causes", "最常见的发现", len(heads), (head, *body), 1)
        yield table


def _totals(season: Season, found: Combined | None) -> Iterator[Piece]:
    yield Words(HEADING, "三、合计")
    if found is None:
        yield Words(TEXT, "还没有接受的报告，没有合计。")
        return
    yield Words(TEXT, f"{own_once(season)}。")
    _title, *pieces = totals(season, found).pieces
    yield from _lower(pieces)


def _doubted(lines: Iterable[Line]) -> Iterator[Piece]:
    """Yield which reports were accepted with open findings, by which rules, and why."""
    doubted = [each for each in lines if each.open]
    if not doubted:
        return
    heads = ("机关", "没有改的违规、矛盾", "处数", "接受的理由")
    head = tuple(Square("head", text, scope="col") for text in heads)
    body = [
        (
            Square("label", each.member.body.name, scope="row"),
            Square("label", "、".join(f"{code}（{n}处）" for code, n in each.open.items())),
            Square("figure", str(sum(each.open.values()))),
            Square("label", each.why or "没有写"),
        )
        for each in doubted
    ]
    yield Drawn("doubted", "接受时还有违规、矛盾的报告", len(heads), (head, *body), 1)


def _compared(now: Combined | None, before: Combined | None) -> Iterator[Piece]:
    yield Words(HEADING, "四、与上年比较")
    if now is None or before is None:
        yield Words(TEXT, "两年没有都接受的报告，没有比较。")
        return
    yield from _lower(combining.comparison(now, before))


def _lower(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with their headings as plain lines: here they stand one floor down."""
    for piece in pieces:
        if isinstance(piece, Words) and piece.role == HEADING:
            continue  # the tables bear their own titles
        yield piece


def _share(part: int, whole: int) -> str:
    if whole < FEW:
        return f"不足{FEW}个机关，不算比率。"
    return f"按期率{share(part, whole)}%。"


def _names(lines: Iterable[Line]) -> str:
    return "、".join(each.member.body.name for each in lines)


def _apart(each: Line) -> str:
    if each.handed_on is None:
        return f"已逾期{each.late_by}天" if each.is_late else f"还有{each.days}天"
    if each.is_late:
        return f"逾期{each.late_by}天"
    return f"早{each.days}天" if each.days else "当日"


def _late(each: Line) -> str:
    return f"{each.late_by}天，首报按期" if each.is_late_again else f"{each.late_by}天"


def _status(each: Line) -> str:
    """Return the words of a status in what is issued, whatever the screen speaks."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(each.status.label)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
