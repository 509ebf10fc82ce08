"""What reading promises of reports typed in Word: right or flagged, never wrong.

Merged cells stand in a Word file as they are printed, so whatever a page of the
same report shows is read of the document too, however it was typed.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.properties.test_reading import EXAMPLES, SEEDS
from tests.trials.cases import EDITIONS, answer
from tests.trials.judge import judge
from tests.trials.mutations import HARMFUL, HARMLESS
from tests.trials.tables import FIGURES
from tests.trials.tables import report as made_up
from tests.trials.word import HANDS, word

BLANKS = st.sampled_from((0.0, 0.1, 0.3))
QUARTER = settings(EXAMPLES, max_examples=settings.default.max_examples // 4)


def tried(printed, hand, seed):
    """The reader's report of a document, and its verdict."""
    report = answer(word(printed, HANDS[hand], str(seed)))
    return report, judge(printed.gold(), report)


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("edition", EDITIONS)
@QUARTER
@given(seed=SEEDS, blanks=BLANKS, hand=st.sampled_from(list(HANDS)))
def test_every_cell_of_a_word_document_is_read(edition, kind, seed, blanks, hand):
    printed = made_up(seed, edition, kind, blanks)
    report, verdict = tried(printed, hand, seed)
    assert verdict.share == 1.0, f"{hand}, {seed}, {blanks}\n{verdict}"
    assert (verdict.wrong, verdict.stray, verdict.units) == ((), (), ()), str(verdict)
    assert (report.edition.id, report.year) == (edition, printed.year)
    assert report.body == printed.body
    headings = [block for block in printed.blocks if str(block)[1:2] == "、"]
    assert [section.heading for section in report.sections] == headings


@pytest.mark.parametrize("hand", HANDS)
@QUARTER
@given(
    seed=SEEDS, edition=st.sampled_from(EDITIONS), damage=st.sampled_from(list(HARMLESS))
)
def test_what_changes_only_the_print_is_harmless_in_word(hand, seed, edition, damage):
    random = Random(seed)  # noqa: S311 - not a secret
    printed = HARMLESS[damage](made_up(seed, edition), random)
    _, verdict = tried(printed, hand, seed)
    assert not verdict.wrong, f"{damage}, {seed}\n{verdict}"
    assert verdict.share >= 0.98, f"{damage}, {seed}\n{verdict}"


@pytest.mark.parametrize("damage", HARMFUL)
@QUARTER
@given(
    seed=SEEDS,
    figures=st.tuples(st.sampled_from(EDITIONS), st.sampled_from(FIGURES), BLANKS),
    hand=st.sampled_from(list(HANDS)),
)
def test_a_damaged_word_document_is_read_right_or_flagged(damage, seed, figures, hand):
    random = Random(f"{seed}/{damage}")  # noqa: S311 - not a secret
    printed = HARMFUL[damage](made_up(seed, *figures), random)
    assume(printed is not None)
    _, verdict = tried(printed, hand, seed)
    assert not verdict.wrong, f"{hand}, {seed}, {figures}\n{verdict}"
