"""Every history of ``tests/golden/publication`` stands and counts as it lists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mingtang.law.citation import parse_citations
from mingtang.publication.effective import History, Kind, tally
from mingtang.publication.events import EVENT_KINDS
from mingtang.publication.refused import RefusedError
from mingtang.publication.validity import STATUS_NAMES, course, state_on

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "publication"
CASES = [
    pytest.param(case, id=case["name"])
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load_all(path.read_text("utf-8"))
]
KEYS = {"name", "cite", "choices", "events", "states", "counts", "refused"}


def happened(day, kind, **fields):
    return EVENT_KINDS[kind](on=day, **fields)


@pytest.mark.parametrize("case", CASES)
def test_it_stands_and_counts_as_it_lists(case) -> None:
    assert set(case) <= KEYS
    assert parse_citations(case["cite"])
    history = [happened(**each) for each in case["events"]]
    if "refused" in case:
        with pytest.raises(RefusedError, match=case["refused"]):
            course(history)
        return
    stood = {day: state_on(history, day) for day in case["states"]}
    assert {
        day: state and STATUS_NAMES[state.status] for day, state in stood.items()
    } == case["states"]
    document = History("甲", Kind.NORMATIVE, history)
    for year, wanted in case["counts"].items():
        counts = tally([document], year, case.get("choices", {}))[Kind.NORMATIVE]
        found = counts.issued, counts.repealed, counts.in_force
        assert [each.number for each in found] == wanted, year
