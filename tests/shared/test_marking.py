"""The two official PDF reports given back with their findings: the same reports."""

from __future__ import annotations

import pytest

import mingtang
from tests.shared.test_pdf import NAMES
from tests.trials.corpus import SHARED
from tests.trials.notes import notes

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("name", NAMES)
def test_an_official_report_is_marked_and_reads_the_same(name):
    data = (SHARED / "corpus" / "pdf" / f"{name}.pdf").read_bytes()
    reading = mingtang.read(data)
    findings = (*reading.findings, *mingtang.check(reading.report))
    made = mingtang.mark(reading, findings)
    again = mingtang.read(made)
    assert made.startswith(data)
    assert (again.document, again.report) == (reading.document, reading.report)
    said = "\n".join(each.text for each in notes(made, "pdf"))
    for finding in findings:
        assert (f"规则：{finding.rule.code} " in said) >= finding.assessed
