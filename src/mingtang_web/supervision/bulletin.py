"""The quarterly bulletin (季度通报): what was inspected, found, ordered and mended.

Bodies stand in the order of the tree and are never ranked. It speaks Chinese, as what is
issued does, and is made of what stands in the records on its day: nothing is typed.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

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
from mingtang.supervising import FEW, check, checks
from mingtang_web import clock
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import require
from mingtang_web.files.actions import keep
from mingtang_web.files.examining import Examined
from mingtang_web.ledger.stepping import Stepping
from mingtang_web.numbering.actions import next_number
from mingtang_web.supervision import policy
from mingtang_web.supervision.inspecting import inspected_by
from mingtang_web.supervision.models import (
    Bulletin,
    BulletinStep,
    Finding,
    Inspection,
    Order,
)
from mingtang_web.supervision.queries import by_body, mended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.manuscript import Piece
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.supervision.queries import Mended

MONTHS = 3
NUMERALS = "一二三四"
ROWS = Stepping(
    Bulletin,
    BulletinStep,
    "bulletin",
    ("year", "quarter", "issued_on"),
    registered=(
        *("body_id", "number", "created_at", "year", "quarter", "issued_on"),
        *("word_id", "pdf_id"),
    ),
    now=("struck", "version"),
    step=("bulletin_id", "what", "held", "why"),
)
"""How bulletins go on, and what the ledger holds of each."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in BulletinStep.What)


