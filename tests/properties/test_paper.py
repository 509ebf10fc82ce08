"""What is printed is read: right or flagged, never wrong, wherever pages end.

Making a PDF is slow, so examples are few; `-m browser` prints pages by Chromium.
"""

from __future__ import annotations

from random import Random

import pytest

from tests.trials.cases import EDITIONS, answer
from tests.trials.judge import judge
from tests.trials.mutations import HARMFUL
from tests.trials.pages import STYLES, page
from tests.trials.paper import PRINTS, Print, printed_page, source, typeset
from tests.trials.tables import FIGURES, report

GONE = ("drop a cell", "drop a blank cell")
"""Damage that shows on paper only where a cell that is missing has no border."""
BORDERLESS = {
    "collapsed": PRINTS["collapsed"].css + "table{border:none}",
    "spaced": PRINTS["spaced"].css + "table{border:none}",
}
"""Within an outer border a row that lost a cell shows a blank one at its end."""


def check_whole(printed, data):
    found = answer(data)
    verdict = judge(printed.gold(), found)
    assert verdict.share == 1.0, str(verdict)
    assert not verdict.wrong, str(verdict)
    assert not verdict.stray, str(verdict)
    assert (found.title, found.year) == (printed.title, printed.year)
    assert [part.number for part in found.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", FIGURES)
def test_a_set_report_is_read_whole(edition, kind):
    printed = report(7, edition, kind, 0.2 if kind == "town" else 0.0)
    check_whole(printed, typeset(source(printed)))


@pytest.mark.browser
@pytest.mark.parametrize("how", PRINTS)
def test_a_printed_page_is_read_whole(how, chromium):
    seed = list(PRINTS).index(how)
    printed = report(seed, EDITIONS[seed % 2], FIGURES[seed % 4])
    made = page(printed, STYLES["clean"])
    check_whole(printed, printed_page(chromium, made.data, PRINTS[how]))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("damage", "css"),
    [
        *((damage, PRINTS["collapsed"].css) for damage in HARMFUL if damage not in GONE),
        *((damage, css) for damage in GONE for css in BORDERLESS.values()),
    ],
)
def test_a_damaged_report_printed_is_never_read_wrong(damage, css, chromium):
    random = Random(damage)  # noqa: S311 - not a secret
    printed = HARMFUL[damage](report(random.randint(0, 999), "2021", "city"), random)
    if printed is None:
        pytest.skip("nothing to damage in this report")
    how = Print(css, height=f"{random.randint(120, 300)}mm")
    made = page(printed, STYLES["clean"])
    verdict = judge(printed.gold(), answer(printed_page(chromium, made.data, how)))
    assert not verdict.wrong, str(verdict)


@pytest.mark.parametrize(
    ("seed", "head"),
    [
        (1697, "#set text(size: 14pt)\n#set table(align: left + top, inset: 10pt)\n"),
        (2450, "#set page(height: 119mm, flipped: true)\n#set table(align: left)\n"),
    ],
)
def test_a_number_wider_than_its_cell_is_never_read_in_part(seed, head):
    printed = report(seed, "2021", "city")
    verdict = judge(printed.gold(), answer(typeset(source(printed, head))))
    assert not verdict.wrong, str(verdict)
