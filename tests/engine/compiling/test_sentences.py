"""The sentences of a draft, written on by an officer, still say what the figures say."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.compiling import compared, compile_report, reworded, words_of
from mingtang.compiling.ledger import Figure
from tests.engine.compiling.ledgers import BODY, Ledger, answered, asked

OPEN = [asked(str(number), date(2025, 12, 21)) for number in (8, 9)]
DONE = [answered(str(n), date(2025, 3, 3), date(2025, 3, 17)) for n in range(1, 4)]
FEES = Figure("disclosure/administrative_fees/amount", 12, "财务科")
DRAFT = compile_report(Ledger(BODY, [*DONE, *OPEN], [], [FEES]), 2025).report
NOW = words_of(DRAFT)
CAME = "本年新收政府信息公开申请5件，上年结转0件。"


def worded(before: str, after: str, section: int = 1):
    """What is found where something of a section's draft was replaced."""
    text = "\n".join(NOW[section])
    assert before in text
    said = NOW | {section: text.replace(before, after).split("\n")}
    return compared(reworded(DRAFT, said), NOW)


def told(before: str, after: str, section: int = 1) -> list[str]:
    return [each.message for each in worded(before, after, section).findings]


def test_the_draft_itself_agrees_and_it_is_known_how_much_was_held_beside_it() -> None:
    held = compared(DRAFT, NOW)
    assert held.findings == ()
    assert held.sentences == 7


@pytest.mark.parametrize(
    ("before", "after", "section", "said"),
    [
        ("申请5件", "申请120件", 1, "文字写“本年新收政府信息公开申请120件”"),
        ("申请5件", "申请120件", 1, "按现在的数字起草是“本年新收政府信息公开申请5件”"),
        ("申请5件", "申请１２０ 件", 1, "文字写“本年新收政府信息公开申请１２０”"),
        ("申请5件，上年结转0件。", "申请50件；上年结转0件，", 1, "申请50件"),
        (CAME, "本年新收政府信息公开申请6件。\n上年结转0件。", 1, "申请6件"),
        ("申请5件", "申请件", 1, "文字写“本年新收政府信息公开申请件”"),
        ("占100.0%", "占103.0%", 1, "文字写“占103.0%”，按现在的数字起草是“占100.0%”"),
        ("占100.0%", "占100.0", 1, "文字写“占100.0”"),
        ("总金额0元，", "总金额5元，", 6, "文字写“总金额5元”"),
        ("2025年12月31日", "2024年12月31日", 0, "2024"),
        ("收费12万元", "收费1.2万元", 1, "文字写“收取行政事业性收费1.2万元”"),
    ],
)
def test_another_number_in_the_same_sentence_is_found(before, after, section, said) -> None:
    [message] = told(before, after, section)
    assert said in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("申请5件，上年", "申请５件；上年"),
        ("申请5件，上年", "申请 5 件、上年"),
        ("占100.0%", "占１００ %"),
        (CAME, f"2025年，{CAME}"),
        (CAME, f"3.{CAME}"),
        (CAME, ""),
        (CAME, "全县本年新收政府信息公开申请500件，上年结转12件。"),
        (CAME, "今年共收到申请500件。"),
        ("收费12万元", "收费12.00万元"),
    ],
)
def test_what_only_looks_otherwise_or_is_said_otherwise_is_not_judged(
    before, after
) -> None:
    assert told(before, after) == []


def test_a_sentence_in_other_words_is_not_counted_as_compared() -> None:
    assert worded(CAME, "今年共收到申请500件。").sentences == 6


def test_every_place_that_differs_is_named_and_the_sentence_stands_where_it_is() -> None:
    [found] = worded("5件，上年结转0件", "7件，上年结转2件").findings
    assert found.message.count("文字写") == 2
    assert found.quote == "本年新收政府信息公开申请7件，上年结转2件"
    [place] = found.places
    said = reworded(
        DRAFT, NOW | {1: [t.replace("5件，上年结转0", "7件，上年结转2") for t in NOW[1]]}
    )
    paragraph = next(each for each in said.paragraphs if each.number == place.paragraph)
    assert paragraph.text[place.start : place.end] == found.quote


def test_a_reason_given_holds_until_text_or_figures_change() -> None:
    once, again, other = (
        worded("申请5件", after).findings[0].fingerprint
        for after in ("申请7件", "申请7件", "申请8件")
    )
    assert once == again != other
    more = words_of(
        compile_report(Ledger(BODY, [*DONE[1:], *OPEN], [], [FEES]), 2025).report
    )
    said = NOW | {1: "\n".join(NOW[1]).replace("申请5件", "申请7件").split("\n")}
    later = compared(reworded(DRAFT, said), more).findings[0]
    assert later.fingerprint != once


def test_a_sentence_of_an_earlier_draft_is_found_where_the_figures_tell_otherwise() -> None:
    empty = compile_report(Ledger(BODY, [], [], [FEES._replace(value=0)]), 2025).report
    said = words_of(empty)
    assert compared(DRAFT, said).findings == ()  # nobody drafted these for this report
    found = compared(DRAFT, said, NOW[1]).findings
    told = {each.quote: each.message for each in found}
    assert "没有收到政府信息公开申请" in told[CAME[:-1]]
    assert "没有行政事业性收费" in told["收取行政事业性收费12万元"]
    assert "起草不出这一句" in told["新收的申请来自自然人5件"]


def test_a_draft_that_is_only_worded_otherwise_now_is_no_fault() -> None:
    old = "今年新收政府信息公开申请5件，上年结转0件。"
    said = NOW | {1: "\n".join(NOW[1]).replace(CAME, old).split("\n")}
    assert compared(reworded(DRAFT, said), NOW, [old]).findings == ()
