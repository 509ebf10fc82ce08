"""The data of the letters is complete and in step with the law's."""

from __future__ import annotations

import re

import pytest

from mingtang.drafting.particulars import particulars
from mingtang.drafting.sheets import FOLDER
from mingtang.drafting.template import (
    UnknownKindError,
    _template,
    kinds_for,
    template,
    templates,
)
from mingtang.law.citation import parse_citations
from mingtang.law.delivery import deliveries, receipts
from mingtang.law.grounds import ground, grounds
from mingtang.law.parameter import parameters
from mingtang.law.sheet import InvalidDataError, parse

each = pytest.mark.parametrize("made", templates(), ids=lambda made: made.kind)
TERM = re.compile(r"[一二三四五六七八九十两]+(?:个工作日|日|个月|年)(?:之?内|前)")


def test_the_list_of_letters_is_whole():
    assert {made.listed for made in templates()} == {*range(1, 32), None}
    several = [8, 11, 29, 30, 31]
    listed = [made.listed for made in templates() if made.listed is not None]
    assert sorted(n for n in set(listed) if listed.count(n) > 1) == several


@pytest.mark.parametrize("code", [known.code for known in grounds()])
def test_every_result_has_exactly_one_letter(code):
    assert len(kinds_for(code)) == 1


SERIES = {
    "granted": "granted",
    "partly": "partly_granted",
    "denied": "refused",
    "unavailable": "unavailable",
    "unprocessed": "unprocessed",
    "other": "unprocessed",
}
"""The number series by the part of table three in which a result is counted."""


@pytest.mark.parametrize("known", grounds(), ids=lambda known: known.code)
def test_a_letter_is_numbered_among_those_it_is_counted_with(known):
    [kind] = kinds_for(known.code)
    assert template(kind).series == SERIES[known.line.split("_")[0]]


@each
def test_a_letter_on_a_result_cites_the_articles_of_the_result(made):
    if made.ground is None or made.ground == "N8":
        return
    cited = {(s.number, s.article, s.paragraph, s.item) for s in parse_citations(made.cite)}
    owed = {
        (source.number, source.article, source.paragraph, source.item)
        for source in ground(made.ground).citations
    }
    assert owed <= cited


def test_the_words_of_law_name_no_term_by_themselves():
    """A term typed into a template would outlive a change of the law."""
    for path in (*FOLDER.glob("letters/*.yaml"), FOLDER / "remedies.yaml"):
        lines = path.read_text("utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("#"))
        assert TERM.findall(text) == [], path.name


@each
def test_whatever_cites_the_law_or_tells_a_term_is_locked(made):
    for passage in made.passages:
        legal = {"cite", "pay_by", "fee.cite"} & passage.fields() or any(
            name.startswith(("term.", "cited.")) for name in passage.fields()
        )
        assert passage.locked or not legal, passage.id
        assert passage.locked or "《中华人民共和国" not in passage.text


@each
def test_every_particular_of_a_letter_is_said_in_it_or_kept(made):
    said = frozenset().union(*(passage.fields() for passage in made.passages))
    said |= {passage.each for passage in made.passages if passage.each}
    said |= {passage.table for passage in made.passages if passage.table}
    heads = {name.split(".")[0] for name in said}
    heads |= {"addressee", "addressee_kind", "enclosures", "expected_receipt"}
    if made.remedy == "by_person":
        heads.add("remedy")
    unsaid = [
        p.id for p in (*made.needs, *made.may) if not p.internal and p.id not in heads
    ]
    assert unsaid == []


def test_every_particular_is_asked_for_by_some_letter():
    asked = {p.id for made in templates() for p in (*made.needs, *made.may)}
    assert {known.id for known in particulars()} == asked


def test_channels_and_deliveries_are_those_of_the_law():
    choices = {known.id: [name for name, _ in known.choices] for known in particulars()}
    assert choices["channel"] == [known.mode for known in receipts()]
    assert choices["delivery_way"] == [known.mode for known in deliveries()]


@each
def test_a_term_that_a_letter_names_is_one_of_the_law(made):
    known = {parameter.id for parameter in parameters()}
    named = {
        name.partition(".")[2]
        for passage in made.passages
        for name in passage.fields()
        if name.startswith(("term.", "cited."))
    }
    assert named <= known


def test_an_unknown_kind_is_told_with_those_there_are():
    with pytest.raises(UnknownKindError, match=r"没有“thanks”这种文书，现有：.*fee_notice"):
        template("thanks")


SHEET = """
title: 试用告知书
trigger: 试用
cite: 政府信息公开条例（2019年修订）第三十条
reader: applicant
remedy: none
needs: [addressee]
body: [{id: one, text: "写给{addressee}"}]
"""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{addressee}", "{adressee}", "不认识的字段：adressee"),
        ("{addressee}", "{addressee", "单独的"),
        ("remedy: none", "remedy: RS", "use: remedy"),
        ("remedy: none", "remedy: maybe", "不认识的 remedy"),
        ("reader: applicant", "reader: everybody", "不认识的 reader"),
        ("{id: one,", "{use: nothing}, {id: one,", "passages.yaml 中没有“nothing”"),
        ("{id: one,", "{id: one, text: 一}, {id: one,", "同名"),
        ("第三十条", "某处", "依据"),
        ("{id: one,", "{id: one, given: [addressee],", "可以不填"),
        ("[addressee]", "addressee", "文字的列表"),
    ],
)
def test_a_faulty_template_stops_the_program(before, after, told):
    assert _template("trial", parse(SHEET, "试用")).title == "试用告知书"
    with pytest.raises(InvalidDataError, match=told):
        _template("trial", parse(SHEET.replace(before, after), "试用"))
