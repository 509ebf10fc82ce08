"""Interpretations: linked both ways, in time or not, those that are missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.publication import linking, releasing
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
        link(room, room.drafted(title="没有发布的解读"), missing)
        rate = linking.interpreted(room.housing, 2026)
    assert (len(rate.told.owed), len(rate.told.done)) == (3, 2)
    assert (rate.assessed, rate.told.in_time) == (3, (in_time.index_number,))
    assert str(rate.told.rate) == "66.7"
    assert [each.document for each in rate.missing] == [missing]
    assert {each.due for each in rate.lines} == {date(2026, 3, 10)}


def test_before_its_term_is_out_nothing_is_late(room):
    room.published(**NORM)
    rate = linking.interpreted(room.housing, 2026)
    assert (len(rate.told.owed), rate.told.done, rate.assessed) == (1, (), 0)


def test_a_year_without_holidays_is_not_assessed(room):
    document = room.cleared(**NORM)
    with at(date(2027, 12, 30)):
        document = releasing.publish(document, room.doing(room.publisher, document))
        rate = linking.interpreted(room.housing, 2027)
    assert [each.in_time for each in rate.lines] == [None]
    assert rate.assessed == 0


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
