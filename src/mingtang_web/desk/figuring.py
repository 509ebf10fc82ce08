"""The charts of a body or a district: what each asks, counts, and leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.case.state import PHASE_NAMES, Phase
from mingtang_web.cases.figures import Year, between, quantile
from mingtang_web.cases.selecting import BANDS
from mingtang_web.charting import FEW, Bar, Chart, percent
from mingtang_web.desk.filtering import KEPT
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.cases.figures import Now, Scope


class Asked(NamedTuple):
    """Whose figures, of which year, seen on which day."""

    scope: Scope
    year: int
    today: date

    def cases(self, **words: object) -> str:
        """Return where the cases are listed that a figure counts."""
        return f"{reverse('worklist')}?{urlencode({'tab': 'all', **self.whose, **words})}"

    def decided(self, **words: object) -> str:
        """Return where the cases decided or ended in the year are listed."""
        return self.cases(state="all", decided=self.year, **words)

    def counted(self, cell: str) -> str:
        """Return where the cases are listed that count in a cell of the year's report.

        Or in one of its fees, or those that were registered and count in none.
        """
        return self.cases(state="all", figure=f"{self.year}/{cell}")

    def disputes(self, cell: str) -> str:
        """Return where the disputes are listed that count in a cell of table four."""
        words = self.whose | {"figure": f"{self.year}/{cell}"}
        return f"{reverse('disputes')}?{urlencode(words)}"

    @property
    def is_now(self) -> bool:
        """Whether the year is today's: how open cases stand today is of no other."""
        return self.year == self.today.year

    @property
    def whose(self) -> dict[str, int | str]:
        """The words of an address that say whose."""
        return {"under" if self.scope.below else "body": self.scope.body.pk}


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
        _until(asked)
        + _(
            "今天还没有办结的案件；一件可以同时列在两项里，所以各项不相加。待确认收到的、"
            "已经答复还在等送达的也在办，所以与表三的“结转下年度”不是一个数。"
        ),
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
        _until(asked) + _("最后一日已过、还没有答复的案件，按现在的环节。"),
        bars,
        now.late,
        unit=_("件"),
    )


def _until(asked: Asked) -> str:
    """Return on which day the open cases stand so, whatever year is looked at."""
    return _("截至今天（%(day)s）。") % {"day": asked.today.isoformat()}


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
    told = _("%(n)s 件能断定的中按期 %(kept)s 件") % {"n": year.held, "kept": kept}
    if year.held >= FEW:
        told += _("，按期率 %(rate)s") % {"rate": percent(kept, year.held)}
    old = year.imported
    if old.total():
        more = _(
            "；其中由旧台账导入的 %(n)s 件（按期 %(kept)s 件），日期依台账所记，"
            "没有在这里逐步办理"
        )
        told += more % {"n": old.total(), "kept": old["in_time"]}
    return Chart(
        "timely",
        _("按期了吗？"),
        _(
            "这一年作出决定或者终结、能够断定是否按期的申请；"
            "按期率 = 按期 ÷（按期 + 逾期）。"
            "过了最后一日才撤回、才以别的方式终结的，计为逾期；没有到期就终结的不计。"
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
            "这一年作出的、算得出用时的答复。净工作日：从期限起算到答复之日的工作日，不算停止计时的日子；"
            "补正、缴费后重新起算。法定20个工作日，经批准可以延长20个。"
        ),
        bars,
        n,
        said % {"half": half, "nearly": nearly} if n else "",
        _("件"),
    )


class TrendLine(NamedTuple):
    """One year of the trend; lengths are of 100, from zero, on one scale."""

    year: int
    figures: Year
    received: str
    concluded: str
    rate: str
    half: int | None
    nearly: int | None


def trend(years: dict[int, Year], asked: Asked, most: int = 6) -> list[TrendLine]:
    """Return the last years up to today's, the first one first.

    The year that is looked at is among them, however long ago it was.
    """
    last = max(asked.year, min(asked.today.year, asked.year + most - 1))
    chosen = {year: each for year, each in years.items() if last - most < year <= last}
    counts = [n for each in chosen.values() for n in (each.received, each.concluded)]
    longest = max(counts, default=0) or 1
    return [
        TrendLine(
            year,
            each,
            f"{100 * each.received / longest:.1f}",
            f"{100 * each.concluded / longest:.1f}",
            percent(each.kept["in_time"], each.held) if each.held else "",
            quantile(each.days, 0.5),
            quantile(each.days, 0.9),
        )
        for year, each in chosen.items()
    ]
