"""The charts of a body or a district: what each asks, counts, and leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.state import PHASE_NAMES, Phase
from mingtang.law.grounds import ground, grounds
from mingtang_web.applicants.models import Kind
from mingtang_web.cases.figures import Year, between, quantile
from mingtang_web.cases.selecting import BANDS
from mingtang_web.desk.charting import FEW, Bar, Chart, percent
from mingtang_web.desk.filtering import KEPT
from mingtang_web.disputes.figures import OPEN
from mingtang_web.disputes.models import Procedure
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from mingtang_web.cases.figures import Now, Scope

FAMILIES = {
    "granted": gettext_lazy("予以公开"),
    "partly": gettext_lazy("部分公开"),
    "denied": gettext_lazy("不予公开"),
    "unavailable": gettext_lazy("无法提供"),
    "unprocessed": gettext_lazy("不予处理"),
    "other": gettext_lazy("其他处理"),
}
"""The groups of table three's results, by what its lines begin with."""
ENDS = {
    "upheld": gettext_lazy("结果维持"),
    "corrected": gettext_lazy("结果纠正"),
    "other": gettext_lazy("其他结果"),
    OPEN: gettext_lazy("尚未审结"),
}
PROCEDURES = {
    Procedure.REVIEW.value: gettext_lazy("复议"),
    Procedure.SUIT.value: gettext_lazy("诉讼"),
}
FEES = {
    "notices": gettext_lazy("发出收费通知"),
    "payments": gettext_lazy("收到"),
    "refunds": gettext_lazy("退付"),
}


class Asked(NamedTuple):
    """Whose figures, of which year, seen on which day."""

    scope: Scope
    year: int
    today: date

    def cases(self, **words: object) -> str:
        """Return where the cases are listed that a figure counts."""
        whose = {"under" if self.scope.below else "body": self.scope.body.pk}
        return f"{reverse('worklist')}?{urlencode({'tab': 'all', **whose, **words})}"

    def decided(self, **words: object) -> str:
        """Return where the cases decided in the year are listed."""
        return self.cases(state="all", decided=self.year, **words)


def clocks(asked: Asked, now: Now) -> Chart:
    """Return how the open cases stand against their terms."""
    counted: tuple[tuple[str, int, dict[str, str], str], ...] = (
        (_("在办"), now.open, {}, ""),
        (_("逾期"), now.late, {"clock": "late"}, "late"),
        (_("临期"), now.soon, {"clock": "soon"}, "soon"),
        (_("停止计时"), now.paused, {"clock": "paused"}, ""),
        (_("待定"), now.unsettled, {"clock": "unsettled"}, ""),
    )
    return Chart(
        "clocks",
        _("现在在办的案件，期限怎样？"),
        _("今天还没有办结的案件；一件可以同时列在两项里，所以各项不相加。"),
        tuple(Bar(name, n, asked.cases(**more), tone=t) for name, n, more, t in counted),
        said=_("在办 %(n)s 件，逾期 %(late)s 件") % {"n": now.open, "late": now.late},
        unit=_("件"),
    )


def phases(asked: Asked, now: Now) -> Chart:
    """Return in which step the overdue cases are."""
    bars = tuple(
        Bar(
            spoken(PHASE_NAMES[phase]),
            now.phases[phase],
            asked.cases(clock="late", phase=phase.value),
            tone="late",
        )
        for phase in Phase
        if now.phases.get(phase)
    )
    return Chart(
        "phases",
        _("逾期的主要在哪个环节？"),
        _("最后一日已过、还没有答复的案件，按现在的环节。"),
        bars,
        now.late,
        unit=_("件"),
    )


def timely(asked: Asked, year: Year) -> Chart:
    """Return how many answers were in time."""
    bars = tuple(
        Bar(
            str(label),
            year.kept[name],
            asked.decided(kept=name),
            tone="late" if name == "late" else "",
            apart=name == "unsettled",
        )
        for name, label in KEPT.items()
    )
    kept = year.kept["in_time"]
    told = _("%(n)s 件能断定的答复中按期 %(kept)s 件") % {"n": year.held, "kept": kept}
    if year.held >= FEW:
        told += _("，按期率 %(rate)s") % {"rate": percent(kept, year.held)}
    return Chart(
        "timely",
        _("答复按期了吗？"),
        _(
            "这一年作出决定、能够断定是否按期的答复；按期率 = 按期 ÷（按期 + 逾期）。"
            "待定的（例如放假安排没有录入）不计入 n。"
        ),
        bars[:2] if not year.kept["unsettled"] else bars,
        year.held,
        told,
        _("件"),
    )


