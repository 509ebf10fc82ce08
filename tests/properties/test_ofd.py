"""What an OFD shows is read as the PDF it was made from: right or flagged, never wrong.

Each writer of OFD puts the same page down in its own way; `tests.trials.ofd`
knows six. `-m browser` carries over pages that Chromium prints.
"""

from __future__ import annotations

from random import Random

import pytest

from tests.properties.test_paper import check_whole
from tests.trials.cases import EDITIONS, answer
from tests.trials.judge import judge
from tests.trials.mutations import HARMFUL
from tests.trials.ofd import DIALECTS, ofd, sheets
from tests.trials.pages import STYLES, page
from tests.trials.paper import PRINTS, printed_page, source, typeset
from tests.trials.tables import FIGURES, report

SHIFTING = ("drop a cell", "drop a blank cell", "drop a header row", "split a cell")
"""Where typst sets a table, the cells behind these move up and no rule shows it."""
DAMAGES = tuple(name for name in HARMFUL if name not in SHIFTING)


def written(printed, dialect, head=""):
    """The report as an OFD in a dialect, by way of a PDF."""
    return ofd(sheets(typeset(source(printed, head))), DIALECTS[dialect])


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", FIGURES)
def test_a_report_is_read_whole_whoever_wrote_the_file(edition, kind):
    printed = report(11, edition, kind, 0.2 if kind == "town" else 0.0)
    pages = sheets(typeset(source(printed)))
    for dialect in DIALECTS.values():
        check_whole(printed, ofd(pages, dialect))


def test_every_cell_stands_where_it_does_in_the_pdf():
    pdf = typeset(source(report(3, "2021", "distinct")))
    theirs, pages = answer(pdf).facts, sheets(pdf)
    for dialect in DIALECTS.values():
        ours = answer(ofd(pages, dialect)).facts
        assert ours.keys() == theirs.keys()
        for cell, fact in ours.items():
            assert fact.place.page == theirs[cell].place.page
            assert fact.place.box == pytest.approx(theirs[cell].place.box, abs=0.5)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_report_is_never_read_wrong(damage):
    random = Random(f"ofd {damage}")  # noqa: S311 - not a secret
    whole = report(random.randint(0, 999), random.choice(EDITIONS), "city")
    printed = HARMFUL[damage](whole, random)
    if printed is None:
        pytest.skip("nothing to damage in this report")
    head = f"#set page(height: {random.randint(120, 300)}mm)\n"
    data = written(printed, random.choice(list(DIALECTS)), head)
    verdict = judge(printed.gold(), answer(data))
    assert not verdict.wrong, str(verdict)


@pytest.mark.browser
@pytest.mark.parametrize("how", PRINTS)
def test_a_printed_page_carried_over_is_read_whole(how, chromium):
    seed = list(PRINTS).index(how)
    printed = report(seed, EDITIONS[seed % 2], FIGURES[seed % 4])
    made = page(printed, STYLES["clean"])
    pages = sheets(printed_page(chromium, made.data, PRINTS[how]))
    dialect = list(DIALECTS.values())[seed % len(DIALECTS)]
    check_whole(printed, ofd(pages, dialect))
