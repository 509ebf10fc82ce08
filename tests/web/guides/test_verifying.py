"""What was altered in lists, catalogue and guides behind the ledger's back is told."""

from __future__ import annotations

import pytest

from mingtang.screening import Word
from mingtang_web.guides import actions as guides
from mingtang_web.guides.models import Confirmation, Interval
from mingtang_web.ledger.doing import Doing
from mingtang_web.matters import actions as matters
from mingtang_web.matters.models import Fulfilment, Item
from mingtang_web.wordlists import actions as wordlists
from mingtang_web.wordlists.models import Listed, ListOfWords
from tests.web.guides.test_guides import published
from tests.web.publication.offices import TODAY
from tests.web.publication.test_verifying import verified

ALTERED = [
    (Confirmation, {"reason": "没有核对"}),
    (Interval, {"months": 60}),
    (Listed, {"right": "别的"}),
    (Listed, {"retired_on": TODAY}),
    (ListOfWords, {"owner": "别人"}),
    (ListOfWords, {"retired_on": TODAY}),
    (Item, {"contents": "别的"}),
    (Item, {"until": TODAY}),
    (Fulfilment, {"ended_at": "2026-03-05T00:00:00Z"}),
]


@pytest.fixture
def kept(room) -> None:
    document, admin = published(room), room.administrator
    document = guides.confirm(document, room.doing(room.writer, document, "逐项核对"))
    guides.set_interval(room.housing, 6, admin, None)
    lines = [matters.Line(*"甲乙丙丁戊己"), matters.Line(*"甲乙丙丁戊庚")]
    matters.add(room.housing, lines, TODAY, Doing(admin, 0, note="首次"))
    first, last = Item.objects.order_by("pk")
    matters.retire(first, TODAY, Doing(admin, 0, note="划出"))
    matters.link(last, document, Doing(room.writer, 0))
    matters.unlink(Fulfilment.objects.get(), Doing(room.writer, 0))
    matters.link(last, document, Doing(room.writer, 0))
    words = wordlists.begin(room.housing, "本局", "局", Doing(admin, 0))
    wordlists.add(words, [Word("甲乙", "丙"), Word("丁戊", "己")], "", Doing(admin, 1))
    wordlists.retire(words, Listed.objects.first().pk, Doing(admin, 2, note="改名"))


@pytest.mark.usefixtures("kept")
def test_what_was_done_verifies_and_what_was_altered_is_told():
    assert verified() == ""
    silent = []
    for model, change in ALTERED:
        row = model.objects.order_by("pk").last()
        before = {name: getattr(row, name) for name in change}
        model.objects.filter(pk=row.pk).update(**change)
        silent += [] if verified() else [(model.__name__, change)]
        model.objects.filter(pk=row.pk).update(**before)
    assert silent == []
    assert verified() == ""
