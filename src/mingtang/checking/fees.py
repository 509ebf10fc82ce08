"""Where a report speaks of the information processing fee (信息处理费)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtang.checking.evidence import Evidence

_FIRST_YEAR = 2021
FEE = ("处理费", "收费", "收取", "费用")
"""Words that speak of the fee."""
_SENTENCE = re.compile(r"[^。；\n]+")
_FIGURE = re.compile(r"(?<![0-9.])([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(?:万|亿|千)?[元件份次]")


def owes_fee_report(evidence: Evidence) -> bool:
    """Return whether section six must report the fee.

    国办函〔2020〕109号 brought the fee back from 2021 on, 国办公开办函〔2021〕30号
    asks for its report.
    """
    year = evidence.report.year
    return evidence.owes_the_form and (year is None or year >= _FIRST_YEAR)


def fee_words(evidence: Evidence) -> str:
    """Return the words of section six in which the fee may be reported.

    行政事业性收费 is a line of table 二 and another thing: it is taken out.
    """
    return evidence.words(6).replace("行政事业性收费", "")


def charged(words: str) -> str | None:
    """Return the first figure printed with the fee that is not 0, as printed.

    >>> charged("全年收取信息处理费3940元。")
    '3940元'
    >>> charged("全年收取信息处理费0元。办理提案12件。") is None
    True
    """
    for sentence in _SENTENCE.findall(words):
        if any(word in sentence for word in FEE):
            for match in _FIGURE.finditer(sentence):
                if match[1].strip("0,，."):
                    return match[0]
    return None
