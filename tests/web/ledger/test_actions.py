"""The only way into the ledger: in order, once, and never altered."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from mingtang_web import clock
from mingtang_web.ledger.actions import (
    ForeignRecordError,
    KeyTakenError,
    PersonalDataError,
    Record,
    append,
    append_all,
)
from mingtang_web.ledger.canonical import NotPlainError
from mingtang_web.ledger.chain import ORIGIN
from mingtang_web.ledger.models import Entry, Head
from mingtang_web.ledger.queries import faults

pytestmark = pytest.mark.django_db


def test_each_entry_takes_the_next_number_of_its_body(district):
    first = append(Record(district.housing, "test", {"n": 1}, actor=district.clerk))
    second = append(Record(district.housing, "test", {"n": 2}, case_id=7))
    other = append(Record(district.water, "test"))
    assert [first.sequence, second.sequence, other.sequence] == [1, 2, 1]
    assert (first.previous, second.previous) == (ORIGIN, first.hash)
    assert Head.objects.get(body=district.housing).hash == second.hash
    assert Entry.objects.get(pk=first.pk).content == {"n": 1}


def test_an_act_undone_leaves_no_gap(district):
    append(Record(district.housing, "test"))
    with transaction.atomic():
        append(Record(district.housing, "lost"))
        transaction.set_rollback(True)
    assert append(Record(district.housing, "test")).sequence == 2


def test_a_submission_sent_twice_is_recorded_once(district):
    sent = Record(district.housing, "test", {"n": 1}, actor=district.clerk, key="k")
    first, again = append(sent), append(sent)
    assert (first.is_replay, again.is_replay, again.pk) == (False, True, first.pk)
    assert Entry.objects.count() == 1
    assert append(Record(district.water, "test", {"n": 1}, key="k")).is_replay is False


@pytest.mark.parametrize("change", [{"kind": "other"}, {"payload": {}}, {"case_id": 3}])
def test_a_key_serves_one_submission(district, change):
    words = {"body": district.housing, "kind": "test", "payload": {"n": 1}, "key": "k"}
    append(Record(**words))
    with pytest.raises(KeyTakenError):
        append(Record(**words | change))


@pytest.mark.parametrize(
    "text", ["身份证 11010119900307889X", "电话13800138000。", "138-0013-8000"]
)
def test_a_number_of_a_person_is_refused(district, text):
    with pytest.raises(PersonalDataError, match=r"\*\*\*"):
        append(Record(district.housing, "test", {"why": text}))


@pytest.mark.parametrize(
    "value", [1.5, {1: 2}, {"d": b"x"}, "\0", "\ud800", object(), {"k\0": 1}]
)
def test_what_has_no_one_form_is_refused(district, value):
    with pytest.raises(NotPlainError):
        append(Record(district.housing, "test", {"value": value}))


MOMENT = datetime(2026, 3, 2, 2, tzinfo=UTC)


def test_many_at_once_have_the_hashes_of_one_by_one(district):
    many = [
        Record(district.housing, "test", {"n": n}, district.clerk, case_id=n, key=f"k{n}")
        for n in range(7)
    ]
    with clock.fixed(MOMENT), transaction.atomic():
        for record in many:
            append(record)
        one_by_one = list(Entry.objects.values_list("sequence", "hash"))
        transaction.set_rollback(True)
    with clock.fixed(MOMENT):
        assert append_all(district.housing, iter(many), at_a_time=3) == 7
    assert list(Entry.objects.values_list("sequence", "hash")) == one_by_one
    head = Head.objects.get(body=district.housing)
    assert (head.sequence, head.hash) == one_by_one[-1]
    assert append(Record(district.housing, "test")).sequence == 8
    assert list(faults(district.housing)) == []


def test_many_at_once_leave_out_what_came_before(district):
    def keyed(*names: str) -> list[Record]:
        return [Record(district.housing, "test", {"n": name}, key=name) for name in names]

    append(keyed("b")[0])
    assert append_all(district.housing, keyed("a", "b", "c", "a"), at_a_time=2) == 2
    assert append_all(district.housing, keyed("a", "b", "c")) == 0
    assert [e.key for e in Entry.objects.all()] == ["b", "a", "c"]
    with pytest.raises(KeyTakenError), transaction.atomic():
        append_all(district.housing, [Record(district.housing, "other", key="a")])


def test_many_at_once_are_recorded_all_or_none(district):
    good = Record(district.housing, "test")
    for bad, trouble in [
        (Record(district.water, "test"), ForeignRecordError),
        (Record(district.housing, "test", {"why": "13800138000"}), PersonalDataError),
        (Record(district.housing, "test", {"n": 1.5}), NotPlainError),
    ]:
        with pytest.raises(trouble), transaction.atomic():
            append_all(district.housing, [good, good, bad], at_a_time=2)
    assert not Entry.objects.exists()
    assert append(good).sequence == 1


def test_many_at_once_move_the_head_once(district, django_assert_max_num_queries):
    append(Record(district.housing, "test"))
    many = [Record(district.housing, "test", {"n": n}) for n in range(1000)]
    with django_assert_max_num_queries(20):
        append_all(district.housing, many)


ATTACKS = [
    "UPDATE ledger_entry SET kind = 'x'",
    "UPDATE ledger_entry SET hash = hash",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_entry WHERE sequence = 2",
    "INSERT INTO ledger_entry SELECT 99, {fields} FROM ledger_entry WHERE sequence = 1",
]
FIELDS = (
    "sequence, case_id, kind, payload, recorded_at, key, previous, hash,"
    " actor_id, approver_id, body_id"
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_refuses_to_alter_an_entry(district, attack):
    for _ in range(2):
        append(Record(district.housing, "test"))
    refused(attack.format(fields=FIELDS))


def test_the_database_refuses_to_replace_or_empty(district, database):
    append(Record(district.housing, "test"))
    if database == "sqlite":
        fields = FIELDS.replace("sequence,", "2 AS sequence,")
        refused(
            f"INSERT OR REPLACE INTO ledger_entry (id, {FIELDS})"  # noqa: S608 - our own words
            f" SELECT id, {fields} FROM ledger_entry"
        )
    else:
        connection.check_constraints()
        refused("TRUNCATE ledger_entry CASCADE")


def refused(statement: str) -> None:
    before = list(Entry.objects.values())
    with pytest.raises(DatabaseError, match="台账只增不改"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(Entry.objects.values()) == before


@pytest.mark.django_db(transaction=True)
def test_many_at_once_stand_in_one_line(district):
    troubles = []

    def work(name: int) -> None:
        try:
            for turn in range(5):
                append(Record(district.housing, "test", {"by": name, "turn": turn}))
        except Exception as trouble:  # noqa: BLE001 - shown by the assertion
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert list(Entry.objects.values_list("sequence", flat=True)) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_one_submission_sent_at_once_by_many_is_recorded_once(district):
    replays = []

    def work() -> None:
        sent = Record(district.housing, "test", {"n": 1}, actor=district.clerk, key="k")
        replays.append(append(sent).is_replay)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(replays) == [False, True, True, True]
