"""Interpretations: linked both ways, in time or not, those that are missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.publication import linking, releasing, reviewing
from mingtang_web.publication.models import Document
from mingtang_web.publication.recording import OutOfTurnError
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM, after
from tests.web.publication.offices import TODAY


def link(room, document, policy, by="text"):
    doing = room.doing(room.writer, document)
    return linking.link(document, policy, by, doing)


def test_the_rate_counts_what_is_out_and_in_time(room):
    in_time, late, missing = (
        room.published(**NORM | {"title": f"第{n}号办法"}) for n in (1, 2, 3)
    )
    room.published(title="不是规范性文件的通知")
    link(room, room.published(title="第一号的解读"), in_time)
    with at(date(2026, 3, 11)):
        link(room, room.published(title="第二号的解读"), late)
        link(room, room.sent(title="没有发布的解读"), missing)
        rate = linking.interpreted(room.housing, 2026)
    assert (len(rate.told.owed), len(rate.told.done)) == (3, 2)
    assert (rate.assessed, rate.told.in_time) == (3, (in_time.index_number,))
    assert (rate.owed, rate.done, rate.waiting, str(rate.percent)) == (3, 2, 0, "66.7")
    assert [each.document for each in rate.missing] == [missing]
    assert {each.due for each in rate.lines} == {date(2026, 3, 10)}


def test_before_its_term_is_out_nothing_is_late(room):
    room.published(**NORM)
    rate = linking.interpreted(room.housing, 2026)
    assert (len(rate.told.owed), rate.told.done, rate.assessed) == (1, (), 0)
    assert (rate.owed, rate.waiting, rate.percent, rate.missing) == (0, 1, None, ())


def test_what_is_not_due_yet_has_no_rate_on_its_page(room, client):
    room.published(**NORM)
    client.force_login(room.writer)
    where = {"body": room.housing.pk, "year": 2026}
    page = client.get(reverse("norm_interpretations"), where).text
    assert "尚未到期 <b>1</b> 件" in page
    assert "%" not in page.partition('class="norm-figures')[2].partition("</ul>")[0]
    with at(date(2026, 3, 11)):
        page = client.get(reverse("norm_interpretations"), where).text
    assert "（0.0%）" in page
    assert "尚未到期" not in page


def test_a_year_without_holidays_is_not_assessed(room):
    document = room.cleared(**NORM)
    with at(date(2027, 12, 30)):
        document = releasing.publish(document, room.doing(room.publisher, document))
        rate = linking.interpreted(room.housing, 2027)
    assert [each.in_time for each in rate.lines] == [None]
    assert (rate.assessed, rate.unsettled, rate.percent) == (0, 1, None)


def test_a_link_is_made_once_and_undone_with_a_reason(room):
    policy, document = room.published(**NORM), room.published(title="解读")
    document = link(room, document, policy)
    with pytest.raises(OutOfTurnError):
        link(room, document, policy)
    row = policy.interpreted_by.get()
    assert (row.document, row.means_label) == (document, "文字")
    with pytest.raises(ValidationError):
        linking.unlink(document, row.pk, room.doing(room.writer, document))
    document = linking.unlink(document, row.pk, room.doing(room.writer, document, "有误"))
    assert linking.interpreted(room.housing, 2026).told.done == ()
    link(room, document, policy)


def test_a_link_is_between_two_documents_of_a_body_by_known_means(room):
    document = room.published(**NORM)
    with pytest.raises(ValidationError):
        link(room, document, after(document))
    with pytest.raises(ValidationError) as why:
        link(room, room.published(title="解读"), document, "telepathy")
    assert "means" in why.value.message_dict
    with pytest.raises(NotAllowedError):
        linking.link(document, document, "text", room.doing(room.stranger, document))
    assert TODAY.year == 2026


def withdrawn(room):
    document = room.published(title="解读")
    return releasing.withdraw(document, room.doing(room.approver, document, "有误"))


def returned(room):
    document = room.sent(title="解读")
    return reviewing.send_back(document, room.doing(room.section, document, "重写"))


REFUSED = {
    "drafted": (lambda room: room.drafted(title="解读"), "还没有送审（起草中）"),
    "returned": (returned, "还没有送审（已退回修改）"),
    "withdrawn": (withdrawn, "已经撤下"),
    "withheld": (
        lambda room: room.sent(
            title="解读", attribute="withheld", attribute_reason="条例第十六条"
        ),
        "“不予公开”的文件不能作为解读关联",
    ),
    "normative": (
        lambda room: room.published(**NORM | {"title": "另一份办法"}),
        "规章、规范性文件不作为解读文件",
    ),
    "system": (
        lambda room: room.sent(room.drafted("system", title="公开制度")),
        "公开指南、目录、制度不是解读文件",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_come_to_the_public_interprets_nothing(room, kind):
    begun, why = REFUSED[kind]
    policy, document = room.published(**NORM), begun(room)
    with pytest.raises(ValidationError) as problem:
        link(room, document, policy)
    assert why in problem.value.message_dict["document"][0]
    assert not policy.interpreted_by.exists()
    assert not linking.to_link(Document.objects.filter(pk=document.pk)).exists()


def test_only_rules_and_normative_documents_are_interpreted(room):
    plain, kept = room.published(title="通知"), room.published(title="解读")
    with pytest.raises(ValidationError, match="被解读的须是规章、规范性文件"):
        link(room, kept, plain)
    secret = NORM | {"attribute": "withheld", "attribute_reason": "条例第十四条"}
    with pytest.raises(ValidationError, match="公众看不到它"):
        link(room, kept, room.sent(**secret))
    assert linking.to_link(Document.objects.all()).count() == 2


def test_what_is_linked_already_is_not_offered_again(room, client):
    policy, other = room.published(**NORM), room.published(title="第一份解读")
    client.force_login(room.writer)
    place = reverse("norm", args=[policy.pk])

    def offered() -> set[int]:
        form = client.get(place).context["link"]
        return {each.pk for each in form.newest}

    assert offered() == {other.pk}
    other = link(room, other, policy)
    assert offered() == set()
    row = policy.interpreted_by.get()
    linking.unlink(other, row.pk, room.doing(room.writer, other, note="关联错了"))
    assert offered() == {other.pk}


def test_what_is_not_public_yet_or_any_more_is_never_shown_with_it(room):
    policy, coming = room.published(**NORM), room.cleared(title="将要发布的解读")
    going = room.published(title="发布过的解读")
    coming, going = link(room, coming, policy), link(room, going, policy)
    shown, _of = linking.public_links(policy)
    assert [row.document for row in shown] == [going]
    going = releasing.withdraw(going, room.doing(room.approver, going, "有误"))
    assert linking.public_links(policy) == ([], [])
    page = Client().get(f"/info/{policy.index_number}/").content.decode()
    assert "将要发布的解读" not in page
    assert "发布过的解读" not in page
    releasing.publish(coming, room.doing(room.publisher, coming))
    page = Client().get(f"/info/{policy.index_number}/").content.decode()
    assert "将要发布的解读" in page
