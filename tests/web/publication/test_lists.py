"""Lists of documents: every row once, in order, and by filters that Python agrees with."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang_web import clock
from mingtang_web.bodies.queries import standing
from mingtang_web.desk import paging
from mingtang_web.desk.documents_list import _standing
from mingtang_web.desk.norm_register import _standing as _of_register
from mingtang_web.desk.paging import page_by_ids
from mingtang_web.publication import queries
from mingtang_web.publication.models import (
    READY,
    WRITTEN,
    Attribute,
    Column,
    Document,
    Revision,
    State,
)
from mingtang_web.publication.norms import HOLDING, ForceEvent, Validity
from mingtang_web.publication.reminding import ENDING
from tests.web.publication.offices import TODAY, Newsroom

NUMBERS = count(1)
WORDS = ("物业", "Ab-7", "%_", "没有的词", "〔2026〕", "旧1", "AB", "通知\u3000公告")
STANDS = ("", "draft", "mine", "review", "ready", "public", "late", "down")
REGISTER = ("holds", "soon", "waiting", "not_yet", "over", "all")
days = st.dates(TODAY - timedelta(400), TODAY + timedelta(200))
told = st.fixed_dictionaries(
    {
        "state": st.sampled_from(State),
        "title": st.sampled_from(
            ("物业通知", "ab-7号公告", "%_管理办法", "通知\u3000公告")
        ),
        "document_number": st.sampled_from(("", "西住建〔2026〕7号", "x\\y")),
        "column": st.sampled_from(Column),
        "attribute": st.sampled_from(Attribute),
        "due": st.none() | days,
        "out": st.booleans(),
        "down": st.none() | days,
        "norm": st.sampled_from(("", "", "normative", "regulation")),
        "validity": st.sampled_from([each for each in Validity if each]),
        "expires_on": st.none() | days,
        "asked": st.booleans(),
        "mine": st.booleans(),
        "body": st.integers(0, 2),
        "formed_on": days,
    }
)


def made(room: Newsroom, said: dict) -> Document:
    """Return a document as a row, whatever the acts would say of it."""
    bodies = room.office, room.housing, room.water
    plain = dict(said)
    out, down, asked, mine = (plain.pop(name) for name in ("out", "down", "asked", "mine"))
    body = bodies[plain.pop("body")]
    if not plain["norm"]:
        plain["validity"] = ""
    row = Document.objects.create(
        **plain, body=body, index_number=f"旧{next(NUMBERS)}", created_at=clock.now(),
        first_published_on=TODAY if out else None,
    )  # fmt: skip
    person = room.writer if mine else room.publisher
    words = {"title": row.title, "formed_on": row.formed_on, "attribute": row.attribute}
    version = Revision.objects.create(
        document=row, number=1, issuer=body.name, content="0" * 64, by=person,
        at=clock.now(), **words,
    )  # fmt: skip
    Revision.objects.create(
        document=row, number=2, issuer=body.name, content="0" * 64, by=person,
        at=clock.now(), **words,
    )  # fmt: skip
    row.current, row.published = version, version if out else None
    row.withdrawn_on = down if out else None
    row.save(update_fields=("current", "published", "withdrawn_on"))
    if asked:
        ForceEvent.objects.create(
            document=row, revision=version, kind="issued", on=row.formed_on,
            norm="normative", source="stock", stage="proposed", by=person, at=clock.now(),
        )  # fmt: skip
    row.refresh_from_db()
    return row


def stands(row: Document, stand: str, user: int) -> bool:
    """What the filters of the list mean, said once more."""
    wrote = {version.by_id for version in row.revisions.all()}
    gone = row.state == State.DISCARDED
    late = row.due is not None and row.due < TODAY and row.first_published_on is None
    late = late and row.attribute == Attribute.PROACTIVE and not row.norm and not gone
    return {
        "": not gone,
        "draft": row.state in WRITTEN,
        "mine": row.state in WRITTEN and user in wrote,
        "review": row.state == State.IN_REVIEW,
        "ready": row.state in READY,
        "public": row.is_out,
        "late": late,
        "down": row.state == State.WITHDRAWN,
    }[stand]


def of_register(row: Document, stand: str) -> bool:
    """What the filters of the register mean."""
    holds = row.norm != "" and row.validity in HOLDING
    last = row.expires_on
    asked = row.forceevents.filter(stage="proposed").exists()
    soon = last is not None and TODAY <= last <= TODAY + timedelta(ENDING)
    return {
        "holds": holds,
        "soon": holds and soon,
        "waiting": asked,
        "not_yet": row.norm != "" and row.validity == Validity.NOT_YET,
        "over": row.norm != "" and row.validity in (Validity.REPEALED, Validity.LAPSED),
        "all": row.norm != "" or asked,
    }[stand]


def ascii_lower(text: str) -> str:
    return "".join(each.lower() if each.isascii() else each for each in text)


def holds_words(row: Document, words: str) -> bool:
    said = (row.title, row.document_number, row.index_number)
    return any(ascii_lower(words) in ascii_lower(each) for each in said)


def paged(rows, size: int) -> list[int]:
    """Every id that paging to the end shows, in the order it is shown."""
    found, number = [], 1
    while True:
        request = RequestFactory().get("/documents/", {"page": number})
        page = page_by_ids(request, rows, queries.of_ids, size)
        found += [row.pk for row in page]
        assert page.paginator.count == rows.count()
        if not page.has_next():
            return found
        number += 1


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    told=st.lists(told, max_size=14), size=st.integers(1, 5), word=st.sampled_from(WORDS)
)
def test_lists_show_every_row_once_in_order_and_agree_with_python(
    room, told, size, word
) -> None:
    ForceEvent.objects.all().delete()
    Document.objects.update(current=None, published=None)
    Revision.objects.all().delete()
    Document.objects.all().delete()
    rows = sorted((made(room, each) for each in told), key=lambda row: -row.pk)
    for person in (room.writer, room.supervisor, room.stranger):
        held = standing(person, TODAY)
        seen = queries.visible(held)
        known = [
            row for row in rows if held.roles_in(row.body) or held.supervises(row.body)
        ]
        assert [row.pk for row in seen] == [row.pk for row in known]
        for stand in STANDS:
            listed = _standing(seen, stand, person.pk, TODAY)
            wanted = [row.pk for row in known if stands(row, stand, person.pk)]
            assert paged(listed, size) == wanted, stand
            sought = queries.saying(listed, word)
            fits = [
                r.pk for r in known if stands(r, stand, person.pk) and holds_words(r, word)
            ]
            assert paged(sought, size) == fits, (stand, word)
        for column in Column:
            wanted = [row.pk for row in known if row.column == column]
            assert paged(queries.of_column(seen, column), size) == wanted
        for stand in REGISTER:
            fits = {row.pk for row in known if of_register(row, stand)}
            listed = list(_of_register(seen, stand, TODAY))
            assert {row.pk for row in listed} == fits, stand
            assert len(listed) == len(fits)
            if stand != "soon":
                order = [(row.formed_on, row.pk) for row in listed]
                assert order == sorted(order, reverse=True)


def test_what_is_sought_follows_every_change_of_a_name(room) -> None:
    document = room.drafted()
    assert list(queries.saying(Document.objects.all(), "电梯补助")) == [document]
    Document.objects.filter(pk=document.pk).update(title="另一个名称")
    assert not queries.saying(Document.objects.all(), "电梯补助").exists()
    assert list(queries.saying(Document.objects.all(), "另一个")) == [document]


@pytest.mark.parametrize("number", ["1", "2", "3", "99", "x", "-4"])
def test_no_more_is_counted_than_can_be_paged_through(room, monkeypatch, number) -> None:
    monkeypatch.setattr(paging, "MOST", 5)
    ids = [room.drafted(title=f"第{n}号").pk for n in range(7)][::-1]
    request = RequestFactory().get("/documents/", {"page": number})
    page = page_by_ids(request, Document.objects.all(), queries.of_ids, 2)
    assert (page.paginator.count, page.paginator.num_pages) == (5, 3)
    assert page.paginator.has_more
    last = {"1": 1, "2": 2, "x": 1}.get(number, 3)
    assert [row.pk for row in page] == ids[(last - 1) * 2 : min(5, last * 2)]


def test_a_search_that_finds_little_goes_through_the_rows_once(
    room, django_assert_num_queries
) -> None:
    document = room.drafted()
    request = RequestFactory().get("/documents/")
    rows = queries.saying(Document.objects.all(), "电梯补助")
    with django_assert_num_queries(2):
        page = page_by_ids(request, rows, queries.of_ids, 2)
        assert (list(page), page.paginator.count) == ([document], 1)
        assert not page.has_next()
