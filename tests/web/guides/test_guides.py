"""指南、目录: complete before they go out, looked at in time, contradictions told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mingtang_web import clock
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.guides import actions, reminding, standing
from mingtang_web.guides.models import Confirmation
from mingtang_web.guides.starting import guide_of
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.publication import drafting, releasing
from mingtang_web.publication.completeness import IncompleteError
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.models import Column
from mingtang_web.publication.recording import OutOfTurnError
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY

KNOWN = {
    "address": "西山区人民路12号",
    "telephone": "0990-6230001",
    "fax": "0990-6230002",
    "office_hours": "工作日上午9:00至12:00",
    "online_channel": "https://zjj.example.gov.cn/shenqing",
    "disclosure_office": "局办公室",
    "review_organ": "西山区人民政府",
    "court": "西山区人民法院",
}


def knows(room, **more: str) -> None:
    Body.objects.filter(pk=room.housing.pk).update(**(KNOWN | more))
    room.housing.refresh_from_db()


def whole(room):
    """A guide that is ready: generated, its last places filled in."""
    knows(room)
    draft = guide_of(room.housing, TODAY)
    html = draft.html.replace("〔请填写：本机关信息的主要类别〕", "房屋、物业、建设。")
    html = html.replace("〔请填写：公开栏目的名称和网址〕", "本局网站的公开栏目")
    return replace(draft, html=html)


def published(room, draft=None, column=Column.GUIDE):
    document = drafting.begin(
        room.housing, column, draft or whole(room), room.doing(room.writer)
    )
    document = room.reviewed(room.sent(document))
    return releasing.publish(document, room.doing(room.publisher, document))


def stand(room, today, column=Column.GUIDE):
    [house] = standing.houses([room.housing], today)
    [found] = house.columns[column]
    return found


def test_a_generated_guide_has_everything_of_article_12_and_goes_out(room):
    document = published(room)
    assert document.is_out
    assert "0990-6230001" in document.published.html
    assert standing.lacks(document) == ()
    assert standing.contradicting(document) == ()


def test_what_is_not_registered_is_left_to_be_filled_in_and_keeps_the_guide(room):
    document = actions.start_guide(room.housing, room.doing(room.writer))
    assert "〔请填写：传真号码〕" in document.current.html
    with pytest.raises(IncompleteError) as why:
        room.sent(document)
    assert "联系电话、传真号码" in why.value.lacks["unfilled"]
    assert "第十二条第二款" in why.value.lacks["contents_fax"]


@pytest.mark.parametrize(
    ("value", "item"), [("0990-6230002", "fax"), ("0990-6230001", "telephone")]
)
def test_a_guide_that_lacks_something_is_not_sent(room, value, item):
    draft = whole(room)
    draft = replace(draft, html=draft.html.replace(value, ""))
    document = drafting.begin(room.housing, Column.GUIDE, draft, room.doing(room.writer))
    with pytest.raises(IncompleteError) as why:
        room.sent(document)
    assert list(why.value.lacks) == [f"contents_{item}"]


def test_a_catalogue_says_what_article_12_asks(room):
    draft = replace(whole(room), title="公开目录", html="<p>索引号、名称、生成日期</p>")
    begun = drafting.begin(room.housing, Column.CATALOGUE, draft, room.doing(room.writer))
    with pytest.raises(IncompleteError, match="内容概述（政府信息公开条例"):
        room.sent(begun)


def test_other_documents_need_nothing_of_it(room):
    assert room.sent().stage


def test_a_contradiction_is_told_and_nothing_is_repaired(room):
    document = published(room)
    knows(room, telephone="0990-6239999")
    document.body.refresh_from_db()
    [found] = standing.contradicting(document)
    assert (found.item.id, found.said) == ("telephone", "0990-6230001")
    assert "0990-6230001" in document.published.html
    document = drafting.reopen(document, room.doing(room.writer, document, "核对电话"))
    draft = replace(as_draft(document.current), note="重新核对", abstract="改了概述。")
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    assert room.sent(document).stage


def test_a_guide_is_looked_at_within_twelve_months_or_is_late(room):
    published(room)
    assert stand(room, date(2027, 3, 5)).is_late is False
    late = stand(room, date(2027, 3, 6))
    assert (late.is_late, late.due, late.months) == (True, date(2027, 3, 5), 12)


def test_a_confirmation_begins_the_interval_anew_and_is_in_the_ledger(room):
    document = published(room)
    with at(date(2027, 3, 1)):
        doing = room.doing(room.writer, document, "与机构登记逐项核对，没有变化")
        actions.confirm(document, doing)
        actions.confirm(document, doing)
    assert stand(room, date(2027, 3, 6)).due == date(2028, 3, 1)
    [row] = Confirmation.objects.all()
    assert (row.revision, row.on) == (document.published, date(2027, 3, 1))
    entry = Entry.objects.get(kind="publication.confirmed")
    assert [name for name, _, _ in entry.content["rows"]] == ["document_confirmation"]


def test_a_confirmation_says_what_was_compared_and_is_of_those_who_may(room):
    document = published(room)
    with pytest.raises(ValidationError):
        actions.confirm(document, room.doing(room.writer, document))
    for who in (room.publisher, room.approver, room.stranger):
        with pytest.raises(NotAllowedError):
            actions.confirm(document, room.doing(who, document, "没有变化"))
    with pytest.raises(OutOfTurnError, match="新的改动"):
        actions.confirm(
            document, replace(room.doing(room.writer, document, "是"), version=1)
        )
    assert not Confirmation.objects.exists()


def test_only_what_is_public_and_kept_is_confirmed(room):
    for document in (
        room.published(),
        drafting.begin(room.housing, Column.GUIDE, whole(room), room.doing(room.writer)),
    ):
        with pytest.raises(OutOfTurnError, match="已经公开的指南"):
            actions.confirm(document, room.doing(room.writer, document, "没有变化"))


def test_the_interval_is_the_bodys_or_of_the_nearest_above(room):
    admin = room.administrator
    assert standing.intervals([room.township])[room.township.pk] == standing.USUAL
    actions.set_interval(room.housing, 6, admin, "a")
    assert standing.intervals([room.township, room.office]) == {
        room.township.pk: 6,
        room.office.pk: standing.USUAL,
    }
    published(room)
    assert stand(room, TODAY).due == date(2026, 9, 5)
    actions.set_interval(room.housing, None, admin, "b")
    assert stand(room, TODAY).due == date(2027, 3, 5)
    with pytest.raises(ValidationError):
        actions.set_interval(room.housing, 0, admin, "c")
    with pytest.raises(NotAllowedError):
        actions.set_interval(room.housing, 3, room.writer, "d")


def test_systems_have_an_age_and_no_day(room):
    published(room, replace(whole(room), title="保密审查制度"), Column.SYSTEM)
    found = stand(room, date(2029, 4, 1), Column.SYSTEM)
    assert (found.due, found.is_late, found.months) == (None, False, 36)


def told(on: date) -> list[tuple[str, date, str]]:
    return [(each.kind, each.day, each.about) for each in reminding.due(on)]


def test_what_is_due_is_told_a_month_before_and_once_a_month_after(room):
    document = published(room)
    assert told(date(2027, 2, 2)) == []
    assert told(date(2027, 2, 3)) == [
        (Kind.GUIDE_DUE, date(2027, 3, 5), f"{document.pk}/0")
    ]
    late = [told(date(2027, *day)) for day in ((3, 6), (4, 5), (4, 6), (5, 6))]
    assert [row[0][0] for row in late] == [Kind.GUIDE_LATE] * 4
    assert [row[0][2][-1] for row in late] == ["0", "0", "1", "2"]


def test_a_body_that_publishes_without_a_guide_is_told_and_no_other(room):
    assert told(TODAY) == []
    room.published()
    assert told(TODAY) == [(Kind.GUIDE_MISSING, date(2026, 3, 1), "")]


def test_the_notice_opens_the_page_of_the_body(room, client):
    room.published()
    tell(list(reminding.due(TODAY)), Staff(TODAY), clock.now())
    client.force_login(room.clerk)
    page = client.get("/notices/").content.decode()
    assert f"/guides/{room.housing.pk}/" in page
