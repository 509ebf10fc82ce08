"""The words of a draft: sentences of what the figures say, and places for the officer.

Nothing is said that is not known. What only a person can tell is a gap in 〔待填：…〕,
which `unfilled` finds again: a report with one of them is not finished.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang.compiling.disclosing import (
    disclosing_words,
    governing_words,
    managing_words,
    platform_words,
)
from mingtang.compiling.publications import Publications
from mingtang.compiling.requests import asking_words
from mingtang.law.option import option
from mingtang.law.reports import owes_assessment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang.case.rulebook import Rulebook
    from mingtang.compiling.compiled import Fees
    from mingtang.document import Paragraph
    from mingtang.form.edition import Edition
    from mingtang.publication.explaining import Explanation
    from mingtang.report import Count, Fact, Report

_GAP = re.compile(r"〔待填：[^〕]*〕")
_TOLD_CHOICES = (
    *("result_year", "dismissed_claim", "pending_from_last_year"),
    *("second_instance", "fee_collected", "amended_document"),
    *("lapsed_document", "in_force_day", "joint_document"),
)
"""Open points of the law by which figures are counted: another choice is told."""


class Known(NamedTuple):
    """What a draft may speak of: the figures of a year, its fees and publications."""

    body: str
    edition: Edition
    year: int
    facts: Mapping[str, Fact]
    fees: Fees | None
    rules: Rulebook
    publications: Publications = Publications()

    def figure(self, cell: str) -> Count | None:
        """Return the figure of a cell, None where it is blank or not of this form."""
        fact = self.facts.get(cell)
        return None if fact is None else fact.value


def gap(what: str) -> str:
    """Return the place where an officer writes.

    >>> gap("联系方式")
    '〔待填：联系方式〕'
    """
    return f"〔待填：{what}〕"


def unfilled(report: Report) -> tuple[Paragraph, ...]:
    """Return the paragraphs in which there still is a place to fill in."""
    return tuple(each for each in report.paragraphs if _GAP.search(each.text))


def gaps_in(text: str) -> tuple[str, ...]:
    """Return the places in a text that are still to be filled in.

    >>> gaps_in("全年〔待填：件数〕件，〔待填：次数〕次。")
    ('〔待填：件数〕', '〔待填：次数〕')
    """
    return tuple(_GAP.findall(text))


def without_gaps(text: str) -> str:
    r"""Return a text in which each place to fill in is a line's end.

    >>> without_gaps("（一）主动公开。〔待填：公开的渠道〕")
    '（一）主动公开。\n'
    """
    return _GAP.sub("\n", text)


def words(known: Known) -> dict[int, tuple[str, ...]]:
    """Return the paragraphs of the preface, 0, and of the six sections by number."""
    return {
        0: (_preface(known),),
        1: tuple(_overview(known)),
        2: (),
        3: (),
        4: (),
        5: tuple(_shortcomings(known)),
        6: tuple(_other_matters(known)),
    }


def _preface(known: Known) -> str:
    return (
        "本报告根据《中华人民共和国政府信息公开条例》和"
        f"{known.edition.cite}规定的格式编制，统计期限自{known.year}年1月1日起至"
        f"{known.year}年12月31日止。{gap('联系方式和下载地址')}"
    )


def _overview(known: Known) -> Iterator[str]:
    disclosed = "".join(disclosing_words(known))
    asked = "".join(asking_words(known))
    managed, platform, kept = (
        "".join(words_of(known.publications))
        for words_of in (managing_words, platform_words, governing_words)
    )
    yield f"（一）主动公开。{disclosed}{gap('公开的渠道和重点内容')}"
    yield f"（二）依申请公开。{asked}{gap('办理申请的制度和做法')}"
    yield f"（三）政府信息管理。{managed}{gap('制作、审查、更新和定期评估的情况')}"
    yield f"（四）政府信息公开平台建设。{platform}{gap('网站专栏和其他平台的情况')}"
    governed = gap("机构、人员、培训和监督检查的情况")
    if owes_assessment(known.body):
        governed += gap("人民政府的报告还须写明工作考核、社会评议和责任追究结果")
    yield f"（五）监督保障。{kept}{governed}"


def _shortcomings(known: Known) -> Iterator[str]:
    corrected = [
        f"{name}{count}件"
        for block, name in (
            ("review", "行政复议"),
            ("suit_direct", "直接起诉"),
            ("suit_after_review", "复议后起诉"),
        )
        if (count := known.figure(f"disputes/{block}/corrected"))
    ]
    told = f"本年结果纠正的有{'、'.join(corrected)}。" if corrected else ""
    yield f"（一）存在的主要问题。{told}{gap('本年的主要问题和原因')}"
    yield f"（二）改进情况。{gap('上年问题的改进情况和下一步措施')}"


def _other_matters(known: Known) -> Iterator[str]:
    fees = known.fees
    if fees is None:
        yield gap("信息处理费：发出收费通知的件数和总金额、实际收取的总金额，没有的写0")
    else:
        yield (
            f"本年发出信息处理费收费通知{fees.notices}件，总金额{fees.asked}元，"
            f"实际收取总金额{fees.collected}元。"
        )
    for name in _TOLD_CHOICES:
        point = option(name)
        chosen = known.rules.choice(name)
        if chosen != point.default:
            yield f"统计口径：{point.what}，本机关的口径是{dict(point.choices)[chosen]}。"
    for each in known.publications.explanations:
        if each.difference or each.moves:
            yield f"现行有效件数的说明。{each.told}。{_owed(each)}"
    yield gap("其他需要报告的事项，没有的删去本段")


def _owed(explained: Explanation) -> str:
    """Return the place where what no record explains is to be explained."""
    left = explained.unexplained
    return gap(f"其余{left:+}件的说明") if left else ""
