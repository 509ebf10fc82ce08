"""Every kind of letter has what the law asks of it, and is refused where that lacks."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.drafting import ParticularsError, compose, template, templates
from mingtang.drafting.letter import Origin
from mingtang.drafting.values import spoken_day
from tests.engine.drafting.cases import CASES, SECRETS, at_home, given, letter, whole

each_kind = pytest.mark.parametrize("kind", CASES)


def test_every_kind_has_a_golden_letter():
    assert set(CASES) == {known.kind for known in templates()}


@each_kind
def test_a_letter_has_its_elements(kind):
    case = CASES[kind]
    text = whole(letter(kind))
    assert [part for part in case["expect"]["says"] if part not in text] == []
    assert [part for part in case["expect"].get("silent", ()) if part in text] == []
    assert template(kind).listed == case["listed"]
    assert template(kind).trigger == case["trigger"]


@each_kind
def test_a_letter_cites_its_articles_in_words_that_nobody_may_change(kind):
    locked = [c.text for c in letter(kind).clauses if c.origin is Origin.LOCKED]
    text = "\n".join(locked)
    assert [place for place in CASES[kind]["expect"]["cites"] if place not in text] == []


@each_kind
def test_a_letter_has_its_number_and_its_remedy(kind):
    made, expected = letter(kind), CASES[kind]["expect"]
    assert made.number == expected["number"]
    assert (made.remedy and made.remedy.value) == expected["remedy"]
    assert made.title == CASES[kind]["name"]


@each_kind
def test_a_letter_without_an_element_is_refused_by_its_label(kind):
    ((name, label),) = CASES[kind]["lacking"].items()
    told = given(kind)
    del told[name]
    with pytest.raises(ParticularsError, match=f"“{label}”没有填写") as refused:
        compose(kind, told, at_home(kind))
    assert [problem[0] for problem in refused.value.problems] == [name]


@each_kind
def test_a_letter_shows_nothing_it_must_not(kind):
    assert template(kind).hides == tuple(CASES[kind]["expect"].get("hides", ()))
    if "applicant" in template(kind).hides:
        text = whole(letter(kind))
        assert [word for word in SECRETS["applicant"] if word in text] == []


@each_kind
def test_a_letter_is_signed_dated_and_says_whom_to_ask(kind):
    made = letter(kind)
    text = whole(made)
    if template(kind).reader == "file":
        assert made.addressee is None
        return
    assert text.startswith(f"{made.title}\n{made.number}\n{made.addressee}：")
    day = spoken_day(made.day)
    assert f"清河市东湖区住房和城乡建设局\n{day}\n（联系单位：" in text
    assert "010-00000000" in text


def test_an_internal_element_is_kept_and_not_written():
    made = letter("extension_notice")
    assert made.internal == (("批准人", "王五"),)
    assert "王五" not in whole(made)
    made = letter("not_existing")
    assert made.internal == (("检索人员", "赵六"),)
    assert "赵六" not in whole(made)


def test_a_third_party_who_was_silent_is_not_told_of_an_opinion():
    assert "收到您的意见" not in whole(letter("third_party_disclosure"))
    answered = letter("third_party_disclosure", opinion_received_on=date(2026, 3, 10))
    assert "本机关已于2026年3月10日收到" in whole(answered)
