"""Limits kept in the database, and questions that are good for one answer."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core import signing
from django.db import connection
from django.utils import translation

from mingtang_web.asking import questions
from mingtang_web.asking.limiting import Limit, exhausted, spend
from mingtang_web.asking.models import Answered, Spent
from tests.web.cases.requests import at

TODAY = date(2026, 3, 20)
TWICE = Limit("tried", 2, timedelta(hours=1))


def answer_of(question: questions.Question) -> str:
    """What a person who reads the question says."""
    said = question.words
    numbers = {str(word): place for place, word in enumerate(questions.NUMBERS)}
    for sign, way in (("加", 1), ("减", -1)):
        if sign in said and "等于" in said:
            first, rest = said.split(sign)
            return str(numbers[first] + way * numbers[rest.removesuffix("等于几？")])
    things, place = said.split("”，其中第")
    word = numbers[place.removesuffix("个词是什么？")]
    return things.removeprefix("“").split("、")[word - 1]


@pytest.mark.django_db
def test_a_limit_holds_for_its_while_and_then_begins_anew(database):  # noqa: ARG001 - both
    with at(TODAY, 10):
        assert [spend(TWICE, "a") for _time in range(3)] == [True, True, False]
        assert exhausted(TWICE, "a")
        assert exhausted(TWICE, "b", "a")
        assert not exhausted(TWICE, "b")
    with at(TODAY, 11):
        assert not exhausted(TWICE, "a")
        assert spend(TWICE, "a")


@pytest.mark.django_db
def test_nobody_is_known_by_what_was_counted(database):  # noqa: ARG001 - both
    spend(TWICE, "192.0.2.7")
    row = Spent.objects.get()
    assert "192.0.2.7" not in f"{row.what}{row.whom}"


@pytest.mark.django_db
def test_what_was_counted_is_forgotten_after_a_day(database):  # noqa: ARG001 - both
    with at(TODAY):
        spend(TWICE, "a")
        spend(TWICE, "b")
    with at(TODAY + timedelta(days=2)):
        spend(TWICE, "b")
    assert Spent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_at_once_not_one_more_passes_than_may(database):  # noqa: ARG001 - both
    passed: list[bool] = []

    def tries() -> None:
        passed.append(spend(TWICE, "a"))
        connection.close()

    threads = [Thread(target=tries) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 4 + [True] * 2


@pytest.mark.django_db
def test_every_kind_of_question_is_answered_by_who_reads_it(database):  # noqa: ARG001 - both
    for _time in range(40):
        question = questions.asked()
        assert questions.answered(question.token, f" {answer_of(question)} ")


@pytest.mark.django_db
def test_a_number_may_be_answered_in_words_or_figures(database):  # noqa: ARG001 - both
    token = signing.dumps(["n", questions._mark("n", "11")], salt=questions._SALT)
    assert questions.answered(token, "十一")
    again = signing.dumps(["m", questions._mark("m", "11")], salt=questions._SALT)
    assert questions.answered(again, "\uff11\uff11")


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["right", "wrong"])
def test_a_question_is_good_for_one_answer(database, first):  # noqa: ARG001 - both
    question = questions.asked()
    right = answer_of(question)
    assert questions.answered(question.token, right if first == "right" else "x") == (
        first == "right"
    )
    assert not questions.answered(question.token, right)


@pytest.mark.django_db
def test_a_question_is_not_good_for_long(database):  # noqa: ARG001 - both
    late = signing.dumps(["n", questions._mark("n", "1")], salt=questions._SALT)
    body, _stamp, _mark = late.split(":")
    forged = signing.TimestampSigner(salt=questions._SALT)
    long_ago = f"{body}:{signing.b62_encode(1)}"
    assert not questions.answered(f"{long_ago}:{forged.signature(long_ago)}", "1")


@pytest.mark.django_db
def test_a_token_that_is_not_ours_opens_nothing(database):  # noqa: ARG001 - both
    forged = signing.dumps(["n", "mark"], salt="another")
    for token in ("", "a:b:c", forged):
        assert not questions.answered(token, "1")
    assert not Answered.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_answered_twice_at_once_it_opens_once(database):  # noqa: ARG001 - both
    question = questions.asked()
    right, found = answer_of(question), []

    def tries() -> None:
        with translation.override("zh-hans"):
            found.append(questions.answered(question.token, right))
        connection.close()

    threads = [Thread(target=tries) for _each in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [False] * 4 + [True]
