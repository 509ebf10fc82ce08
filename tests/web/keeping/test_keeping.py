"""Accounts, appointments and bodies: who may change them, and what the ledger tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Delegation, Kind, Membership, Role
from mingtang_web.bodies.policy import ClosedBodyError, NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.models import Case
from mingtang_web.keeping import accounts, appointing, tree
from mingtang_web.keeping.policy import KeepingError
from mingtang_web.keeping.recording import By
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from tests.web.cases.requests import Office, at
from tests.web.people import DAY, PASSWORD, appointed, person, unified_code

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 2)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def office(db):  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


@pytest.fixture
def chief(office) -> User:
    """Who administers the whole district."""
    found = person("chief", "区管理")
    appointed(found, office.office, Role.ADMINISTRATOR)
    return found


def newcomer(name: str = "newcomer") -> User:
    return User(username=name, display_name="新来的")


def role(user: User, where: Body, what: Role = Role.HANDLER, **more) -> Membership:
    return Membership(user=user, body=where, role=what, **{"since": TODAY} | more)


def kinds(body: Body) -> list[str]:
    return list(
        Entry.objects.filter(body=body, case_id=None).values_list("kind", flat=True)
    )


def test_an_account_opens_with_a_password_told_once(office):
    by = By(office.administrator, "k1")
    user = newcomer()
    made = accounts.open_account(user, role(user, office.housing), by)
    assert made.user.check_password(made.password)
    assert made.until == clock.now() + accounts.VALID
    again = newcomer()
    told = accounts.open_account(again, role(again, office.housing), by)
    assert (told.user.pk, told.password) == (made.user.pk, "")
    assert User.objects.filter(username="newcomer").count() == 1
    assert kinds(office.housing) == ["account.opened", "role.given"]
    payloads = " ".join(Entry.objects.values_list("payload", flat=True))
    assert made.password not in payloads
    assert "新来的" not in payloads
    assert not list(faults(office.housing))


def test_a_username_that_differs_by_capitals_alone_is_taken(office):
    user = newcomer("CLERK")
    with pytest.raises(ValidationError, match="已有人用"):
        accounts.open_account(user, role(user, office.housing), By(office.administrator))
    assert kinds(office.housing) == []


def test_nobody_opens_an_account_elsewhere(office):
    for where in (office.office, office.water, office.elsewhere):
        user = newcomer()
        with pytest.raises(NotAllowedError):
            accounts.open_account(user, role(user, where), By(office.administrator))
    user = newcomer()
    below = role(user, office.township)
    assert accounts.open_account(user, below, By(office.administrator)).password


def test_whoever_is_helped_back_in(office):
    by = By(office.administrator)
    AccessAttempt.objects.create(
        username="clerk", failures_since_start=9, attempt_time=clock.now()
    )
    Authenticator.objects.create(user=office.clerk, type="totp", data={})
    accounts.unlock(office.clerk, by)
    assert not AccessAttempt.objects.exists()
    accounts.reset_second_factor(office.clerk, by)
    assert not Authenticator.objects.exists()
    made = accounts.reset_password(office.clerk, by)
    office.clerk.refresh_from_db()
    assert office.clerk.check_password(made.password)
    assert not office.clerk.check_password(PASSWORD)
    assert kinds(office.housing) == [
        "account.unlocked", "account.second_factor_reset", "account.password_reset",
    ]  # fmt: skip


def test_nobody_takes_over_an_account_that_opens_more(office, chief):
    appointed(office.clerk, office.water, Role.CLERK)
    with pytest.raises(NotAllowedError, match="西山区水务局"):
        accounts.reset_password(office.clerk, By(office.administrator))
    assert accounts.reset_password(office.clerk, By(chief)).password


def test_a_loan_from_elsewhere_guards_an_account_too(office):
    waterman = person("waterman")
    appointed(waterman, office.water, Role.APPROVER)
    appointing.lend(
        Delegation(
            lender=waterman, borrower=office.clerk, body=office.water,
            since=TODAY, until=TODAY, reason="开会",
        ),
        By(waterman),
    )  # fmt: skip
    with pytest.raises(NotAllowedError, match="西山区水务局"):
        accounts.reset_password(office.clerk, By(office.administrator))


def test_nobody_changes_their_own_rights(office, chief):
    own = By(office.administrator)
    with pytest.raises(KeepingError, match="自己的权限"):
        appointing.appoint(role(office.administrator, office.housing, Role.APPROVER), own)
    with pytest.raises(KeepingError, match="自己的权限"):
        appointing.lend(
            Delegation(
                lender=office.approver, borrower=office.administrator,
                body=office.housing, since=TODAY, until=TODAY, reason="代办",
            ),
            own,
        )  # fmt: skip
    held = office.administrator.memberships.get()
    for change in (
        lambda: appointing.end(held, TODAY, own),
        lambda: accounts.shut(office.administrator, "调离", own),
        lambda: accounts.reset_password(office.administrator, own),
    ):
        with pytest.raises(KeepingError, match="自己的权限"):
            change()
    appointing.appoint(role(office.administrator, office.housing, Role.CLERK), By(chief))


def test_the_last_administrator_stays(office, chief):
    other = person("other")
    appointed(other, office.office, Role.ADMINISTRATOR, until=TODAY)
    first = chief.memberships.get()
    for change in (
        lambda: appointing.end(first, TODAY, By(other)),
        lambda: accounts.shut(chief, "退休", By(other)),
    ):
        with pytest.raises(KeepingError, match="没有别的管理员"):
            change()
    appointing.end(office.administrator.memberships.get(), TODAY, By(chief))
    lasting = person("lasting")
    appointing.appoint(role(lasting, office.office, Role.ADMINISTRATOR), By(chief))
    accounts.shut(chief, "退休", By(lasting))
    assert standing(User.objects.get(pk=chief.pk), TODAY).holdings == ()


def test_whoever_left_is_shut_out_and_may_come_back(client, office):
    client.force_login(office.clerk)
    assert client.get("/").status_code == 200
    by = By(office.administrator)
    accounts.shut(office.clerk, "调离", by)
    assert "工作人员登录" in client.get("/").text
    with pytest.raises(KeepingError, match="已停用"):
        appointing.appoint(role(office.clerk, office.housing), by)
    accounts.reopen(office.clerk, by)
    assert kinds(office.housing) == ["account.shut", "account.reopened"]
    assert User.objects.filter(pk=office.clerk.pk).exists()


def test_a_role_is_given_once_and_ends(office):
    by = By(office.administrator, "once")
    given = appointing.appoint(role(office.clerk, office.housing), by)
    assert appointing.appoint(role(office.clerk, office.housing), by) == given
    with pytest.raises(KeepingError, match="已有"):
        appointing.appoint(role(office.clerk, office.housing), By(office.administrator))
    early = office.clerk.memberships.get(role=Role.CLERK)
    with pytest.raises(KeepingError, match="不能追改"):
        appointing.end(early, DAY, By(office.administrator))
    appointing.end(early, YESTERDAY, By(office.administrator))
    assert {held.role for held in standing(office.clerk, TODAY).holdings} == {Role.HANDLER}
    with pytest.raises(KeepingError, match="不能在这里延长"):
        appointing.end(early, TODAY, By(office.administrator))
    assert kinds(office.housing) == ["role.given", "role.ended"]


def test_people_lend_their_own_roles_and_take_them_back(office):
    loan = Delegation(
        lender=office.approver, borrower=office.clerk, body=office.housing,
        since=TODAY, until=TODAY + timedelta(days=3), reason="出差",
    )  # fmt: skip
    appointing.lend(loan, By(office.approver))
    assert Role.APPROVER in standing(office.clerk, TODAY).roles_in(office.housing)
    loan.since = YESTERDAY
    loan.save()
    appointing.give_back(loan, By(office.approver))
    assert Role.APPROVER not in standing(office.clerk, TODAY).roles_in(office.housing)
    with pytest.raises(KeepingError, match="没有可以委托的角色"):
        appointing.lend(
            Delegation(
                lender=office.administrator, borrower=office.clerk, body=office.housing,
                since=TODAY, until=TODAY, reason="出差",
            ),
            By(office.administrator),
        )  # fmt: skip
    assert kinds(office.housing) == ["role.lent", "role.returned"]


def test_a_body_is_founded_below_ones_own(office):
    def asked(parent: Body | None) -> Body:
        return Body(
            code=unified_code(40), name="西山区林业局", short_name="区林业局",
            letter_code="西林", kind=Kind.DEPARTMENT, region="990101", parent=parent,
        )  # fmt: skip

    by = By(office.administrator, "new")
    made = tree.found(asked(office.housing), by)
    assert made.path.startswith(office.housing.path)
    assert tree.found(asked(office.housing), by) == made
    for parent in (office.office, office.elsewhere):
        with pytest.raises(NotAllowedError):
            tree.found(asked(parent), By(office.administrator))
    with pytest.raises(KeepingError, match="主管机关"):
        tree.found(asked(None), By(office.administrator))


def test_a_renamed_body_keeps_what_it_was_called(office):
    by = By(office.administrator)
    named = tree.Named("西山区住房建设和交通局", "区住建交通局", "西建交")
    body = tree.rename(office.housing, named, TODAY, by)
    assert [(old.name, old.until) for old in body.former_names.all()] == [
        ("西山区住房和城乡建设局", YESTERDAY)
    ]
    with pytest.raises(KeepingError, match="上一个名称"):
        tree.rename(body, named._replace(short_name="住建交通"), TODAY, by)
    with pytest.raises(KeepingError, match="到那天再办"):
        tree.rename(body, named._replace(name="另名"), TODAY + timedelta(days=1), by)
    taken = named._replace(name="西山区水务局")
    body.former_names.update(until=DAY)
    with pytest.raises(ValidationError):
        tree.rename(body, taken, TODAY, by)
    assert Body.objects.get(pk=body.pk).name == "西山区住房建设和交通局"


def test_what_letters_tell_of_a_body_is_mended_with_a_trace(office):
    card = {name: str(getattr(office.housing, name)) for name in tree.CARD}
    tree.amend(office.housing, card | {"address": "政务路九号"}, By(office.administrator))
    entry = Entry.objects.get(kind="body.amended")
    said = {"before": {"address": ""}, "after": {"address": "政务路九号"}}
    assert said.items() <= entry.content.items()
    with pytest.raises(ValidationError, match="统一社会信用代码"):
        tree.amend(office.housing, card | {"code": "1"}, By(office.administrator))


def test_a_body_closes_when_nothing_is_open_in_it(office, chief):
    office.registered()
    with pytest.raises(KeepingError, match="下级机关 1 个、在办案件 1 件"):
        tree.close(office.housing, TODAY, office.water, By(chief))
    tree.move(office.township, office.office, By(chief))
    Case.objects.update(phase="closed")
    closed = tree.close(office.housing, TODAY, office.water, By(chief))
    assert (closed.closed_on, closed.successor) == (TODAY, office.water)
    office.housing.refresh_from_db()
    with pytest.raises(ClosedBodyError, match="已于2026-04-02并入西山区水务局"):
        office.registered()
    with pytest.raises(ClosedBodyError):
        appointing.appoint(role(office.clerk, office.housing, Role.HANDLER), By(chief))
    assert Case.objects.filter(body=office.housing).count() == 1


def test_a_body_is_not_moved_out_of_ones_hands(office, chief):
    with pytest.raises(NotAllowedError):
        tree.move(office.township, office.water, By(office.administrator))
    with pytest.raises(NotAllowedError):
        tree.move(office.housing, office.elsewhere, By(chief))
    assert tree.move(office.township, office.water, By(chief)).parent == office.water
