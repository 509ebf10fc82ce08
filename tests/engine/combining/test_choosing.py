"""Which reports count: nothing twice, nothing missing unnamed."""

from __future__ import annotations

import pytest

from mingtang.combining import combine, read_bodies
from tests.builders import report

LIST = """机关,上级,范围,同一份,应报
清河市人民政府,,汇总,,
清河市人民政府本级,清河市人民政府,,清河市人民政府办公室,
清河市人民政府办公室,清河市人民政府,,,
清河市水务局,清河市人民政府,,,
东湖区人民政府,清河市人民政府,汇总,,
东湖区人民政府办公室,东湖区人民政府,,,
东湖区教育局,东湖区人民政府,,,
清河市气象局,清河市人民政府,,,否
"""
ASKED = "requests/received/total"
OFFICES = ("清河市人民政府办公室", "东湖区人民政府办公室")
BUREAUS = ("清河市水务局", "东湖区教育局")
EVERYBODY = (*OFFICES, *BUREAUS)


def combined(*names: str, bodies: str | None = LIST):
    """Return the reports of these bodies combined, each with one request."""
    given = [report(cells={ASKED: "1"}, body=name, year=2024) for name in names]
    return combine(given, bodies and read_bodies(bodies))


def test_every_body_that_must_report_is_counted_or_missing() -> None:
    made = combined(*OFFICES, "清河市水务局")
    assert made.coverage.missing == ("东湖区教育局",)
    assert made.totals[ASKED].value == 3


def test_the_report_that_is_being_made_is_not_added_to_its_parts() -> None:
    made = combined(*EVERYBODY, "清河市人民政府")
    assert made.totals[ASKED].value == 4
    assert [each.body for each in made.coverage.left_out] == ["清河市人民政府"]


def test_a_districts_report_stands_for_all_below_it() -> None:
    made = combined("清河市人民政府办公室", "清河市水务局", "东湖区人民政府")
    assert made.totals[ASKED].value == 3
    assert made.coverage.missing == ()


def test_what_a_districts_report_holds_is_not_counted_again() -> None:
    made = combined(*EVERYBODY, "东湖区人民政府")
    assert made.totals[ASKED].value == 3
    held = {each.body: each.why for each in made.coverage.left_out}
    assert held == dict.fromkeys(
        ("东湖区人民政府办公室", "东湖区教育局"), "已含在“东湖区人民政府”的汇总里"
    )


@pytest.mark.parametrize(
    "one", ["清河市人民政府本级", "清河市人民政府办公室"], ids=["本级", "办公室"]
)
def test_the_governments_own_requests_may_come_from_it_or_from_its_office(one: str) -> None:
    others = [name for name in EVERYBODY if name != "清河市人民政府办公室"]
    made = combined(*others, one)
    assert made.coverage.missing == ()
    assert made.totals[ASKED].value == 4


def test_from_both_they_count_once() -> None:
    made = combined(*EVERYBODY, "清河市人民政府本级")
    assert made.totals[ASKED].value == 4
    assert "只计一次" in made.coverage.left_out[0].why


def test_who_need_not_report_is_not_missed_and_counts_all_the_same() -> None:
    assert combined(*EVERYBODY).coverage.missing == ()
    assert combined(*EVERYBODY, "清河市气象局").totals[ASKED].value == 5


def test_a_name_that_is_not_on_the_list_is_not_counted() -> None:
    made = combined(*EVERYBODY, "东湖区水务局")
    assert made.totals[ASKED].value == 4
    assert "不在机关名单里" in made.coverage.left_out[0].why


def test_spaces_and_widths_of_a_name_do_not_matter() -> None:
    made = combined(*OFFICES, "清河市 水务局", "东湖区教育局")
    assert made.coverage.missing == ()


def test_without_a_list_a_government_beside_its_office_is_doubted() -> None:
    made = combined("清河市人民政府", "清河市人民政府办公室", bodies=None)
    assert made.coverage.doubtful == (("清河市人民政府", "清河市人民政府办公室"),)
    assert made.totals[ASKED].value == 2