class Quarter(NamedTuple):
    """A quarter of a year (季度), from 1 to 4.

    >>> Quarter(2026, 4).first, Quarter(2026, 4).last
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """

    year: int
    quarter: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.quarter - 1) * MONTHS + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        year, month = divmod(self.quarter * MONTHS, 12)
        return date(self.year + year, month + 1, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """What it is called."""
        return f"{self.year}年第{NUMERALS[self.quarter - 1]}季度"


def quarter_of(day: date) -> Quarter:
    """Return the quarter of a day.

    >>> quarter_of(date(2026, 11, 24))
    Quarter(year=2026, quarter=4)
    """
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


class _Told(NamedTuple):
    """What a quarter's bulletin tells of."""

    office: Body
    quarter: Quarter
    inspections: Sequence[Inspection]
    counts: Sequence[tuple[Body, Counter[str]]]
    orders: Sequence[Order]
    mended: Mended
    on: date


@transaction.atomic
def issue(office: Body, quarter: Quarter, doing: Doing) -> Bulletin:
    """Issue the bulletin of a quarter: its Word and PDF are kept as they are today.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.TELL, office, clock.today())
    earlier = ROWS.of_key(office, doing.key)
    if earlier:
        return earlier
    today = clock.today()
    count = next_number(office, ROWS.name, quarter.year)
    if Bulletin.objects.filter(body=office, struck=False, **quarter._asdict()).exists():
        raise ValidationError(_("这个季度的通报已经印发；要重发的，请先作废原来的一份"))
    if today < quarter.first:
        raise ValidationError({"quarter": _("这个季度还没有开始")})
    text = manuscript(office, quarter, today)
    files = {kind: load(f"writing.formats.{kind}").bind(text) for kind in ("docx", "pdf")}
    row = Bulletin(
        body=office,
        number=f"TB{quarter.year}-{count:02d}",
        issued_on=today,
        word=keep(_file(files["docx"], "docx"), office, doing.actor),
        pdf=keep(_file(files["pdf"], "pdf"), office, doing.actor),
        **quarter._asdict(),
    )
    return ROWS.begun(row, doing)


@transaction.atomic
def strike(bulletin: Bulletin, doing: Doing) -> Bulletin:
    """Take a bulletin back; it stays in the records, and another may be issued.

    Raises `NotAllowedError`, `MovedOnError` and `ValidationError`.
    """
    present = ROWS.begin(bulletin, policy.TELL, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    present.struck = True
    return ROWS.write(present, ROWS.step_of(present, BulletinStep.What.STRUCK), doing)


def manuscript(office: Body, quarter: Quarter, on: date) -> Manuscript:
    """Return the bulletin of a quarter as it stands on a day."""
    told = _told(office, quarter, on)
    title = f"关于{quarter.label}政府信息公开检查情况的通报"
    with translation.override("zh-hans"):
        pieces = (
            Words(TITLE, title),
            *_inspected(told),
            *_found(told),
            *_mended(told),
            *_asked(told),
            Words(SIGNER, office.name),
            Words(DAY, f"{on.year}年{on.month}月{on.day}日"),
        )
    return Manuscript(title, office.name, on, tuple(pieces))


def _told(office: Body, quarter: Quarter, on: date) -> _Told:
    until = min(quarter.last, on)
    rows = Inspection.objects.filter(
        body=office, struck=False, on__range=(quarter.first, quarter.last)
    ).exclude(found="")
    inspections = list(rows.order_by("on", "pk"))
    drawn = {pk for each in inspections for pk in each.drawn}
    bodies = list(Body.objects.filter(pk__in=drawn).order_by("path"))
    found = Finding.objects.filter(inspection__in=inspections)
    issued = Order.objects.filter(
        office=office, struck=False, issued_on__range=(quarter.first, quarter.last)
    )
    orders = list(issued.select_related("body").order_by("body__path", "pk"))
    counts = by_body(found, bodies)
    return _Told(office, quarter, inspections, counts, orders, mended(issued, until), on)


def _inspected(told: _Told) -> Iterator[Piece]:
    yield Words(HEADING, "一、检查情况")
    if not told.inspections:
        yield Words(TEXT, f"{told.quarter.label}没有开展检查。")
        return
    whole = len(inspected_by(told.office))
    yield Words(
        TEXT,
        f"{told.quarter.label}共检查{len(told.inspections)}次，涉及{len(told.counts)}个机关，"
        f"应查{whole}个机关。",
    )
    for each in told.inspections:
        how = ""
        if each.kind == Inspection.Kind.SAMPLED:
            how = f"，从{each.of}个机关中抽取{len(each.drawn)}个，抽样种子“{each.seed}”"
        kind = each.get_kind_display()
        yield Words(TEXT, f"{_day(each.on)}，{kind}（{each.number}）{how}。")


def _found(told: _Told) -> Iterator[Piece]:
    yield Words(HEADING, "二、发现的问题")
    totals: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    for _body, counts in told.counts:
        totals.update(counts)
        bodies.update(counts.keys())
    if not totals:
        yield Words(TEXT, "检查没有发现问题。")
        return
    whole, faulty = sum(totals.values()), sum(bool(counts) for _b, counts in told.counts)
    yield Words(
        TEXT,
        f"共发现问题{whole}处，涉及{faulty}个机关；经核实不是问题的没有计入。"
        "同一问题在几次检查中都发现的，按次计。",
    )
    rows = [
        (each.label, str(bodies[each.id]), str(totals[each.id]), each.cite or "—")
        for each in checks()
        if totals[each.id]
    ]
    yield _table("kinds", "各类问题", ("问题", "涉及机关", "处数", "依据"), rows)
    yield Words(TEXT, "下表按机关名单的次序，不作排名。")
    lines = [
        (body.name, str(sum(counts.values())), _counted(counts))
        for body, counts in told.counts
    ]
    yield _table("bodies", "各机关的问题", ("机关", "处数", "其中"), lines)


def _mended(told: _Told) -> Iterator[Piece]:
    yield Words(HEADING, "三、整改情况")
    stands = told.mended
    if not stands.issued:
        yield Words(TEXT, "本季度没有发出整改通知。")
        return
    share = f"，整改按期率{stands.percent}%" if stands.due >= FEW else ""
    yield Words(
        TEXT,
        f"本季度发出整改通知{stands.issued}份，已到期或者已报告{stands.due}份，"
        f"其中按期报告{stands.in_time}份{share}；复查通过{stands.passed}份，"
        f"逾期{stands.late}份。整改以后重复出现的问题{stands.again}处。",
    )
    rows = [
        (
            each.body.name,
            each.number,
            str(len(each.asked)),
            each.due.isoformat(),
            _stands(each, told.on),
        )
        for each in told.orders
    ]
    heads = ("机关", "通知编号", "问题数", "期限", "现状")
    yield _table("orders", "整改通知", heads, rows)


def _asked(told: _Told) -> Iterator[Piece]:
    yield Words(HEADING, "四、整改要求")
    seen: set[str] = {name for _body, counts in told.counts for name in counts}
    if not seen:
        yield Words(TEXT, "请各机关继续做好政府信息公开工作。")
        return
    for each in checks():
        if each.id in seen:
            yield Words(TEXT, f"{each.label}的，{each.remedy}。")


def _table(
    name: str, title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> Drawn:
    head = tuple(Square("head", text, scope="col") for text in heads)
    body = [
        (Square("label", first, scope="row"), *(Square("figure", text) for text in rest))
        for first, *rest in rows
    ]
    return Drawn(name, title, len(heads), (head, *body), 1)


def _counted(counts: Counter[str]) -> str:
    known = [each.id for each in checks()]
    told = (f"{check(name).label}{counts[name]}" for name in known if counts[name])
    return "、".join(told) or "没有发现问题"


def _stands(order: Order, on: date) -> str:
    if order.passed_on:
        return "复查通过"
    if order.answered_on:
        return "已报告，待复查"
    return "逾期" if order.is_late(on) else "整改中"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _file(data: bytes, kind: str) -> Examined:
    return Examined(data, kind)
