"""An officer's words take the place of the draft's; figures and order stay."""

from __future__ import annotations

from datetime import date

from mingtang import check, read, write
from mingtang.compiling import Books, compile_tally, reworded, unfilled, words_of
from mingtang.report import Signature

BODY = "西山区水务局"
DRAFT = compile_tally(Books(BODY), 2025).report
SIGNED = Signature(BODY, None, date(2026, 1, 20), None)


def test_the_same_words_make_the_same_report() -> None:
    assert reworded(DRAFT, words_of(DRAFT)) == DRAFT


def test_a_section_is_said_in_other_words_and_nothing_else_changes() -> None:
    words = words_of(DRAFT) | {5: ("（一）问题。没有专人。", "（二）改进。已配专人。")}
    made = reworded(DRAFT, words)
    assert words_of(made) == words
    assert made.facts == DRAFT.facts
    assert [each.number for each in made.paragraphs] == list(
        range(1, len(made.paragraphs) + 1)
    )
    assert len(unfilled(made)) == len(unfilled(DRAFT)) - 2


def test_a_section_that_is_not_named_has_no_words() -> None:
    assert words_of(reworded(DRAFT, {1: ("甲。",)}))[6] == ()


def test_the_signature_is_read_back_from_what_is_written() -> None:
    made = reworded(DRAFT, words_of(DRAFT), SIGNED)
    assert not {"F207", "F208"} & {each.rule.code for each in check(made)}
    assert read(write(made, "json")).report == made
    assert read(write(made, "docx")).report.signature.day == SIGNED.day
