"""What reaches into a register in use takes another person, and only what was tried."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import figures as counting
from mingtang_web.cases.actions import SignOffError
from mingtang_web.cases.models import Case
from mingtang_web.importing import actions, consenting, signing
from mingtang_web.importing.attempting import attempt
from mingtang_web.importing.consenting import UntriedError
from mingtang_web.importing.models import ImportProposal, Source
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.notices.models import Kind, Notice
from tests.web.cases.requests import Office, at
from tests.web.importing.ledgers import written
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User

D = date
LIVE, TODAY = D(2026, 11, 9), D(2026, 11, 23)
ASKED = {"channel": "窗口", "kind": "企业", "name": "青云物业公司", "subject": "竣工备案表"}
LATE = ASKED | {
    "old_number": "老1", "received": "2026-11-10", "decided": "2026-11-20",
    "ground": "会损害第三方合法权益", "dispatched": "2026-11-20", "mode": "邮寄",
    "delivered": "2026-11-20",
}  # fmt: skip
BEFORE = LATE | {
    "old_number": "老2", "received": "2026-10-08", "decided": "2026-10-20",
    "ground": "国家秘密", "dispatched": "2026-10-20", "delivered": "2026-10-20",
}  # fmt: skip
OPEN = ASKED | {"old_number": "老3", "received": "2026-11-02"}
WHY = "启用以前的纸质登记簿，已逐件核对"


@pytest.fixture
def used(db: None) -> Office:  # noqa: ARG001 - asked for, not used
    """A bureau whose register is in use."""
    with at(LIVE):
        office = Office()
        office.registered(arrived=LIVE)
    with at(TODAY):
        yield office


def tried(office: Office, *rows: dict[str, str], name: str = "a.csv") -> Source:
    source = actions.upload(office.housing, name, written(rows), office.administrator)
    said = source.mapping | {"values": {"ground": GROUNDS}}
    actions.set_mapping(source, said, office.administrator)
    attempt(source, office.administrator)
    return source


GROUNDS = {"会损害第三方合法权益": "N4", "国家秘密": "N1"}


def proposed(office: Office, *rows: dict[str, str]) -> ImportProposal:
    return signing.propose(tried(office, *rows), WHY, office.administrator)


def test_what_was_not_tried_is_not_taken_over(office: Office) -> None:
    rows = written([OPEN | {"received": "2026-03-02"}])
    source = actions.upload(office.housing, "a.csv", rows, office.administrator)
    with pytest.raises(UntriedError):
        actions.run(source, office.administrator)
    attempt(source, office.administrator)
    actions.set_mapping(source, source.mapping, office.administrator)
    with pytest.raises(UntriedError):
        actions.run(source, office.administrator)
    attempt(source, office.administrator)
    Source.objects.update(mapping=source.mapping | {"undispatched": "waiting"})
    with pytest.raises(UntriedError):
        actions.run(source, office.administrator)
    assert not Case.objects.exists()


def test_a_register_not_in_use_takes_nobody_else(office: Office) -> None:
    source = tried(office, BEFORE | {"received": "2026-03-02"})
    assert consenting.why(source) == ""
    with pytest.raises(SignOffError, match="无须审批"):
        signing.propose(source, WHY, office.administrator)


def test_a_register_that_comes_into_use_after_the_trial_is_tried_again(
    office: Office,
) -> None:
    source = tried(office, OPEN | {"received": "2026-03-02"})
    office.registered()
    with pytest.raises(UntriedError):
        actions.run(source, office.administrator)


@pytest.mark.parametrize(
    ("row", "asked"),
    [(LATE, True), (BEFORE, True), (OPEN, False),
     (OPEN | {"received": "2026-11-09"}, True),
     (OPEN | {"closed": "2026-11-05", "closed_how": "撤回"}, True)],
)  # fmt: skip
def test_in_a_register_in_use_it_takes_two_where_it_is_over_or_came_since(
    used: Office, row: dict[str, str], *, asked: bool
) -> None:
    source = tried(used, row)
    assert bool(consenting.why(source)) is asked
    if asked:
        with pytest.raises(SignOffError, match="须经本机关另一位审批人批准"):
            actions.run(source, used.administrator)
        with pytest.raises(SignOffError):
            actions.run(source, None)
    else:
        assert actions.run(source, used.administrator).imported == 1


def test_the_approver_sees_what_would_come_and_it_comes_with_their_name(
    used: Office,
) -> None:
    made = proposed(used, LATE, BEFORE, OPEN)
    told = {k: made.trial[k] for k in ("concluded", "in_time", "denied", "since", "last")}
    assert told == {
        "concluded": 2, "in_time": 2, "denied": 2, "since": 1, "last": "2026-11-10",
    }  # fmt: skip
    assert Notice.objects.get(kind=Kind.IMPORT_ASKED).user == used.approver
    signing.approve(made, used.approver, "已看原簿")
    assert Notice.objects.get(kind=Kind.IMPORT_ANSWERED).user == used.administrator
    assert Notice.objects.get(kind=Kind.IMPORTED).user == used.supervisor
    assert actions.run(made.source, used.administrator) == (3, 3, 0)
    case = Case.objects.get(imported__old_number="老1")
    entry = Entry.objects.filter(case_id=case.pk).earliest("sequence")
    assert (entry.actor, entry.approver) == (used.administrator, used.approver)
    assert entry.content["imported"]["approved"] == made.pk
    assert list(faults(used.housing)) == []


def test_nobody_consents_to_their_own(used: Office) -> None:
    for who in (used.clerk, used.administrator):
        with pytest.raises(NotAllowedError):
            signing.approve(proposed_again(used), who)
    appointed(used.administrator, used.housing, Role.APPROVER)
    with pytest.raises(SignOffError, match="不能自己批准"):
        signing.approve(proposed_again(used), used.administrator)
    elsewhere = person("elsewhere")
    appointed(elsewhere, used.water, Role.APPROVER)
    with pytest.raises(NotAllowedError):
        signing.approve(proposed_again(used), elsewhere)
    second = person("second")
    appointed(second, used.housing, Role.APPROVER)
    appointed(second, used.housing, Role.ADMINISTRATOR)
    made = signing.approve(proposed_again(used), second)
    with pytest.raises(SignOffError, match="不能自己导入"):
        actions.run(made.source, second)
    assert actions.run(made.source, used.administrator).imported == 1


def proposed_again(office: Office) -> ImportProposal:
    return ImportProposal.objects.first() or proposed(office, LATE)


def test_consent_is_to_the_very_file_mapping_and_trial(used: Office) -> None:
    made = proposed(used, LATE, BEFORE)
    source = made.source
    said = source.mapping | {"values": {"ground": GROUNDS | {"国家秘密": "N2"}}}
    actions.set_mapping(source, said, used.administrator)
    made.refresh_from_db()
    assert made.stage == "overtaken"
    with pytest.raises(SignOffError, match="已失效"):
        signing.approve(made, used.approver)
    attempt(source, used.administrator)
    second = signing.propose(source, WHY, used.administrator)
    signing.approve(second, used.approver)
    actions.set_mapping(source, made.trial["mapping"], used.administrator)
    attempt(source, used.administrator)
    with pytest.raises(SignOffError, match="请先送审"):
        actions.run(source, used.administrator)
    other = tried(used, LATE, BEFORE, OPEN, name="b.csv")
    with pytest.raises(SignOffError, match="请先送审"):
        actions.run(other, used.administrator)


def test_what_the_trial_could_not_take_over_does_not_come_in_later(used: Office) -> None:
    made = proposed(used, LATE, OPEN | {"received": "2026-11-24"})
    assert made.trial["unfit"] == [3]
    signing.approve(made, used.approver)
    with at(D(2026, 11, 24)):
        assert actions.run(made.source, used.administrator) == (2, 1, 1)
    assert "试算时不能导入" in made.source.refusals.get().reason


def test_a_trial_that_finds_something_else_takes_another_consent(used: Office) -> None:
    made = proposed(used, LATE, OPEN | {"received": "2026-11-24"})
    signing.approve(made, used.approver)
    attempt(made.source, used.administrator)
    assert consenting.ready(made.source, used.administrator) == made
    with at(D(2026, 11, 24)):
        assert attempt(made.source, used.administrator).fit == 2
        with pytest.raises(SignOffError, match="请先送审"):
            actions.run(made.source, used.administrator)


def test_an_import_cut_short_goes_on_under_the_same_consent(used: Office) -> None:
    made = proposed(used, LATE, BEFORE, OPEN)
    signing.approve(made, used.approver)
    assert actions.run(made.source, used.administrator, most=1).imported == 1
    again = Source.objects.get(pk=made.source_id)
    assert actions.run(again, used.administrator) == (3, 3, 0)


def test_a_trial_of_what_is_left_does_not_count_what_is_there(used: Office) -> None:
    source = tried(used, OPEN, OPEN | {"old_number": "老4"})
    actions.run(source, used.administrator, most=1)
    found = attempt(source, used.administrator)
    assert (found.rows, found.fit, found.refused) == (1, 1, ())


def test_it_is_sent_once_returned_with_a_reason_and_taken_back_by_its_sender(
    used: Office,
) -> None:
    source = tried(used, LATE)
    with pytest.raises(SignOffError, match="须写明理由"):
        signing.propose(source, " ", used.administrator)
    made = signing.propose(source, WHY, used.administrator, "k")
    assert signing.propose(source, WHY, used.administrator, "k") == made
    with pytest.raises(SignOffError, match="正待审批"):
        signing.propose(source, WHY, used.administrator)
    with pytest.raises(SignOffError, match="退回须写明理由"):
        signing.send_back(made, used.approver, "")
    with pytest.raises(SignOffError, match="本人"):
        signing.take_back(made, used.approver)
    assert signing.send_back(made, used.approver, "请附原簿").stage == "returned"
    made = signing.propose(source, WHY, used.administrator)
    assert signing.take_back(made, used.administrator).stage == "withdrawn"
    made = signing.propose(source, WHY, used.administrator)
    actions.clear(source, used.administrator)
    made.refresh_from_db()
    assert made.stage == "overtaken"
    assert list(faults(used.housing)) == []


def test_the_server_imports_nothing_that_takes_two(used: Office, tmp_path: Path) -> None:
    file, out = tmp_path / "台账.csv", io.StringIO()
    file.write_bytes(written([LATE | {"ground": "N4"}]))
    words = {"body": used.housing.code, "stdout": out}
    with pytest.raises(CommandError, match="--reason"):
        call_command("import_ledger", file, **words)
    assert "其中按期 1 件" in out.getvalue()
    for _ in range(2):
        with pytest.raises(CommandError, match="还没有导入"):
            call_command("import_ledger", file, resume=True, reason=WHY, **words)
    [made] = ImportProposal.objects.all()
    assert made.proposer is None
    signing.approve(made, used.approver)
    call_command("import_ledger", file, resume=True, **words)
    assert "导入 1 件" in out.getvalue()


def test_on_the_pages_it_is_tried_sent_approved_and_only_then_imported(
    used: Office,
) -> None:
    at_desk, approver = at_the_desk(used.administrator), at_the_desk(used.approver)
    rows = written([LATE | {"ground": "N4"}])
    source = actions.upload(used.housing, "a.csv", rows, used.administrator)
    place = f"/import/{source.pk}/"
    assert "先试算，才能导入" in at_desk.get(place).text
    refused = at_desk.post(f"{place}run/")
    assert (refused.status_code, Case.objects.count()) == (409, 1)
    assert "没有导入：还没有按现在的文件" in refused.text
    at_desk.post(f"{place}try/")
    shown = at_desk.get(place).text
    assert "开始导入" not in shown
    assert at_desk.post(f"{place}run/").status_code == 409
    assert at_desk.post(f"{place}propose/", {"key": "k", "why": ""}).status_code == 422
    at_desk.post(f"{place}propose/", {"key": "k", "why": WHY})
    made = ImportProposal.objects.get()
    page = f"/import/proposals/{made.pk}/"
    assert "待我审批的旧台账导入" in approver.get("/").text
    assert "待我审批的旧台账导入" not in at_desk.get("/").text
    shown = approver.get(page).text
    for words in ("2026-11-10", "启用以后", "第2行", source.digest, WHY, "按期 1"):
        assert words in shown, words
    assert "青云物业公司" not in shown
    for other in (used.clerk, used.supervisor):
        assert at_the_desk(other).get(page).status_code == 404
    assert at_desk.post(page, {"key": "x", "answer": "agree"}).status_code == 403
    assert approver.post(page, {"key": "x", "answer": "return"}).status_code == 422
    assert approver.post(page, {"key": "x", "answer": "agree"}).status_code == 302
    assert approver.post(page, {"key": "x", "answer": "agree"}).status_code == 409
    at_desk.post(f"{place}run/")
    assert Case.objects.filter(imported__source=source).count() == 1


def test_what_was_imported_is_told_apart_from_what_was_answered_here(
    used: Office,
) -> None:
    made = proposed(used, LATE, BEFORE)
    signing.approve(made, used.approver)
    actions.run(made.source, used.administrator)
    counted = counting.figures(counting.Scope(used.housing)).years[2026]
    assert (counted.kept["in_time"], counted.imported["in_time"]) == (2, 2)
    client = at_the_desk(used.supervisor)
    shown = client.get("/supervision/").text
    assert "其中导入 2" in shown
    assert "由旧台账导入，没有在这里逐步办理" in shown
    assert f"{used.administrator.display_name}、{used.approver.display_name}" in shown
    board = client.get(f"/figures/?body={used.housing.pk}").text
    assert "其中由旧台账导入的 2 件（按期 2 件）" in board
    listed = client.get("/cases/?tab=all&state=all&note=imported&decided=2026")
    assert "老1" in listed.text or "竣工备案表" in listed.text


def at_the_desk(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


SPECIFICATION = yaml.safe_load(
    (Path(__file__).parent.parent / "authorisation.yaml").read_text("utf-8")
)["importing"]
DOES = {
    "upload": lambda one, who: actions.upload(
        one.source.body, "c.csv", written([OPEN]), who
    ),
    "map": lambda one, who: actions.set_mapping(one.source, one.trial["mapping"], who),
    "try": lambda one, who: attempt(one.source, who),
    "propose": lambda one, who: signing.propose(one.source, WHY, who),
    "approve": signing.approve,
    "send_back": lambda one, who: signing.send_back(one, who, "请核对"),
    "run": lambda one, who: actions.run(one.source, who),
    "clear": lambda one, who: actions.clear(one.source, who),
}


@pytest.mark.parametrize("act", SPECIFICATION)
def test_each_act_is_for_whom_the_table_says(used: Office, act: str) -> None:
    made = proposed(used, LATE)
    if act in {"propose", "run"}:
        signing.take_back(made, used.administrator)
    if act == "run":
        made = signing.propose(made.source, WHY, used.administrator)
        signing.approve(made, used.approver)
    allowed = set()
    for role in Role:
        who = person(f"one-{role.value}")
        appointed(who, used.office if role is Role.SUPERVISOR else used.housing, role)
        sid = transaction.savepoint()
        try:
            DOES[act](ImportProposal.objects.get(pk=made.pk), who)
            allowed.add(role.value)
        except NotAllowedError:
            pass
        transaction.savepoint_rollback(sid)
    assert allowed == set(SPECIFICATION[act])
    assert set(SPECIFICATION) == set(DOES)
