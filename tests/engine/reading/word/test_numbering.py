from __future__ import annotations

import pytest

from mingtang.reading.formats.docx import read
from mingtang.reading.word.numerals import numeral
from tests.trials.word import document


def level(at: int, text: str, form: str = "decimal", extra: str = "") -> str:
    """Return a level of a list, printed without a gap after its number."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, others: str = "", scheme: str = "") -> str:
    """Return the numbering of a document with list 1 and perhaps others."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{scheme}{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{others}'
    )


def item(at: int | str, text: str = "甲", number: int | str = 1) -> str:
    """Return a paragraph on that level of a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def styled(style: str, text: str = "甲", properties: str = "") -> str:
    """Return a paragraph in a style."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def shown(inner: str, numbering: str, styles: str = "") -> list[str]:
    data = document(inner, numbering=numbering, styles=styles)
    return [block.text for block in read(data).paragraphs()]


CHINESE = level(0, "%1、", "chineseCounting")
SECOND = level(1, "（%2）", "chineseCountingThousand")


def test_headings_have_the_numbers_that_word_prints() -> None:
    inner = item(0) + item(1) + item(1) + item(0) + item(1)
    assert shown(inner, lists(CHINESE, SECOND)) == [
        "一、甲",
        "（一）甲",
        "（二）甲",
        "二、甲",
        "（一）甲",
    ]


def test_a_number_names_the_levels_above_it() -> None:
    found = shown(item(0) + item(1) * 2, lists(level(0, "%1."), level(1, "%1.%2")))
    assert found == ["1.甲", "1.1甲", "1.2甲"]


def test_levels_passed_over_stand_at_their_start() -> None:
    assert shown(item(1), lists(level(0, "%1."), level(1, "%1.%2"))) == ["1.1甲"]


def test_a_legal_level_prints_digits() -> None:
    legal = level(1, "%1.%2", extra="<w:isLgl/>")
    assert shown(item(0) + item(1), lists(CHINESE, legal)) == ["一、甲", "1.1甲"]


def test_a_level_may_count_on() -> None:
    on = level(1, "%2.", extra='<w:lvlRestart w:val="0"/>')
    inner = (item(0) + item(1)) * 2
    assert shown(inner, lists(CHINESE, on)) == ["一、甲", "1.甲", "二、甲", "2.甲"]


def test_lists_of_one_scheme_count_on_unless_they_start_anew() -> None:
    others = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    inner = item(0) + item(0, number=2) + item(0, number=3) * 2
    assert shown(inner, lists(CHINESE, others=others)) == [
        "一、甲",
        "二、甲",
        "五、甲",
        "六、甲",
    ]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = level(0, "第%1条")
    others = (
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{own}'
    )
    others += "</w:lvlOverride></w:num>"
    assert shown(item(0, number=2), lists(CHINESE, others=others)) == ["第1条甲"]


STYLE = (
    '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/>'
    "<w:pPr><w:numPr>{}</w:numPr></w:pPr></w:style>"
)


def test_a_style_numbers_its_paragraphs() -> None:
    styles = STYLE.format("1", "", '<w:numId w:val="1"/>')
    styles += STYLE.format("2", "", '<w:ilvl w:val="1"/><w:numId w:val="1"/>')
    inner = styled("1") + styled("2") + styled("2") + styled("1")
    assert shown(inner, lists(CHINESE, SECOND), styles) == [
        "一、甲",
        "（一）甲",
        "（二）甲",
        "二、甲",
    ]


def test_a_level_is_tied_to_its_style() -> None:
    tied = level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="2"/>')
    styles = STYLE.format("2", "", '<w:numId w:val="1"/>')
    styles += STYLE.format("3", "2", "")
    assert shown(styled("2") + styled("3"), lists(CHINESE, tied), styles) == [
        "（一）甲",
        "（二）甲",
    ]


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    styles = STYLE.format("1", "", '<w:numId w:val="1"/>')
    without = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    inner = styled("1") + styled("1", "乙", without) + styled("1")
    assert shown(inner, lists(CHINESE), styles) == ["一、甲", "乙", "二、甲"]


def test_a_scheme_may_be_kept_by_a_style() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="L"/>{CHINESE}'
        "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert shown(item(0), numbering) == ["一、甲"]


def test_a_paragraph_that_runs_on_counts_once() -> None:
    gone = item(0).replace("</w:numPr>", "</w:numPr><w:rPr><w:del/></w:rPr>")
    assert shown(gone + item(0, "乙") + item(0), lists(CHINESE)) == ["一、甲乙", "二、甲"]


def test_a_number_and_a_figure_do_not_run_together() -> None:
    gap = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl>'
    assert shown(item(0, "5件"), lists(gap)) == ["1. 5件"]


@pytest.mark.parametrize(("sign", "text"), [("\uf06c", "甲"), ("●", "甲"), ("-", "-甲")])
def test_a_bullet_is_an_ornament_unless_it_could_be_a_sign(sign: str, text: str) -> None:
    assert shown(item(0), lists(level(0, sign, "bullet"))) == [text]


def test_hidden_numbers_are_not_read() -> None:
    hidden = CHINESE.replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    assert shown(item(0), lists(hidden)) == ["甲"]


@pytest.mark.parametrize(("at", "number"), [(0, 7), ("x", 1), (99, 1), (3, 1), (0, "x")])
def test_a_list_that_is_not_there_numbers_nothing_wrongly(
    at: int | str, number: int | str
) -> None:
    assert shown(item(at, number=number), lists(CHINESE))[0] in {"甲", "一、甲"}


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", "1 11 20"),
        ("decimalZero", "01 11 20"),
        ("chineseCounting", "一 十一 二十"),
        ("japaneseCounting", "一 十一 二十"),
        ("ideographDigital", "一 一一 二〇"),
        ("chineseLegalSimplified", "壹 壹拾壹 贰拾"),
        ("ideographLegalTraditional", "壹 壹拾壹 貳拾"),
        ("upperRoman", "I XI XX"),
        ("lowerLetter", "a k t"),
        ("decimalEnclosedCircle", "① ⑪ ⑳"),
        ("decimalEnclosedParen", "⑴ ⑾ ⒇"),
        ("decimalFullWidth", "\uff11 \uff11\uff11 ２０"),
        ("ideographEnclosedCircle", "㈠ 11 20"),
        ("ideographTraditional", "甲 甲 癸"),
        ("numberInDash", "- 1 - - 11 - - 20 -"),
        ("none", "  "),
        ("unheard of", "1 11 20"),
    ],
)
def test_each_form_prints_its_numerals(form: str, printed: str) -> None:
    assert " ".join(numeral(number, form) for number in (1, 11, 20)) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (27, "二十七"),
    ],
)
def test_large_numerals_pass_over_empty_powers_once(number: int, printed: str) -> None:
    assert numeral(number, "chineseCountingThousand") == printed
