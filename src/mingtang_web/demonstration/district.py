"""The demonstration district: a district office, eight departments, four townships.

All names are invented; the region code is not in use.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from mingtang_web import clock
from mingtang_web.accounts.models import SavedFilter, User
from mingtang_web.bodies.actions import add_body, appoint
from mingtang_web.bodies.codes import check_character
from mingtang_web.bodies.models import Body, Kind, Membership, Role, Section
from mingtang_web.demonstration.people import REGION
from mingtang_web.demonstration.staff import appoint_staff
from mingtang_web.notices.actions import prefer
from mingtang_web.notices.models import Preference

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

HISTORY = 1000
"""For how many days everybody has been in office."""
NAME = "西山区"
COURT = "西山区人民法院"
DISCLOSURE_OFFICE = "政府信息公开办公室"
REVIEW_ONLINE = "https://fy.xishan.example.cn"


class Outline(NamedTuple):
    """What is told of a body of the district; the rest follows from it."""

    name: str
    short_name: str
    letter_code: str
    kind: Kind


OFFICE = Outline("人民政府办公室", "区政府办", "西政办", Kind.OFFICE)
BELOW = (
    Outline("发展和改革局", "区发改局", "西发改", Kind.DEPARTMENT),
    Outline("教育局", "区教育局", "西教", Kind.DEPARTMENT),
    Outline("民政局", "区民政局", "西民", Kind.DEPARTMENT),
    Outline("财政局", "区财政局", "西财", Kind.DEPARTMENT),
    Outline("住房和城乡建设局", "区住建局", "西建", Kind.DEPARTMENT),
    Outline("水务局", "区水务局", "西水", Kind.DEPARTMENT),
    Outline("卫生健康局", "区卫健局", "西卫", Kind.DEPARTMENT),
    Outline("市场监督管理局", "区市监局", "西市监", Kind.VERTICAL),
    Outline("清河镇人民政府", "清河镇", "清政", Kind.TOWNSHIP),
    Outline("柳林镇人民政府", "柳林镇", "柳政", Kind.TOWNSHIP),
    Outline("石桥乡人民政府", "石桥乡", "石政", Kind.TOWNSHIP),
    Outline("南关街道办事处", "南关街道", "南办", Kind.TOWNSHIP),
)
SECTIONS = ("办公室", "法规股", "业务股")
WHERE = "区住建局"


class Account(NamedTuple):
    """An account of somebody with a role."""

    username: str
    display_name: str
    role: Role


MAILBOXES = "xishan.invalid"
"""Where the accounts' mail goes: a domain that can never be there."""
FILTERS = {
    Role.HANDLER: ("临期的网上申请", "clock=soon&channel=online"),
    Role.SUPERVISOR: ("逾期未说明原因", "state=all&note=unexplained"),
}
ACCOUNTS = (
    Account("dengji", "陈登记", Role.CLERK),
    Account("chengban", "王承办", Role.HANDLER),
    Account("fazhi", "林法制", Role.LEGAL_REVIEWER),
    Account("shenpi", "赵审批", Role.APPROVER),
    Account("fenguan", "吴分管", Role.APPROVER),
    Account("baomi", "冯保密", Role.SECRECY_REVIEWER),
    Account("fabu", "钱发布", Role.PUBLISHER),
    Account("jiandu", "周监督", Role.SUPERVISOR),
    Account("guanli", "孙管理", Role.ADMINISTRATOR),
)
"""One for each role, and another who approves: a report goes past three people who did
not write it, and each does one stage.
"""


@transaction.atomic
def found_district(password: str) -> tuple[Account, ...]:
    """Make the district and its accounts, once, and return the accounts.

    What a district of an earlier version lacks is added.
    """
    since = clock.today() - timedelta(days=HISTORY)
    if not Body.objects.filter(region=REGION).exists():
        _found(password, since)
    _complete(Body.objects.filter(region=REGION))
    _add_accounts(password, since)
    appoint_staff(Body.objects.filter(region=REGION), since)
    return ACCOUNTS


def bodies_in_order() -> list[Body]:
    """Return the district's bodies, the office first."""
    return list(Body.objects.filter(region=REGION).order_by("path"))


def _found(password: str, since: date) -> None:
    office = _body(OFFICE, 1, None)
    bodies = [office, *(_body(made, 2 + n, office) for n, made in enumerate(BELOW))]
    found = {body.short_name: body for body in bodies}
    for account in ACCOUNTS:
        where = office if account.role is Role.SUPERVISOR else found[WHERE]
        user = _appointed(account, where, password, since)
        if account.role is Role.ADMINISTRATOR:  # of the whole district as well
            appoint(Membership(user=user, body=office, role=account.role, since=since))


def _body(outline: Outline, number: int, parent: Body | None) -> Body:
    first = f"11990101MB{number:07d}"
    site = f"{number:02d}.xishan.example.cn"
    body = add_body(
        Body(
            code=first + check_character(first),
            name=NAME + outline.name,
            short_name=outline.short_name,
            letter_code=outline.letter_code,
            kind=outline.kind,
            region=REGION,
            parent=parent,
            address=f"{NAME}政务路{number}号",
            telephone=f"0990-55500{number:02d}",
            online_channel=f"https://{site}/xxgk",
            office_hours="工作日 9:00—12:00，14:00—17:30",
            review_organ=f"{NAME}人民政府",
            court=COURT,
            disclosure_office=DISCLOSURE_OFFICE,
            review_online=REVIEW_ONLINE,
        )
    )
    Section.objects.bulk_create(Section(body=body, name=name) for name in SECTIONS)
    return body


def _complete(bodies: QuerySet[Body]) -> None:
    """Enter what letters tell and a district of an earlier version has not entered."""
    bodies.filter(disclosure_office="").update(disclosure_office=DISCLOSURE_OFFICE)
    bodies.filter(review_online="").update(review_online=REVIEW_ONLINE)


def _add_accounts(password: str, since: date) -> None:
    """Make the accounts that a district of an earlier version has not got."""
    known = set(User.objects.values_list("username", flat=True))
    body = Body.objects.get(region=REGION, short_name=WHERE)
    for account in ACCOUNTS:
        if account.username not in known:
            _appointed(account, body, password, since)


def _appointed(account: Account, body: Body, password: str, since: date) -> User:
    user = User.objects.create_user(
        account.username,
        f"{account.username}@{MAILBOXES}",
        password,
        display_name=account.display_name,
    )
    appoint(Membership(user=user, body=body, role=account.role, since=since))
    if account.role in FILTERS:
        name, query = FILTERS[account.role]
        SavedFilter.objects.create(user=user, name=name, query=query)
    if account.role is Role.HANDLER:  # whose mail is there to be looked at by night too
        prefer(Preference(user=user, quiet_from=time(), quiet_until=time()))
    return user
