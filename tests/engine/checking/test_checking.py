"""The verb: one list of findings, heaviest first, the same for the same report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mingtang
from mingtang.catalogue import rules
from mingtang.checking import check
from mingtang.finding import Weight
from tests.builders import SECTIONS, page, report

if TYPE_CHECKING:
    from mingtang.finding import Finding

FAULTY = report(
    cells={"requests/carried_in/person": "", "disputes/review/total": "3"},
    sections=[
        "一、总体情况\n（1）主动公开,按时。\n（2）依申请公开。",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "存在的主要问题及改进情况\n无",
        "六、其他需要报告的事项\n无。",
    ],
    signed=None,
)


def test_a_sound_report_has_no_finding() -> None:
    assert check(report()) == []
    assert check(report("2019")) == []


def test_findings_come_heaviest_first() -> None:
    ranks = [finding.weight.rank for finding in check(FAULTY)]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}


def test_within_a_weight_the_reader_meets_them_in_order() -> None:
    numbers = [
        finding.place.paragraph
        for finding in check(FAULTY)
        if finding.weight is Weight.BREACH and finding.place and finding.place.paragraph
    ]
    assert numbers == sorted(numbers)


def test_the_same_report_gives_the_same_findings() -> None:
    assert check(FAULTY) == check(FAULTY)


def test_other_reports_change_nothing_yet() -> None:
    assert check(FAULTY, before=report(), parts=[report()]) == check(FAULTY)


def test_every_finding_belongs_to_a_rule_of_the_catalogue() -> None:
    for finding in check(FAULTY):
        assert rules()[finding.rule.code] == finding.rule
        assert "{" not in finding.message
        assert finding.remedy is not None
        assert finding.remedy.kind in ("ask", "likely")


def test_fingerprints_tell_faults_apart() -> None:
    findings = check(FAULTY)
    prints = [finding.fingerprint for finding in findings]
    assert len(set(prints)) == len(prints)


def test_traditional_text_is_checked_as_simplified() -> None:
    """The words are found; a place inside the paragraph is not told."""
    found = check(
        page(
            "# 清河市東湖區檔案局2024年政府信息公開工作年度報告\n"
            "## 五、存在的主要問題及改進情況\n無。\n"
            "## 六、其他需要報告的事項\n"
            "發出收費通知的件數和總金額以及實際收取的總金額均爲0。"
        )
    )
    codes = _codes(found)
    assert "F113" in codes
    assert not {"F401", "F402", "F202"} & codes


def test_an_empty_report_is_no_crash() -> None:
    nothing = page("", edition=None)
    assert {"F101", "F110"} <= _codes(check(nothing))


def test_a_report_without_any_table_is_told_so_once() -> None:
    assert [each.rule.code for each in check(report(None))] == ["F110"]


def test_the_verb_is_offered_by_the_package() -> None:
    assert mingtang.check is check


def _codes(findings: list[Finding]) -> set[str]:
    return {finding.rule.code for finding in findings}


def test_who_printed_an_amount_is_not_told_to_write_nought() -> None:
    for words, real in (
        ("全年收取信息处理费3940元。", True),
        ("发出收费通知2件，未收取信息处理费。", True),
        ("本年未收取信息处理费。", False),
        ("本年收取信息处理费0元。办理政协提案12件。", False),
    ):
        sections = [*SECTIONS[:5], f"六、其他需要报告的事项\n{words}"]
        (found,) = (
            each for each in check(report(sections=sections)) if each.rule.code == "F402"
        )
        assert found.remedy
        assert ("均为0" in found.remedy.message) is not real, words
        assert ("为0" in found.message) is not real, words
        assert ("实数" in found.message) is real, words
