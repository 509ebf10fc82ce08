"""The screen of figures: of a body, or of a district for whoever supervises it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mingtang_web import charting, typed
from mingtang_web.annual.queries import apart
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import Standing
from mingtang_web.cases import figures as counting
from mingtang_web.cases.clocks import soon
from mingtang_web.cases.overviews import figures as overview
from mingtang_web.charting import FEW
from mingtang_web.desk import figuring, tabulating
from mingtang_web.desk.exporting import MARK
from mingtang_web.desk.figuring import Asked
from mingtang_web.desk.filtering import MANY
from mingtang_web.desk.sitting import desk_of
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

    from mingtang_web.cases.figures import Counted
    from mingtang_web.charting import Chart
    from mingtang_web.desk.sitting import Desk


OWED = gettext_lazy("计入年报各表的件数还在重算，表三、表四和收费的数暂时不全")


class AskedForm(forms.Form):
    """Whose figures, of which year, with or without those below."""

    year = typed.Whole(
        label=gettext_lazy("年份"), min_value=2000, max_value=2999, required=False
    )

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        super().__init__(request.GET, auto_id="asked_%s")
        self.desk = desk
        self.bodies: QuerySet[Body] = desk.bodies().order_by("path")
        few = list(self.bodies.values_list("pk", "name")[: MANY + 1])
        if not few:
            raise Http404
        self.few = few if len(few) <= MANY else []
        self.fields["body"] = typed.Text(
            label=_("机关") if self.few else _("机关（名称或者其中几个字）"),
            required=False,
            max_length=40,
            widget=forms.Select(choices=self.few) if self.few else forms.TextInput(),
        )
        if desk.held.seen_paths():
            self.fields["only"] = forms.BooleanField(
                label=_("只看本机关，不含下级"), required=False
            )
        self.order_fields(("body", "year", "only"))

    def clean_body(self) -> Body:
        """Return the body meant: by its number, or by part of its name.

        Raises `Http404` for a number that is not seen.
        """
        word = str(self.cleaned_data["body"]).strip()
        if not word:
            return self._first()
        if word.isdecimal():
            found = self.bodies.filter(pk=int(word)).first()
            if found is None:
                raise Http404
            return found
        named = self.bodies.filter(Q(name__contains=word) | Q(short_name__contains=word))
        if not named:
            raise forms.ValidationError(_("没有名称包含“%(word)s”的机关") % {"word": word})
        return named[0]

    def _first(self) -> Body:
        tops = self.desk.held.seen_paths()
        first = self.bodies.filter(path__in=tops[:1]).first() or self.bodies.first()
        assert first is not None  # noqa: S101 - there are bodies, or no form
        return first

    def asked(self) -> Asked:
        """Return what is asked for; what makes no sense is as if it had not been said."""
        good = self.is_valid()
        body = self.cleaned_data.get("body") if good else None
        body = body if isinstance(body, Body) else self._first()
        year = self.cleaned_data.get("year") or self.desk.today.year
        only = bool(self.cleaned_data.get("only"))
        scope = counting.Scope(body, has_below(self.desk.held, body) and not only)
        return Asked(scope, year, self.desk.today)


def has_below(held: Standing, body: Body) -> bool:
    """Return whether a person sees the bodies below a body too."""
    return held.supervises(body)


@require_safe
@login_required
def shown(request: HttpRequest) -> HttpResponse:
    """Show the charts, each with its table."""
    form = AskedForm(request, desk_of(request))
    asked = form.asked()
    counted = counting.figures(asked.scope)
    found = charts(asked, counted)
    context = {
        "form": form,
        "asked": asked,
        "body": asked.scope.body,
        "charts": found,
        "trend": figuring.trend(counted.years, asked),
        "years": sorted({*counted.years, asked.today.year}, reverse=True),
        "as_of": counted.as_of,
        "owed": counted.owed,
        "apart": apart(asked.scope.q, asked.year),
        "few": FEW,
        "words": request.GET.urlencode(),
        "now_words": _but_year(request.GET),
    }
    return render(request, "desk/figures/board.html", context)


def _but_year(words: QueryDict) -> str:
    """Return the words of an address without its year, which is then today's."""
    kept = words.copy()
    kept.pop("year", None)
    return kept.urlencode()


@require_safe
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Give the tables of all charts as one CSV file, and every body's clocks below.

    Those are today's, and stand in the file of today's year alone.
    """
    desk = desk_of(request)
    asked = AskedForm(request, desk).asked()
    counted = counting.figures(asked.scope)
    whose = asked.scope.body.name + (_("（含下级）") if asked.scope.below else "")
    rows = [
        [_("机关"), whose],
        [_("年份"), str(asked.year)],
        [_("截至"), _moment(asked, counted)],
        *([[_("注意"), str(OWED)]] if counted.owed else []),
        [],
    ]
    rows += charting.lines(charts(asked, counted))
    rows += [[], *_trend_lines(counted, asked)]
    if asked.scope.below and asked.is_now:
        rows += [[], *_bodies(asked)]
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = _("统计") + f"-{asked.year}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003 - Django's signature
    return response


def charts(asked: Asked, counted: Counted) -> list[Chart]:
    """Return every chart of a year; two queries beside what is counted.

    How open cases stand is today's, and told beside the figures of today's year alone.
    """
    year = counted.years.get(asked.year) or counting.Year()
    return [
        *(_of_today(asked) if asked.is_now else ()),
        figuring.timely(asked, year),
        figuring.days(asked, year),
        tabulating.outcomes(asked, year),
        tabulating.kinds(asked, year),
        tabulating.disputes(asked, year),
        tabulating.fees(asked, year),
    ]


def _of_today(asked: Asked) -> tuple[Chart, Chart]:
    now = counting.now_open(asked.scope, asked.today, soon(asked.today))
    return figuring.clocks(asked, now), figuring.phases(asked, now)


def _moment(asked: Asked, counted: Counted) -> str:
    return f"{counted.as_of:%Y-%m-%d %H:%M}" if counted.as_of else asked.today.isoformat()


def _trend_lines(counted: Counted, asked: Asked) -> list[list[str]]:
    heads = [
        _("年份"), _("本年新收"), _("办理结果"), _("按期率"), _("按期率的 n"),
        _("净工作日中位数"), _("净工作日 P90"),
    ]  # fmt: skip
    return [
        heads,
        *(
            [
                str(line.year),
                str(line.figures.received),
                str(line.figures.concluded),
                line.rate if line.figures.held >= FEW else "",
                str(line.figures.held),
                "" if line.half is None else str(line.half),
                "" if line.nearly is None else str(line.nearly),
            ]
            for line in figuring.trend(counted.years, asked)
        ),
    ]


def _bodies(asked: Asked) -> list[list[str]]:
    """Return the clocks of each body; in the order of the tree, for nothing is ranked."""
    bodies = list(Body.objects.filter(path__startswith=asked.scope.body.path))
    found = overview(bodies, asked.today, soon(asked.today))
    heads = [
        _("机关（截至 %(day)s）") % {"day": asked.today.isoformat()},
        _("在办"),
        _("临期"),
        _("逾期"),
        _("待定"),
        _("今年按期"),
        _("今年能断定的"),
        _("今年按期的其中由旧台账导入"),
        _("征求意见书未登记送达"),
    ]
    return [heads, *([body.name, *map(str, found[body.pk])] for body in bodies)]


urlpatterns = [
    path("figures/", shown, name="figures"),
    path("figures/export/", export, name="export_figures"),
]