def days(asked: Asked, year: Year) -> Chart:
    """Return how many working days answers took."""
    n = year.days.total()
    bars = tuple(
        Bar(
            _("%(first)s 日以上") % {"first": first}
            if last is None
            else _("%(first)s–%(last)s 日") % {"first": first, "last": last},
            between(year.days, first, last),
            asked.decided(days=band),
            tone="soon" if first > 20 else "",  # noqa: PLR2004 - 条例第三十三条
        )
        for band, (first, last) in BANDS.items()
    )
    half, nearly = quantile(year.days, 0.5), quantile(year.days, 0.9)
    said = _("中位数 %(half)s 日，九成不超过 %(nearly)s 日（P90）")
    return Chart(
        "days",
        _("答复用了多少个工作日？"),
        _(
            "净工作日：从期限起算到答复之日的工作日，不算停止计时的日子；"
            "补正、缴费后重新起算。法定20个工作日，经批准可以延长20个。"
        ),
        bars,
        n,
        said % {"half": half, "nearly": nearly} if n else "",
        _("件"),
    )


def outcomes(asked: Asked, year: Year) -> Chart:
    """Return what requests came to: groups drawn, each result in the table."""
    found = dict.fromkeys(FAMILIES, 0)
    for code, n in year.grounds.items():
        found[family(code)] += n
    more = tuple(
        Bar(spoken(each.title), year.grounds[each.code], asked.decided(ground=each.code))
        for each in grounds()
        if year.grounds[each.code]
    )
    return Chart(
        "outcomes",
        _("申请得到了什么结果？"),
        _("这一年作出的答复，按表三的六组；没有答复就终结的（撤回、并案等）不计入 n。"),
        tuple(Bar(str(FAMILIES[name]), n) for name, n in found.items()),
        year.answered,
        _("答复 %(n)s 件，另有 %(ended)s 件没有答复就终结")
        % {"n": year.answered, "ended": year.ended},
        _("件"),
        more,
    )


def family(code: str) -> str:
    """Return the group of table three that a result belongs to.

    >>> family("G1"), family("P1"), family("N5")
    ('granted', 'partly', 'denied')
    """
    return ground(code).line.partition("_")[0]


def kinds(asked: Asked, year: Year) -> Chart:
    """Return who asks."""
    between_days = {"since": f"{asked.year}-01-01", "until": f"{asked.year}-12-31"}
    bars = tuple(
        Bar(
            str(kind.label),
            year.kinds[kind.value],
            asked.cases(state="all", kind=kind.value, **between_days),
        )
        for kind in Kind
    )
    return Chart(
        "kinds",
        _("谁在申请？"),
        _("这一年收到的申请，按表三的六类申请人。"),
        bars,
        year.received,
        _("收到 %(n)s 件") % {"n": year.received},
        _("件"),
    )


def disputes(found: Counter[tuple[str, str]]) -> Chart:
    """Return how reviews and suits ended."""
    bars = tuple(
        Bar(f"{procedure}：{end}", found[name, key], reverse("disputes"))
        for name, procedure in PROCEDURES.items()
        for key, end in ENDS.items()
    )
    return Chart(
        "disputes",
        _("复议、诉讼结果怎样？"),
        _("这一年提起、本机关是被申请人或者被告的复议和诉讼，按表四的归类；开着的另列。"),
        bars,
        found.total(),
        _("共 %(n)s 件") % {"n": found.total()},
        _("件"),
    )


def fees(asked: Asked, year: Year) -> Chart:
    """Return what was charged and paid."""
    link = "" if asked.scope.below else f"{reverse('fees')}?{_last_day(asked)}"
    bars = tuple(
        Bar(
            str(name),
            year.fees.get(what, (0, 0))[1],
            link,
            _("%(n)s 笔") % {"n": year.fees.get(what, (0, 0))[0]},
        )
        for what, name in FEES.items()
    )
    return Chart(
        "fees",
        _("收了多少信息处理费？"),
        _("这一年发出的收费通知、收到的和退付的，按各自的日期；更正过的不算。"),
        bars,
        unit=_("元"),
    )


def _last_day(asked: Asked) -> str:
    day = min(asked.today.isoformat(), f"{asked.year}-12-31")
    return urlencode({"body": asked.scope.body.pk, "day": day})


class TrendLine(NamedTuple):
    """One year of the trend; lengths are of 100, from zero, on one scale."""

    year: int
    figures: Year
    received: str
    answered: str
    rate: str
    half: int | None
    nearly: int | None


def trend(years: dict[int, Year], last: int, most: int = 6) -> list[TrendLine]:
    """Return the last years up to one, the first one first."""
    chosen = {year: each for year, each in years.items() if last - most < year <= last}
    counts = [n for each in chosen.values() for n in (each.received, each.answered)]
    longest = max(counts, default=0) or 1
    return [
        TrendLine(
            year,
            each,
            f"{100 * each.received / longest:.1f}",
            f"{100 * each.answered / longest:.1f}",
            percent(each.kept["in_time"], each.held) if each.held else "",
            quantile(each.days, 0.5),
            quantile(each.days, 0.9),
        )
        for year, each in chosen.items()
    ]
