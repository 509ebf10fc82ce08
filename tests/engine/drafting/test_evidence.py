"""Each result has the evidence that a court will ask for, and lacks are told."""

from __future__ import annotations

import pytest

from mingtang.drafting.evidence import (
    OVER_OBJECTION,
    evidence,
    evidence_for,
    missing,
    warning,
)
from mingtang.law.grounds import grounds


@pytest.mark.parametrize("code", [known.code for known in grounds()])
def test_every_result_needs_proof_of_delivery(code):
    assert "delivery_proof" in {piece.id for piece in evidence_for(code)}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("G1", "网址和时间戳"),
        ("N1", "保密期限"),
        ("N3", "不利影响"),
        ("N4", "征求第三方意见书"),
        ("N5", "人事、后勤、内部工作流程"),
        ("N6", "讨论记录、过程稿、磋商信函、请示报告"),
        ("N7", "何种材料"),
        ("U1a", "范围、方式、时间、人员"),
    ],
)
def test_a_result_needs_its_own_evidence(code, words):
    assert any(words in piece.label for piece in evidence_for(code))


def test_what_lacks_is_a_warning_in_one_line():
    lacking = missing("N4", ["delivery_proof", "consultation_letter"])
    assert [piece.id for piece in lacking] == [
        "consultation_delivery",
        "consultation_reply",
    ]
    told = warning("N4", lacking)
    assert "征求意见书的送达凭证、第三方意见回执" in told
    assert "\n" not in told


def test_nothing_lacking_is_no_warning():
    held = [piece.id for piece in evidence_for("U1a")]
    assert warning("U1a", missing("U1a", held)) is None


def test_every_piece_says_where_it_comes_from():
    assert all(piece.basis and piece.grounds for piece in evidence())


def test_an_unknown_result_is_refused():
    with pytest.raises(KeyError):
        evidence_for("N9")


def test_a_partial_answer_needs_what_its_withheld_parts_need():
    held = {piece.id for piece in evidence_for("P1", ["N1", "U1a"])}
    assert held >= {"division_note", "secrecy_mark", "search_record"}
    assert [piece.id for piece in missing("P1", held - {"secrecy_mark"}, ["N1"])] == [
        "secrecy_mark"
    ]


def test_what_is_disclosed_over_an_objection_needs_its_reasons_and_its_letter():
    told = " ".join(piece.label for piece in evidence_for("G2", happened=[OVER_OBJECTION]))
    assert "为公共利益公开的" in told
    assert "重大影响" in told
    assert "告知第三方的文书" in told
    assert not any(piece.when for piece in evidence_for("G2"))
    assert not any(piece.when for piece in evidence_for("N4", (), [OVER_OBJECTION]))
