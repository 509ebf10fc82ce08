"""The charts whose figures are those of the year's report: tables three and four, fees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.counting import CARRIED_IN, CARRIED_OUT, COLUMNS, KINDS, NEW
from mingtang.compiling.tally import ASKED, COLLECTED, NOTICES, REFUNDED
from mingtang_web.applicants.models import Kind
from mingtang_web.charting import Bar, Chart
from mingtang_web.desk.figure_words import APART, FEES, form_of
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.form.edition import Line
    from mingtang_web.cases.figures import Year
    from mingtang_web.desk.figuring import Asked

FAMILIES = {
    "granted": gettext_lazy("予以公开"),
    "partly": gettext_lazy("部分公开"),
    "denied": gettext_lazy("不予公开"),
    "unavailable": gettext_lazy("无法提供"),
    "unprocessed": gettext_lazy("不予处理"),
    "other": gettext_lazy("其他处理"),
}
"""The groups of table three's results, by what its lines begin with."""
CONCLUDED = "concluded"
BALANCE = (NEW, CARRIED_IN, CONCLUDED, CARRIED_OUT)
"""The lines of table three that are no results."""


def family(line: str) -> str:
    """Return the group of table three that a line of it belongs to.

    >>> family("partly_granted"), family("denied_process")
    ('partly', 'denied')
    """
    return line.partition("_")[0]


def outcomes(asked: Asked, year: Year) -> Chart:
    """Return what requests came to: groups drawn, each line in the table."""
    found = dict.fromkeys(FAMILIES, 0)
    lines = {line.id: line for line in _lines(asked.year)}
    for name in lines.keys() - set(BALANCE):
        found[family(name)] += year.line(name)
    drawn = [Bar(str(FAMILIES[name]), n) for name, n in found.items()]
    drawn.append(Bar(_("结转下年度"), year.line(CARRIED_OUT), apart=True))
    told = {
        "before": year.line(CARRIED_IN),
        "new": year.received,
        "done": year.concluded,
        "after": year.line(CARRIED_OUT),
    }
    return Chart(
        "outcomes",
        _("申请得到了什么结果？"),
        _(
            "年报表三的办理结果，各行与年报同出一本台账：这一年有了结果的申请，按决定或者"
            "终结之日；重新答复的不再计。今年的结转，是到现在还没有结果的。"
        ),
        tuple(drawn),
        year.concluded,
        _(
            "上年结转 %(before)s + 本年新收 %(new)s = "
            "办理结果 %(done)s + 结转下年度 %(after)s"
        )
        % told,
        _("件"),
        tuple(_in_table_three(asked, year, lines)),
    )


def _in_table_three(asked: Asked, year: Year, lines: dict[str, Line]) -> Iterator[Bar]:
    """Yield the results that there are, then the four sums that balance."""
    for name, line in lines.items():
        n = year.line(name)
        if n and name not in BALANCE:
            link = asked.counted(f"requests/{name}/total")
            yield Bar(spoken(line.full_label), n, link)
    for name in BALANCE:
        n = year.concluded if name == CONCLUDED else year.line(name)
        link = asked.counted(f"requests/{name}/total")
        yield Bar(spoken(lines[name].full_label), n, link, apart=True)


def kinds(asked: Asked, year: Year) -> Chart:
    """Return who asks, and why more are registered than are new."""
    bars = tuple(
        Bar(
            str(kind.label),
            year.cells[f"requests/{NEW}/{kind.value}"],
            asked.counted(f"requests/{NEW}/{kind.value}"),
        )
        for kind in Kind
    )
    more = tuple(
        Bar(str(label), n, asked.counted(name), apart=True)
        for name, label in APART.items()
        if (n := _registered(year, name)) or name == "entered"
    )
    return Chart(
        "kinds",
        _("谁在申请？"),
        _(
            "年报表三的“本年新收”，按六类申请人。登记了、但是并入他件的，拆成几件的（各件"
            "分别计），没有确认收到的，不是新收；登记按收到之日，没有收到的按提交之日。"
        ),
        bars,
        year.received,
        _bridge(year),
        _("件"),
        bars + more,
    )


def _registered(year: Year, name: str) -> int:
    return year.entered if name == "entered" else year.registered[name]


def _bridge(year: Year) -> str:
    """Return in words how what was registered comes to what is new."""
    apart = [
        _("%(name)s %(n)s 件") % {"name": label, "n": year.registered[name]}
        for name, label in APART.items()
        if name != "entered" and year.registered[name]
    ]
    told = {"entered": year.entered, "new": year.received, "apart": _("、").join(apart)}
    if not apart:
        return _("本年新收 %(new)s 件，登记的都计入") % told
    return _("登记 %(entered)s 件，其中%(apart)s不计入；本年新收 %(new)s 件") % told


def disputes(asked: Asked, year: Year) -> Chart:
    """Return how reviews and suits stand in table four."""
    table = form_of(asked.year).table("disputes").blocks[0]
    lines = {line.id: line.label for line in table.lines}
    columns = {column.id: column.label for column in table.columns}
    more = tuple(
        Bar(
            f"{spoken(lines[kind])}：{spoken(columns[column])}",
            year.cells[f"disputes/{kind}/{column}"],
            asked.disputes(f"disputes/{kind}/{column}"),
        )
        for kind in KINDS
        for column in COLUMNS
    )
    n = sum(bar.value or 0 for bar in more)
    return Chart(
        "disputes",
        _("复议、诉讼结果怎样？"),
        _(
            "年报表四的各格：本机关是被申请人或者被告的，这一年审结的和年底（今年是现在）"
            "尚未审结的；上年没有审结的接着计，一审、二审怎样计，按本机关的口径。"
        ),
        tuple(bar for bar in more if bar.value),
        n,
        _("共 %(n)s 件") % {"n": n},
        _("件"),
        more,
    )


def fees(asked: Asked, year: Year) -> Chart:
    """Return what was charged and paid, as the report says it."""
    notices, gross = year.cells[NOTICES], year.cells[COLLECTED]
    net = _("收取 %(yuan)s 元，按口径扣除退付") % {"yuan": gross}
    found = (
        (ASKED, year.cells[ASKED], _("通知 %(n)s 件") % {"n": notices}),
        (COLLECTED, year.collected, net if gross != year.collected else ""),
        (REFUNDED, year.cells[REFUNDED], ""),
    )
    return Chart(
        "fees",
        _("收了多少信息处理费？"),
        _("年报第六部分的数：这一年发出的收费通知、实际收取的和退付的，按各自的日期。"),
        tuple(Bar(str(FEES[cell]), n, _fees(asked, cell), note) for cell, n, note in found),
        unit=_("元"),
    )


def _fees(asked: Asked, cell: str) -> str:
    """Return where the amounts stand; of a district the cases in which there were any."""
    if asked.scope.below:
        return asked.counted(cell)
    day = min(asked.today.isoformat(), f"{asked.year}-12-31")
    words = urlencode({"body": asked.scope.body.pk, "day": day})
    return f"{reverse('fees')}?{words}"


def _lines(year: int) -> Iterator[Line]:
    for block in form_of(year).table("requests").blocks:
        yield from block.lines
