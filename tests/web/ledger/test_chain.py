"""The chain of hashes: whatever is done to it afterwards, it shows."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.ledger import chain, guards
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.canonical import canonical
from mingtang_web.ledger.chain import ORIGIN, Link
from mingtang_web.ledger.models import Entry, Head
from mingtang_web.ledger.queries import faults

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHANGES = {
    "body_id": lambda old: old + 1,
    "sequence": lambda old: old + 1,
    "case_id": lambda old: None if old else 5,
    "kind": lambda old: old + "x",
    "payload": lambda old: old[:-1] + ',"x":1}',
    "actor_id": lambda old: None if old else 5,
    "approver_id": lambda old: None if old else 5,
    "recorded_at": lambda old: old + timedelta(microseconds=1),
    "key": lambda old: None if old else "k",
    "previous": lambda old: old[::-1] if old != old[::-1] else "1" * 64,
    "hash": lambda _: "0" * 64,
}


def made(length: int) -> list[Link]:
    links: list[Link] = []
    for number in range(1, length + 1):
        previous = links[-1].hash if links else ORIGIN
        payload = canonical({"n": number})
        odd = number if number % 2 else None
        link = Link(
            1, number, odd, "test", payload, odd, None, START, None, previous
        )  # fmt: skip
        links.append(link._replace(hash=link.own_hash()))
    return links


def found(links: list[Link], head: tuple[int, str]) -> list[chain.Fault]:
    return list(chain.faults(1, links, lambda: head))


def head_of(links: list[Link]) -> tuple[int, str]:
    return (len(links), links[-1].hash if links else ORIGIN)


@pytest.mark.parametrize("length", [0, 1, 7])
def test_a_chain_left_alone_holds(length):
    links = made(length)
    assert found(links, head_of(links)) == []


@given(length=st.integers(1, 8), where=st.integers(0, 7), field=st.sampled_from([*CHANGES]))
def test_any_change_of_any_field_is_seen(length, where, field):
    links = made(length)
    head = head_of(links)
    where %= length
    link = links[where]
    links[where] = link._replace(**{field: CHANGES[field](getattr(link, field))})
    assert found(links, head)


@given(length=st.integers(1, 8), where=st.integers(0, 7), field=st.sampled_from([*CHANGES]))
def test_a_change_with_its_hash_made_anew_is_seen(length, where, field):
    links = made(length)
    head = head_of(links)
    where %= length
    link = links[where]
    forged = link._replace(**{field: CHANGES[field](getattr(link, field))})
    links[where] = forged._replace(hash=forged.own_hash())
    assert found(links, head) or links == made(length)


@given(length=st.integers(1, 8), where=st.integers(0, 7))
def test_a_missing_entry_is_seen(length, where):
    links = made(length)
    head = head_of(links)
    del links[where % length]
    assert found(links, head)


@given(length=st.integers(2, 8), one=st.integers(0, 7), other=st.integers(0, 7))
def test_two_entries_that_change_places_are_seen(length, one, other):
    links = made(length)
    head = head_of(links)
    one, other = one % length, other % length
    links[one], links[other] = links[other], links[one]
    assert bool(found(links, head)) is (one != other)


@given(length=st.integers(0, 8), where=st.integers(0, 8))
def test_an_entry_put_in_is_seen(length, where):
    links = made(length)
    head = head_of(links)
    where %= length + 1
    previous = links[where - 1].hash if where else ORIGIN
    forged = Link(1, where + 1, None, "x", "{}", None, None, START, None, previous)
    links.insert(where, forged._replace(hash=forged.own_hash()))
    assert found(links, head)


@pytest.fixture
def recorded(district):
    for number in range(5):
        append(Record(district.housing, "test", {"n": number}, actor=district.clerk))
    append(Record(district.water, "test"))
    return district


def verified() -> str:
    out = io.StringIO()
    call_command("verify", stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.usefixtures("recorded")
def test_verify_walks_every_body():
    said = verified()
    assert "西山区住房和城乡建设局：5 条" in said
    assert "西山区水务局：1 条" in said
    assert "台账完整：每条记录都在，内容未被改动" in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "where", "what"),
    [
        (lambda rows: rows.filter(sequence=3).update(payload='{"n":9}'), 3, "被改动过"),
        (lambda rows: rows.filter(sequence=3).delete(), 4, "序号应为 3"),
        (lambda rows: rows.filter(sequence=5).delete(), 4, "链头记有 5 条，实有 4 条"),
        (lambda rows: rows.filter(sequence=2).update(actor=None), 2, "被改动过"),
    ],
)
def test_verify_says_which_entry_of_which_body_is_broken(recorded, tamper, where, what):
    guards.remove()
    tamper(Entry.objects.filter(body=recorded.housing))
    guards.install()
    out = io.StringIO()
    with pytest.raises(CommandError, match="台账不完整"):
        call_command("verify", stdout=out, stderr=out)
    broken = [
        line for line in out.getvalue().splitlines() if "条：" in line and "第" in line
    ]
    assert broken[0].startswith(f"西山区住房和城乡建设局 第 {where} 条：")
    assert what in broken[0]


@pytest.mark.django_db
def test_verify_sees_a_head_put_back(recorded):
    Head.objects.filter(body=recorded.housing).update(sequence=4)
    assert [fault.sequence for fault in faults(recorded.housing)] == [5]


@pytest.mark.django_db
@pytest.mark.usefixtures("recorded")
def test_verify_sees_missing_guards():
    guards.remove()
    out = io.StringIO()
    with pytest.raises(CommandError, match="共 3 处"):
        call_command("verify", stdout=out, stderr=out)
    guards.install()
    assert guards.standing() == guards.GUARDS


@pytest.mark.django_db
def test_verify_asks_for_a_body_that_exists(recorded):
    call_command("verify", body=recorded.housing.code, stdout=io.StringIO())
    with pytest.raises(CommandError, match="请核对后再试"):
        call_command("verify", body="none", stdout=io.StringIO())


@pytest.mark.django_db
def test_a_chain_that_grows_meanwhile_holds(recorded):
    grown = []

    def grow() -> None:
        if len(grown) < 3:
            grown.append(append(Record(recorded.housing, "meanwhile")))

    assert list(faults(recorded.housing, grow)) == []
    assert len(grown) == 3
