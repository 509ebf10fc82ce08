"""Laws that hold for every letter: law stays, words come out as typed, nothing varies."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.drafting import ParticularsError, compose, template, templates
from mingtang.drafting.editing import EditError, LockedTextError
from mingtang.drafting.letter import Origin
from mingtang.writing import letters
from tests.engine.drafting import cases

KINDS = sorted(cases.CASES)
NASTY = st.sampled_from(
    [
        "{body}",
        "{{",
        "}",
        "{cite}{0}",
        "第一行\n第二行",
        "𠮷𡈽\U000e0100",
        "#let x = 1",
        "&lt;",
    ]
)
TEXTS = st.one_of(NASTY, st.text(min_size=1, max_size=300)).filter(
    lambda text: text.strip() and not set("".join(text.split())) & set("李四")
)
SENT = [kind for kind in KINDS if template(kind).reader != "file"]


def texts_of(kind):
    made = template(kind)
    return [
        known.id
        for known in made.needs
        if known.type == "text" and not known.internal and known.id != "addressee"
    ]


@given(st.sampled_from(KINDS), st.data())
def test_words_come_out_as_they_were_typed(kind, data):
    names = texts_of(kind)
    if not names:
        return
    typed = {name: data.draw(TEXTS, name) for name in names}
    made = cases.letter(kind, **typed)
    whole = cases.whole(made)
    assert [name for name, text in typed.items() if text not in whole] == []
    assert [c.passage for c in made.clauses] == [
        c.passage for c in cases.letter(kind).clauses
    ]


@given(st.sampled_from(KINDS), st.data())
def test_what_is_typed_into_one_field_changes_no_other_words(kind, data):
    names = texts_of(kind)
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    text = data.draw(TEXTS)
    usual = cases.CASES[kind]["given"][name]
    before = cases.whole(cases.letter(kind, **{name: "〓〓〓"}))
    after = cases.whole(cases.letter(kind, **{name: text}))
    assert usual
    made = re.escape(before).replace("〓〓〓。", "〓〓〓。?")
    assert re.fullmatch(made.replace("〓〓〓", re.escape(text)), after)


@given(st.sampled_from(KINDS), st.data())
def test_no_edit_reaches_the_words_of_law(kind, data):
    names = [passage.id for passage in template(kind).passages]
    name = data.draw(st.sampled_from([*names, "nothing"]))
    text = data.draw(st.one_of(TEXTS, st.just("{cite}"), st.just("{request_summary}")))
    setting = cases.at_home(kind)._replace(edits={name: text})
    usual = locked(cases.letter(kind))
    passage = template(kind).passage(name)
    if passage is not None and passage.locked:
        with pytest.raises(LockedTextError):
            cases.letter(kind, setting)
        return
    try:
        made = cases.letter(kind, setting)
    except EditError:
        return
    assert locked(made) == usual


def locked(made):
    return [clause for clause in made.clauses if clause.origin is Origin.LOCKED]


@given(st.sampled_from(KINDS), st.data())
def test_whatever_lacks_is_told_all_at_once(kind, data):
    told = cases.given(kind)
    needed = [known.id for known in template(kind).needs]
    lost = data.draw(st.sets(st.sampled_from(needed), min_size=1))
    for name in lost:
        del told[name]
    with pytest.raises(ParticularsError) as refused:
        compose(kind, told, cases.at_home(kind))
    assert {name for name, _, _ in refused.value.problems} == lost


@given(
    st.sampled_from(KINDS),
    st.dictionaries(
        st.text(max_size=9),
        st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text()), st.booleans()),
        max_size=6,
    ),
)
def test_whatever_is_given_makes_a_letter_or_one_chinese_error(kind, given_):
    """Nothing of another kind slips through as words."""
    told = {**cases.given(kind), **given_}
    unknown = set(given_) - {p.id for p in (*template(kind).needs, *template(kind).may)}
    if unknown:
        with pytest.raises(ParticularsError):
            compose(kind, told, cases.at_home(kind))


@given(st.sampled_from(KINDS), st.data())
def test_a_value_of_another_kind_is_told_by_its_label(kind, data):
    made = template(kind)
    asked = data.draw(
        st.sampled_from([p for p in made.needs if p.type != "text"] or [None])
    )
    if asked is None:
        return
    wrong = data.draw(st.sampled_from([None, 3.5, "", " \n", b"x", object]))
    with pytest.raises(ParticularsError, match=f"“{asked.label}”"):
        compose(kind, {**cases.given(kind), asked.id: wrong}, cases.at_home(kind))


@given(st.sampled_from(KINDS))
def test_composing_has_no_memory(kind):
    first, second = cases.letter(kind), cases.letter(kind)
    assert first == second
    assert hash(first) == hash(second)


@settings(max_examples=15)
@given(st.sampled_from(SENT), TEXTS)
def test_a_word_file_is_whole_whatever_was_typed(kind, text):
    name = texts_of(kind)[0]
    data = letters.write(cases.letter(kind, **{name: text}).manuscript(), "docx")
    assert data[:2] == b"PK"
    assert data == letters.write(cases.letter(kind, **{name: text}).manuscript(), "docx")


def test_every_kind_is_tried():
    assert {made.kind for made in templates()} == set(KINDS)
