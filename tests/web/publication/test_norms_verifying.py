"""What was altered of validity and clean-ups behind the ledger's back is told."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web.publication import cleaning, linking
from mingtang_web.publication.cleaning import Concluded, Plan
from mingtang_web.publication.cleanups import CleanUp, CleanUpItem
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import ForceEvent, Interpretation, StockTaking
from mingtang_web.publication.stock import declare_stock
from tests.web.publication.norms import NORM, stock
from tests.web.publication.offices import TODAY
from tests.web.publication.test_verifying import verified


@pytest.fixture
def register(room) -> None:
    stock(room, date(2019, 1, 1))
    text = room.published(title="解读")
    linking.link(text, room.published(**NORM), "text", room.doing(room.writer, text))
    plan = Plan("清理", TODAY, "通知")
    campaign = cleaning.open_clean_up(room.housing, plan, room.doing(room.writer))
    said = {item.pk: Concluded("void", "完成") for item in campaign.items.all()}
    campaign = cleaning.conclude(campaign, said, room.doing(room.writer, campaign))
    cleaning.sign(campaign, room.doing(room.approver, campaign))
    declare_stock(room.housing, TODAY, "核对过", room.doing(room.approver))


@pytest.mark.usefixtures("register")
def test_what_was_done_verifies():
    assert verified() == ""


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("model", "change"),
    [
        (ForceEvent, {"basis": "换过的依据"}),
        (ForceEvent, {"stage": "struck"}),
        (Interpretation, {"means": "graphic"}),
        (CleanUp, {"signed_why": "换过的意见"}),
        (CleanUpItem, {"conclusion": "keep"}),
        (StockTaking, {"through": date(2020, 1, 1)}),
        (Document, {"validity": "in_force"}),
        (Document, {"norm": "regulation"}),
    ],
)
def test_what_was_altered_is_told(model, change):
    row = model.objects.filter(**({"norm": "normative"} if model is Document else {}))
    model.objects.filter(pk=row.order_by("pk").last().pk).update(**change)
    assert verified()
