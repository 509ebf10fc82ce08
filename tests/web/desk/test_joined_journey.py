"""What takes two persons though no letter goes out, and what an ending takes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingtang.case import events as e
from mingtang_web.cases import renaming
from mingtang_web.cases.actions import Doing, do
from mingtang_web.cases.amending import Amendment
from mingtang_web.cases.models import Case
from mingtang_web.cases.signing import propose
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import ASKER, at
from tests.web.desk.test_case_journey import press
from tests.web.desk.test_others_journey import on_one_database
from tests.web.letters.ways import GRANTED, LetterOffice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date
TODAY = D(2026, 3, 20)
WORDS = (
    "请提供青云小区一号楼、二号楼的竣工验收备案表，并提供备案时所附的消防验收意见书复印件。"
)


def happened(office: LetterOffice) -> dict[str, int]:
    """A request that came twice, another name proposed, an answer that never left."""
    first = office.registered()
    again = office.registered(
        arrived=D(2026, 3, 6), subject="青云小区备案表及所附材料", description=WORDS
    )
    twice = office.registered(arrived=D(2026, 3, 9))
    doing = Doing(office.handler, twice.version, note="当事人称前一次没有留下回执")
    merging = propose(twice, e.Merged(on=TODAY, into=first.number), doing)
    named = office.came("correction_notice")
    asked = Amendment(
        replace(ASKER, name="李四海"), "post", "登记时抄错一字", 0, "核对了身份证原件"
    )
    made = renaming.propose(Case.objects.get(pk=named.case_id), asked, office.clerk)
    case = office.act(office.registered(), GRANTED, office.order("disclosure"))
    gone = office.act(office.registered(), GRANTED, office.order("disclosure"))
    gone = do(
        gone, e.Withdrawn(on=TODAY), Doing(office.clerk, gone.version, note="来函撤回")
    )
    undo = e.Struck(on=TODAY, entry=gone.version - 1)
    gone = do(gone, undo, Doing(office.approver, gone.version, note="登错案件"))
    return {
        "first": first.pk, "again": again.pk, "twice": twice.pk, "merging": merging.pk,
        "named": named.case_id, "naming": made.pk, "answered": case.pk, "gone": gone.pk,
    }  # fmt: skip


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_what_two_persons_join_and_name(db, chromium, live_server, look):  # noqa: ARG001
    on_one_database()
    with at(TODAY), opened(chromium, live_server.url, look) as tab:
        own = happened(LetterOffice())
        sign_in(tab, "handler")
        here = f"/cases/{own['again']}/do/merge/"
        tab.goto(here)
        assert_good(tab, "joined-1-form")
        tab.select_option("[name=into]", index=1)
        tab.fill("[name=note]", "申请人确认是同一申请，补充写明所附材料")
        press(tab, "下一步：核对")
        assert "请逐字对照" in tab.inner_text("main")
        assert_good(tab, "joined-2-check")
        press(tab, "确认送审")
        assert "已送审" in tab.inner_text("main")
        tab.goto(f"/cases/{own['answered']}/do/withdraw/")
        assert_good(tab, "joined-3-withdraw")
        tab.goto(f"/cases/{own['gone']}/")
        assert "须重新出具" in tab.inner_text("main")
        assert_good(tab, "joined-4-anew")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_what_the_approver_sees_of_it(db, chromium, live_server, look):  # noqa: ARG001
    on_one_database()
    with at(TODAY), opened(chromium, live_server.url, look) as tab:
        own = happened(LetterOffice())
        sign_in(tab, "approver")
        tab.goto("/cases/?tab=review")
        assert_good(tab, "joined-5-list")
        tab.goto(f"/cases/{own['twice']}/proposals/{own['merging']}/")
        assert_good(tab, "joined-6-merging")
        press(tab, "批准")
        tab.goto(f"/cases/{own['first']}/")
        assert "并入本件的" in tab.inner_text("main")
        assert_good(tab, "joined-6a-into")
        tab.goto(f"/cases/{own['named']}/")
        assert_good(tab, "joined-7-waits")
        tab.goto(f"/cases/{own['named']}/proposals/{own['naming']}/")
        assert_good(tab, "joined-8-naming")
        tab.click("text=查看完整的新旧信息")
        tab.fill("[name=why]", "批准前核对")
        press(tab, "查看，记入台账")
        assert "李四海" in tab.inner_text("main")
        assert_good(tab, "joined-9-whole")
