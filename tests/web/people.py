"""A small invented district and its people, for tests of the site."""

from __future__ import annotations

from datetime import date

from mingtang_web.accounts.models import User
from mingtang_web.bodies.actions import add_body, appoint
from mingtang_web.bodies.codes import check_character
from mingtang_web.bodies.models import Body, Kind, Membership, Role

DAY = date(2026, 3, 2)
PASSWORD = "七棵松树-下棋-1187"  # noqa: S105 - opens invented accounts alone


def unified_code(number: int) -> str:
    first = f"11990000MB{number:07d}"
    return first + check_character(first)


def body(number: int, name: str, parent: Body | None = None, **more: str) -> Body:
    kind = more.pop("kind", Kind.DEPARTMENT if parent else Kind.OFFICE)
    return add_body(
        Body(
            code=unified_code(number), name=name, short_name=name[-4:], letter_code="西政",
            kind=kind, region="990101", parent=parent, **more,
        )
    )  # fmt: skip


def person(username: str, name: str = "王某") -> User:
    user = User(username=username, display_name=name)
    user.set_password(PASSWORD)
    user.save()
    return user


def appointed(user: User, where: Body, role: Role, since: date = DAY, **more) -> Membership:
    return appoint(Membership(user=user, body=where, role=role, since=since, **more))


class District:
    """An office, two departments below it, a township below one, and another district."""

    def __init__(self) -> None:
        self.office = body(1, "西山区人民政府办公室")
        self.housing = body(2, "西山区住房和城乡建设局", self.office)
        self.water = body(3, "西山区水务局", self.office)
        self.township = body(4, "西山区清河镇人民政府", self.housing, kind=Kind.TOWNSHIP)
        self.elsewhere = body(5, "东岭区人民政府办公室")
        self.clerk = person("clerk", "李登记")
        self.approver = person("approver", "赵审批")
        self.supervisor = person("supervisor", "周监督")
        self.administrator = person("administrator", "管理员")
        self.stranger = person("stranger", "路人")
        appointed(self.clerk, self.housing, Role.CLERK)
        appointed(self.approver, self.housing, Role.APPROVER)
        appointed(self.supervisor, self.office, Role.SUPERVISOR)
        appointed(self.administrator, self.housing, Role.ADMINISTRATOR)
        appointed(self.stranger, self.elsewhere, Role.CLERK)
