"""A figure of a year as an address names it, and as screens and reports call it.

``2025/requests/received/person`` is a cell of that year's report, ``2025/fees/notices``
one of its fees, ``2025/merged`` what was registered and counts nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.compiling.tables import totals
from mingtang.compiling.tally import ASKED, COLLECTED, NOTICES, REFUNDED
from mingtang.form.loading import edition_for
from mingtang_web.cases.standing import Stand
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang.form.edition import Edition

FIRST_FORM = 2019
"""Years before had no such tables; what they would say is put into the first ones."""
APART = {
    "entered": gettext_lazy("登记"),
    "merged": gettext_lazy("并入他件"),
    "split": gettext_lazy("拆成几件（各件分别计）"),
    "unconfirmed": gettext_lazy("待确认收到"),
    "unreceived": gettext_lazy("没有确认收到就终结"),
}
FEES = {
    NOTICES: gettext_lazy("发出收费通知"),
    ASKED: gettext_lazy("收费通知总金额"),
    COLLECTED: gettext_lazy("实际收取总金额"),
    REFUNDED: gettext_lazy("退付总金额"),
}


def form_of(year: int) -> Edition:
    """Return the form whose tables a year's figures stand in."""
    return edition_for(max(year, FIRST_FORM))


def stand_of(word: str) -> Stand:
    """Return the figure that an address names; raises `LookupError` where there is none."""
    said, _slash, cell = word.partition("/")
    if not (said.isascii() and said.isdecimal() and len(said) == len("2025")):
        raise LookupError(word)
    year = int(said)
    if cell in APART:
        return Stand(year, apart=cell)
    if cell in FEES:
        return Stand(year, (cell,))
    form = form_of(year)
    if not cell.startswith(("requests/", "disputes/")) or cell not in form.cell_ids():
        raise LookupError(word)
    return Stand(year, totals(form.id).get(cell, (cell,)))


def title_of(word: str) -> str:
    """Return what a figure is called, its year first; raises `LookupError`."""
    stand_of(word)
    year, _slash, cell = word.partition("/")
    if cell in APART or cell in FEES:
        name = str(APART.get(cell) or FEES[cell])
        return _("%(year)s 年：%(name)s") % {"year": year, "name": name}
    form = form_of(int(year))
    line, column = form.labels(cell)
    table = form.table(cell.partition("/")[0]).number
    name = spoken(line.full_label)
    if column.id != "total":
        name += " · " + spoken(column.label)
    told = {"year": year, "table": spoken(table), "name": name}
    return _("%(year)s 年%(table)s：%(name)s") % told
