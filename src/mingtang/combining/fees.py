"""The information processing fees (信息处理费) that section six states, and their totals.

The form asks of section six how many fee notices went out, over what amount, and what
was collected (国办函〔2020〕109号, 国办公开办函〔2021〕30号). They stand in prose and not
in a cell: what is not said there in so many words is not known, and is no 0.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mingtang.combining.bulletin import listed, shown
from mingtang.combining.totals import Lacking, Total, added
from mingtang.manuscript import HEADING, TEXT, Drawn, Square, Words
from mingtang.text import LONGEST_FIGURE, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang.manuscript import Piece
    from mingtang.report import Count, Report

LABELS = {
    "notices": "发出收费通知（件）",
    "asked": "收费通知总金额（元）",
    "collected": "实际收取总金额（元）",
}
"""What is stated of the fees, in the order of the form, as a total calls it."""
NOT_SAID = "not_said"
"""Why a body's fees are not in a total: nothing states them."""
_SECTION = 6
_MYRIAD = 10_000
_OTHER_FEE = "行政事业性收费"
_SENTENCE = re.compile(r"[^。\n]+")
_OF_FEES = re.compile(r"收费通知|处理费|任何费用")
_NUMBER = r"(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|零)"
_YUAN = rf"{_NUMBER}(?P<myriad>万)?元"
_IS = r"(?:共计|合计|总计|共|计|为|是|:|均|都)*"
_NO = r"(?:没有|未曾|从未|未|无)"
_NOTICE = r"收费通知(?:书|单)?"
_SENT = r"(?:发出|下达|制发|开具|送达)"
_TAKEN = r"(?<!应)(?<!拟)(?:实际收取|实际收缴|实际收到|实收|收取|收缴)"
_NOT_TAKEN = "".join(
    f"(?<!{word})" for word in ("收取的", "收取", "收缴的", "收缴", "实收")
)
_AMOUNT = rf"{_NOT_TAKEN}(?<!总)(?:总金额|金额|总额)"
_ALL_NONE = re.compile(r"(?:均|都|全部|皆)(?:为|是)(?:0|零)(?![0-9.])")
_NAMED = {
    "notices": re.compile(_NOTICE),
    "asked": re.compile(_AMOUNT),
    "collected": re.compile(_TAKEN),
}
"""How the three are named where one sentence says of all of them that they are 0."""
_STATED = {
    "notices": (
        re.compile(rf"{_NOTICE}(?:的)?(?:件数|数量|份数)?{_IS}{_NUMBER}[件份次]"),
        re.compile(rf"{_NUMBER}[件份次](?:政府信息公开)?(?:信息处理费)?(?:的)?{_NOTICE}"),
    ),
    "asked": (re.compile(rf"{_AMOUNT}{_IS}{_YUAN}"),),
    "collected": (
        re.compile(
            rf"{_TAKEN}(?:的)?(?:政府信息公开)?(?:信息处理费|费用)?(?:的)?"
            rf"(?:总金额|金额|总额)?{_IS}{_YUAN}"
        ),
    ),
}
"""How each is said with its own number."""
_NONE = {
    "notices": re.compile(
        rf"{_NO}{_SENT}(?:过)?[^,;]{{0,14}}?收费通知|(?:无|没有)收费通知"
    ),
    "collected": re.compile(
        rf"{_NO}[^,;]{{0,6}}?(?:收取|收缴)[^,;]{{0,8}}?(?:处理费|任何费用)"
    ),
}
"""How a report says that there was none."""


class Stated(NamedTuple):
    """The fees of a year as a report or a ledger states them, None where it does not.

    `notices` in pieces, `asked` and `collected` in yuan.
    """

    notices: Count | None = None
    asked: Count | None = None
    collected: Count | None = None


def stated_fees(report: Report) -> Stated:
    """Return the fees that a report's section six states, each None where it does not."""
    section = report.section(_SECTION)
    if section is None:
        return Stated()
    return fees_in("\n".join(paragraph.text for paragraph in section.paragraphs))


def fees_in(text: str) -> Stated:
    """Return the fees that words state; of what is stated in two ways, nothing.

    >>> fees_in("发出收费通知10件，总金额2400元，实际收取的总金额为0元。")
    Stated(notices=10, asked=2400, collected=0)
    >>> fees_in("本年未收取信息处理费。")
    Stated(notices=None, asked=None, collected=0)
    """
    told: dict[str, set[Count]] = {name: set() for name in Stated._fields}
    for sentence in _SENTENCE.findall("\n".join(map(squeeze, text.splitlines()))):
        if _OF_FEES.search(sentence) and _OTHER_FEE not in sentence:
            for name, value in _said(sentence):
                told[name].add(value)
    return Stated(**{name: found.pop() for name, found in told.items() if len(found) == 1})


def fee_totals(stated: Mapping[str, Stated]) -> Mapping[str, Total]:
    """Return the totals of what bodies state, given by their names, with who is lacking."""
    found: dict[str, Total] = {}
    for name in Stated._fields:
        values = {body: getattr(each, name) for body, each in stated.items()}
        given = [value for value in values.values() if value is not None]
        lacking = tuple(
            Lacking(body, NOT_SAID) for body, value in values.items() if value is None
        )
        found[name] = Total(added(given), len(given), len(values), lacking)
    return found


def fee_pieces(totals: Mapping[str, Total]) -> Iterator[Piece]:
    """Yield the totals of the fees as words and a table; a blank is not a zero."""
    heads = ("项目", "合计", "有数的报告")
    head = tuple(Square("head", text, scope="col") for text in heads)
    body = [
        (
            Square("label", LABELS[name], scope="row"),
            Square("figure", shown(total)),
            Square("figure", f"{total.given}/{total.reports}"),
        )
        for name, total in totals.items()
    ]
    yield Words(HEADING, "信息处理费")
    yield Drawn("fees", "信息处理费", len(heads), (head, *body), 1)
    for name, total in totals.items():
        if total.lacking:
            whose = listed([each.body for each in total.lacking])
            yield Words(
                TEXT, f"* “{LABELS[name]}”没有写明、没有读到的：{whose}；不当作零。"
            )


def _said(sentence: str) -> Iterator[tuple[str, Count]]:
    """Yield what a sentence states, by its name and number."""
    with_numbers = set()
    for name, patterns in _STATED.items():
        for match in (each for pattern in patterns for each in pattern.finditer(sentence)):
            value = _value(match)
            with_numbers.add(name)
            if value is not None:
                yield name, value
    for name, pattern in _NONE.items():
        if pattern.search(sentence):
            yield name, 0
    before, *_ = _ALL_NONE.sub("\n", sentence, count=1).partition("\n")
    for name, pattern in _NAMED.items() if before != sentence else ():
        if name not in with_numbers and pattern.search(before):
            yield name, 0


def _value(match: re.Match[str]) -> Count | None:
    """Return the number of a match in pieces or yuan, None for one that can be none."""
    digits = match["number"].replace(",", "").replace("零", "0")
    if len(digits) > LONGEST_FIGURE:
        return None
    value = Decimal(digits)
    if match.groupdict().get("myriad"):
        value *= _MYRIAD
    if value == value.to_integral_value():
        return int(value)
    return value if "myriad" in match.groupdict() else None
