"""The index follows what is public, and shows nothing that is not."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from mingtang_web.annual import reviewing
from mingtang_web.bodies.actions import move_body
from mingtang_web.files.examining import examine
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from mingtang_web.publication import drafting, releasing
from mingtang_web.publication.drafting import Enclosed
from mingtang_web.publication.models import Document, Revision
from mingtang_web.searching import feeding, places
from mingtang_web.searching.models import Change
from mingtang_web.searching.publishers import PUBLISHERS
from mingtang_web.searching.queries import suggest, unsettled
from mingtang_web.searching.telling import brought_in
from tests.web.annual.reports import JANUARY, by
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY
from tests.web.searching.offices import followed, found, held, many, titles

if TYPE_CHECKING:
    from mingtang_web.annual.models import Annual

TITLE = "关于老旧小区加装电梯补助标准的通知"


@pytest.fixture
def published(room) -> Document:
    document = room.published()
    followed()
    return document


def withdrawn(room, document: Document) -> Document:
    return releasing.withdraw(document, room.doing(room.approver, document, "内容有误"))


def test_what_is_published_is_found_by_title_number_text_and_facets(published):
    for typed in (
        "加装电梯",
        "西政建[2026]7号",
        "二十万元",
        "補助標準",
        published.index_number,
    ):
        assert titles(typed) == [TITLE], typed
    result = found("电梯")
    assert result.counted == 1
    assert result.facets["body"] == {published.body.code: 1}
    assert result.facets["topic"] == {"construction": 1}
    top = published.body.parent
    assert titles("电梯", narrowed={"body": top.code}) == [TITLE]
    assert suggest("电梯补助") == [TITLE]


def test_a_draft_is_told_to_nobody(room):
    room.cleared()
    assert Change.objects.count() == 0
    followed()
    assert titles("电梯") == []


def test_what_is_filed_and_not_for_everybody_is_not_indexed(room):
    document = room.published()
    Revision.objects.filter(document=document).update(attribute="on_request")
    followed()
    assert (titles("电梯"), held()) == ([], {})


def test_what_was_altered_behind_the_site_is_not_indexed(room):
    document = room.published()
    Revision.objects.filter(document=document).update(html="<p>别的话</p>")
    followed()
    assert (titles("电梯"), titles("别的话"), held()) == ([], [], {})


def test_what_is_taken_down_is_gone_at_once_and_out_of_the_index_next(room, published):
    withdrawn(room, published)
    assert held() != {}
    result = found("电梯")
    assert (result.entries, result.counted) == ([], 0)
    assert not any(result.facets.values())
    assert suggest("电梯补助") == []
    followed()
    assert held() == {}
    assert Change.objects.count() == 0


def test_what_is_taken_down_is_not_even_counted_behind_the_page_that_is_shown(room):
    rows = many(room.housing, room.writer, 12)
    followed()
    rows[0].withdrawn_on = TODAY
    rows[0].save()
    result = found("排水管网", most=5)
    assert (len(result.entries), result.counted) == (5, 11)
    assert result.facets["kind"] == {"document": 11}


def test_words_of_an_earlier_version_find_nothing_from_the_moment_it_is_replaced(
    room, published
):
    draft = drafting.reopen(published, room.doing(room.writer, published, "更新"))
    followed()
    assert titles("二十万元") == [TITLE]
    draft = room.reviewed(room.sent(room.revised(draft)))
    releasing.publish(draft, room.doing(room.publisher, draft))
    assert found("二十万元").counted == 0
    followed()
    assert titles("二十万元") == []
    assert titles("改过的一句话") == [TITLE]


def test_an_act_that_is_undone_tells_nothing(room, published):
    with transaction.atomic():
        withdrawn(room, published)
        transaction.set_rollback(True)
    assert Change.objects.count() == 0
    assert titles("电梯") == [TITLE]


def test_what_nobody_told_is_asked_for_before_it_is_shown(room, published):
    other = room.published(title="关于电梯年检的通知", document_number="西政建〔2026〕8号")
    followed()
    assert found("电梯").counted == 2
    Document.objects.filter(pk=published.pk).update(withdrawn_on=TODAY)
    result = found("电梯")
    assert [entry.title for entry in result.entries] == [other.title]
    assert result.counted == 1
    assert suggest("电梯补助") == []
    feeding.compare()
    followed()
    assert set(held()) == {other.pk}


def test_attachments_are_sought_in(room):
    text = examine("标准.txt", "海绵城市建设导则".encode())
    room.published(enclosed=(Enclosed("建设标准", text),))
    followed()
    assert titles("海绵城市") == titles("建设标准") == [TITLE]


def test_reports_are_found_as_long_as_they_stand(bureau):
    annual: Annual = bureau.published(bureau.finished())
    followed()
    result = found("旧档案扫描入库")
    assert [entry.kind for entry in result.entries] == ["report"]
    assert result.facets["year"] == {"2026": 1}
    with at(JANUARY):
        reviewing.withdraw(annual, by(bureau.approver, annual, "数字有误"))
    assert found("旧档案扫描入库").counted == 0
    followed()
    assert places.current().size() == 0


def test_what_comes_in_new_hides_nothing_and_is_found_next(room):
    rows = many(room.housing, room.writer, 3)
    brought_in(rows)
    assert unsettled() == set()
    rows[0].save()
    assert {key.ref for key in unsettled()} == {rows[0].pk}
    followed()
    assert found("排水管网").counted == 3


def test_the_job_follows_and_the_daily_one_compares(room):
    document = room.published()
    assert run(JOBS["searching"], TODAY).failed == 0
    assert titles("电梯") == [TITLE]
    assert not JOBS["searching"].waits(None)
    Document.objects.filter(pk=document.pk).update(withdrawn_on=TODAY)
    assert run(JOBS["search_check"], TODAY).failed == 0
    assert held() == {}


def test_an_index_made_anew_holds_what_is_public_and_what_changed_meanwhile(room):
    rows = many(room.housing, room.writer, 90)
    feeding.begin()
    at_once = feeding.walk(40)
    assert (at_once.looked, at_once.of, at_once.done) == (40, 90, False)
    document = rows[3]
    document.withdrawn_on = TODAY
    document.save()
    late = room.published()
    places.forget()  # as another process would find it
    assert feeding.begin().looked == 40
    followed()
    assert set(held()) == {row.pk for row in rows} - {document.pk} | {late.pk}
    assert found("排水管网").counted == 89
    known = PUBLISHERS["document"].known([row.pk for row in rows])
    assert {ref: held()[ref] for ref in known} == known


def test_what_is_searched_stays_while_another_is_made(room, index_folder):
    many(room.housing, room.writer, 30)
    followed()
    feeding.begin()
    feeding.walk(10)
    assert found("排水管网").counted == 30
    followed()
    assert found("排水管网").counted == 30
    names = {file.name.split("-")[0].split(".")[0] for file in index_folder.iterdir()}
    assert len(names) == 3, names  # the index, the word which it is, the lock


def test_an_index_by_other_rules_is_made_anew(room):
    room.published()
    followed()
    places.current().write((), (), {"layout": "another"})
    places.forget()
    with pytest.raises(places.NoIndexError):
        places.current()
    followed()
    assert titles("电梯") == [TITLE]


def test_the_command_follows_compares_rebuilds_and_tells(room):
    def said(*words: str) -> str:
        told = StringIO()
        call_command("searchindex", *words, stdout=told)
        return told.getvalue()

    with pytest.raises(CommandError, match="rebuild"):
        said("status")
    document = room.published()
    assert "索引里有 1 条" in said("rebuild")
    withdrawn(room, document)
    assert "待跟上" in said("status")
    assert "已跟上 1 处" in said("follow")
    assert "核对完毕：索引里有 0 条" in said("compare")
    with places.held(), pytest.raises(CommandError, match="另一进程"):
        said("rebuild", "--afresh")


def test_a_body_that_moved_is_found_under_its_new_parent(room, published):
    top = room.housing.parent
    move_body(room.housing, None)
    feeding.compare()
    followed()
    assert titles("电梯", narrowed={"body": top.code}) == []
    assert titles("电梯", narrowed={"body": published.body.code}) == [TITLE]


def test_an_entry_says_what_its_stamp_says(published):
    (entry,) = PUBLISHERS["document"].entries([published.pk])
    assert PUBLISHERS["document"].known([published.pk]) == {published.pk: entry.stamp}
    assert replace(entry, stamp="") != entry
