"""Every text of the shared corpus, against its gold."""

from __future__ import annotations

import pytest

from tests.trials.cases import answer
from tests.trials.corpus import SHARED, Sample, samples, tabulate, verdict
from tests.trials.judge import total

pytestmark = pytest.mark.shared

SAMPLES = samples()


@pytest.fixture(scope="module")
def verdicts():
    return {sample.name: verdict(sample) for sample in SAMPLES}


def each_sample():
    if not SAMPLES:
        return [pytest.param(None, id="no shared folder")]
    return [pytest.param(sample, id=sample.name) for sample in SAMPLES]


def test_the_corpus_is_all_there():
    assert SHARED.is_dir()
    assert len(SAMPLES) >= 89


@pytest.mark.parametrize("sample", each_sample())
def test_no_cell_of_a_corpus_text_is_read_wrong(sample: Sample, verdicts):
    found = verdicts[sample.name]
    assert not found.wrong, str(found)


@pytest.mark.parametrize("sample", each_sample())
def test_what_a_corpus_text_does_not_hold_is_absent(sample: Sample, verdicts):
    found = verdicts[sample.name]
    assert not found.stray, str(found)


@pytest.mark.parametrize("sample", each_sample())
def test_an_ambiguous_cell_is_unreadable(sample: Sample):
    facts = answer(sample.path.read_bytes()).facts
    states = {cell: facts[cell].state.value for cell in sample.ambiguous}
    assert set(states.values()) <= {"unreadable"}, states


@pytest.mark.parametrize("sample", each_sample())
def test_a_corpus_text_gives_its_year_and_edition(sample: Sample):
    report = answer(sample.path.read_bytes())
    assert report.year == sample.year
    assert (report.edition.id if report.edition else None) == sample.edition


@pytest.mark.parametrize("sample", each_sample())
def test_a_printed_unit_is_kept(sample: Sample, verdicts):
    assert not verdicts[sample.name].units


def test_nearly_every_cell_that_the_texts_place_is_read(verdicts):
    table = tabulate(verdicts)
    print(f"\n{table}")  # noqa: T201 - asked for with -s
    # Ambiguous cells, where unreadable is right, do not help the share.
    placed = total(
        [
            verdicts[sample.name]
            for sample in SAMPLES
            if not sample.ambiguous and sample.gold
        ]
    )
    assert placed.share >= 0.99, table
