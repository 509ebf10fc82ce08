"""词表: the body's own and those above are looked for; nothing is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mingtang.screening import Word, WordListProblems, standard
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from mingtang_web.publication import releasing
from mingtang_web.publication.screening import UnscreenedError, open_ones
from mingtang_web.wordlists import actions, lexicons
from mingtang_web.wordlists.actions import ListMovedOnError
from mingtang_web.wordlists.models import Batch, Listed, ListOfWords
from tests.web.cases.requests import at
from tests.web.people import appointed
from tests.web.publication.offices import TODAY

OLD, NEW = "老城区改造办", "城市更新中心"
TEXT = f"<p>请到{OLD}办理。</p>"


def doing(room, words=None, note=""):
    return replace(
        room.doing(room.lawyer, None, note), version=words.version if words else 0
    )


def listed(room, *words: Word, body=None):
    body = body or room.housing
    if body != room.housing:
        appointed(room.lawyer, body, Role.LEGAL_REVIEWER)
    made = actions.begin(body, f"词表{body.pk}", "局办公室", doing(room))
    actions.add(made, words, "手工", doing(room, made))
    made.refresh_from_db()
    return made


def seen(document) -> list[str]:
    return [hit.shown for hit in open_ones(document.current)]


def test_a_listed_word_is_a_hit_with_its_owner_and_what_to_write(room):
    listed(room, Word(OLD, NEW))
    [hit] = open_ones(room.drafted(html=TEXT).current)
    assert (hit.shown, hit.suggestion, hit.kind) == (OLD, NEW, "wording")
    assert "局办公室" in hit.why


@pytest.mark.parametrize(("where", "found"), [("office", True), ("water", False)])
def test_lists_hold_for_the_bodies_below(room, where, found):
    listed(room, Word(OLD, NEW), body=getattr(room, where))
    assert (seen(room.drafted(html=TEXT)) == [OLD]) is found


def test_the_bodys_own_word_comes_before_one_from_above(room):
    listed(room, Word(OLD, "甲中心"), body=room.office)
    listed(room, Word(OLD, "乙中心"))
    [hit] = open_ones(room.drafted(html=TEXT).current)
    assert hit.suggestion == "乙中心"


def test_a_word_that_is_listed_after_the_review_holds_the_document_up(room):
    document = room.cleared(html=TEXT)
    listed(room, Word(OLD, NEW))
    with pytest.raises(UnscreenedError, match="错敏词"):
        releasing.publish(document, room.doing(room.publisher, document))


def test_a_word_holds_from_its_day_until_its_day(room):
    tomorrow = TODAY + timedelta(days=1)
    listed(room, Word(OLD, NEW, since=tomorrow, until=tomorrow))
    document = room.drafted(html=TEXT)
    found = []
    for day in range(3):
        with at(TODAY + timedelta(days=day)):
            found.append(seen(document))
    assert found == [[], [OLD], []]


def test_a_retired_word_is_no_hit_and_stays_on_record(room):
    made = listed(room, Word(OLD, NEW))
    document = room.drafted(html=TEXT)
    assert seen(document) == [OLD]
    row = made.listed.get()
    actions.retire(made, row.pk, doing(room, made, "机构恢复原名"))
    assert seen(document) == []
    row.refresh_from_db()
    assert (row.retired_on, row.retired_why) == (TODAY, "机构恢复原名")
    made.refresh_from_db()
    actions.add(made, [Word(OLD, "另一中心")], "手工", doing(room, made))
    assert seen(document) == [OLD]
    assert Listed.objects.count() == 2


def test_a_retired_list_holds_nothing_and_takes_nothing(room):
    made = listed(room, Word(OLD, NEW))
    actions.retire_list(made, doing(room, made, "改用区里的"))
    assert lexicons.lexicon_of(room.housing, TODAY) is standard()
    made.refresh_from_db()
    with pytest.raises(ListMovedOnError, match="停用"):
        actions.add(made, [Word("甲乙", "丙")], "手工", doing(room, made))


def test_bodies_with_the_same_lists_share_what_was_built_and_a_change_builds_anew(room):
    made = listed(room, Word(OLD, NEW), body=room.office)
    first = lexicons.lexicon_of(room.housing, TODAY)
    assert lexicons.lexicon_of(room.water, TODAY) is first
    actions.add(made, [Word("甲乙局", "丙局")], "手工", doing(room, made))
    assert lexicons.lexicon_of(room.water, TODAY) is not first


def test_what_is_kept_asks_one_question(room, django_assert_num_queries):
    listed(room, Word(OLD, NEW))
    lexicons.lexicon_of(room.housing, TODAY)
    with django_assert_num_queries(1):
        lexicons.lexicon_of(room.housing, TODAY)


def test_words_come_in_all_or_none_and_clashes_are_named(room):
    made = listed(room, Word(OLD, NEW))
    coming = [Word("旧名局", "新名局"), Word(OLD, "别的"), Word("张某13812345678", "")]
    with pytest.raises(WordListProblems) as why:
        actions.add(made, coming, "表.csv", doing(room, made))
    assert [each.line for each in why.value.problems] == [2, 3]
    assert "13812345678" not in str(why.value)
    assert Listed.objects.count() == 1
    coming = [Word("旧名局", "新名局"), Word(OLD, NEW)]
    assert actions.add(made, coming, "表.csv", doing(room, made)) == (1, 1)


def test_every_act_is_in_the_ledger_and_the_digest_tells_the_words(room):
    made = listed(room, Word(OLD, NEW), Word("甲乙局", "丙局", since=date(2026, 1, 1)))
    actions.retire(made, made.listed.first().pk, doing(room, made, "改名"))
    kinds = Entry.objects.filter(kind__startswith="words.").values_list("kind", flat=True)
    assert list(kinds) == ["words.begun", "words.added", "words.retired"]
    batch = Batch.objects.get()
    assert actions.digest(list(batch.listed.order_by("pk"))) == batch.digest
    Listed.objects.filter(right="丙局").update(right="丁局")
    assert actions.digest(list(batch.listed.order_by("pk"))) != batch.digest


def test_what_was_looked_at_is_what_is_changed_and_a_form_counts_once(room):
    made = listed(room, Word(OLD, NEW))
    once = doing(room, made)
    assert actions.add(made, [Word("甲乙局", "丙局")], "", once) == (1, 0)
    assert actions.add(made, [Word("甲乙局", "丙局")], "", once) == (0, 0)
    with pytest.raises(ListMovedOnError, match="改动"):
        actions.add(made, [Word("丙丁局", "戊局")], "", doing(room, made))
    made.refresh_from_db()
    silent, row = doing(room, made), made.listed.first().pk
    with pytest.raises(ValidationError):
        actions.retire(made, row, silent)


@pytest.mark.parametrize("who", ["writer", "clerk", "approver", "supervisor", "stranger"])
def test_lists_are_kept_by_those_who_may(room, who):
    made = listed(room, Word(OLD, NEW))
    user = getattr(room, who)
    for act in (
        lambda: actions.begin(room.housing, "另一", "局", room.doing(user)),
        lambda: actions.add(made, [], "", room.doing(user)),
        lambda: actions.retire(made, 1, room.doing(user)),
        lambda: actions.retire_list(made, room.doing(user)),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert ListOfWords.objects.count() == 1
