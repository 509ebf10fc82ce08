"""Requests as they arrive at the invented district, and its people of a case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from mingtang.case.events import Event
from mingtang_web import clock
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.models import Role
from mingtang_web.cases import actions
from mingtang_web.cases.actions import Request, do, register
from mingtang_web.cases.models import Case
from tests.web.people import DAY, District, appointed, person

ASKER = Person(
    name="张三丰",
    identity_kind="身份证",
    identity_number="110101199003070134",
    phone="13800138000",
    address="西山区柳林路七号",
)
# Letters have tests of their own; elsewhere acts go without.
Doing = partial(actions.Doing, no_letter="试办，不发文书")


class Office(District):
    """The district with everybody a case passes through in its housing bureau."""

    def __init__(self) -> None:
        super().__init__()
        self.handler = person("handler", "王承办")
        self.lawyer = person("lawyer", "钱法制")
        appointed(self.handler, self.housing, Role.HANDLER)
        appointed(self.lawyer, self.housing, Role.LEGAL_REVIEWER)

    def request(self, **more: object) -> Request:
        known: dict[str, object] = {
            "body": self.housing,
            "person": ASKER,
            "kind": Kind.PERSON,
            "channel": "in_person",
            "arrived": DAY,
            "subject": "青云小区竣工验收备案表",
            "description": "请提供青云小区一号楼的竣工验收备案表复印件。",
            "delivery": "post",
            "late": "试办，来件日期是虚拟的",
        }
        return Request(**(known | more))  # type: ignore[arg-type]

    def registered(self, **more: object) -> Case:
        return register(self.request(**more), self.clerk)

    def done(self, case: Case, *events: Event) -> Case:
        """The case after events entered by whoever may, with everybody's consent."""
        for event in events:
            doing = Doing(None, case.version, approver=self.approver)
            case = do(case, event, doing)
        return case


def at(day: date, hour: int = 10) -> object:
    """The clock held still on a day in China."""
    return clock.fixed(datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC))
