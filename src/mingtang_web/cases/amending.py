"""Correcting who asks: the applicant's data and the wish of delivery, on record."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock
from mingtang_web.applicants import actions as applicants
from mingtang_web.applicants.actions import AMEND, ErasedError, opened_for_comparing
from mingtang_web.applicants.betraying import traces
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import SignOffError, came_before, locked
from mingtang_web.cases.bridge import REGISTERED
from mingtang_web.cases.models import Delivery
from mingtang_web.cases.naming import named
from mingtang_web.cases.waiting import waiting_in
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.models import Case

AMENDED = "case.applicant_amended"
FIELDS = {
    "name": gettext_lazy("姓名或者单位名称"),
    "identity_kind": gettext_lazy("身份证明"),
    "identity_number": gettext_lazy("证件号码"),
    "contact": gettext_lazy("联系人"),
    "phone": gettext_lazy("联系电话"),
    "email": gettext_lazy("电子邮箱"),
    "address": gettext_lazy("通信地址"),
    "postcode": gettext_lazy("邮政编码"),
    "delivery": gettext_lazy("送达方式"),
}
"""What can be corrected of an applicant, under the names that the ledger uses."""


class AmendmentError(Exception):
    """A correction that is not made; ``field`` is where its reason belongs."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


class Amendment(NamedTuple):
    """What the applicant's data and wish should be, why, and what they were seen as.

    ``earlier`` is how often the data had been corrected when they were looked at.
    """

    person: Person
    delivery: str
    why: str
    earlier: int


@transaction.atomic
def amend(case: Case, asked: Amendment, actor: User, key: str | None = None) -> list[str]:
    """Correct an applicant's data and how the answer is wanted; return what changed.

    The ledger says which fields, who and why, and nothing of what they held. Raises
    `NotAllowedError`, `ErasedError`, `AmendmentError`, and `SignOffError` while a
    letter made with the old data waits for somebody's consent.
    """
    present = locked(case)
    require(actor, AMEND, present.body, clock.today())
    before = came_before(present, key, AMENDED)
    if before:
        return list(before.content["fields"])
    if waiting_in(present) is not None:
        raise SignOffError(
            _("本案有一项送审，文书是按原来的信息拟的；请先撤回，或者待批准、退回后再更正")
        )
    changed = _changed(present, asked)
    if set(changed) - {"delivery"}:
        applicants.amend(present.applicant, asked.person)
    if "delivery" in changed:
        present.delivery = asked.delivery
        present.save(update_fields=("delivery",))
    told = {
        "applicant": str(present.applicant_id), "fields": changed, "why": asked.why.strip(),
        "row": fingerprint(present, *REGISTERED),
    }  # fmt: skip
    append(Record(present.body, AMENDED, told, actor=actor, case_id=present.pk, key=key))
    return changed


def times(case: Case) -> int:
    """Return how often the data of a case's applicant were corrected."""
    return case.applicant.earlier.count()


def unreachable(case: Case) -> str:
    """Return why the answer cannot reach the applicant as wished; nothing where it can."""
    try:
        person = opened_for_comparing(case.applicant)
    except ErasedError:
        return ""
    if case.delivery == Delivery.ELECTRONIC and not person.email:
        return _("申请人要求电子送达，但没有登记电子邮箱，答复的救济告知写不出来")
    if case.delivery == Delivery.POST and not person.address:
        return _("申请人要求邮寄，但没有登记通信地址")
    return ""


def _changed(case: Case, asked: Amendment) -> list[str]:
    """Return the names of what is to change; raises `AmendmentError` and `ErasedError`."""
    was = opened_for_comparing(case.applicant)
    if times(case) != asked.earlier:
        raise AmendmentError(_("申请人信息在您打开之后已被更正，请从案件重新打开再改"))
    found = traces(asked.why, asked.person)
    if found:
        raise AmendmentError(_("%(found)s，请删去") % {"found": found[0]}, "why")
    telling = named(case, asked.why)
    if telling:
        raise AmendmentError(telling, "why")
    then = asdict(was) | {"delivery": case.delivery}
    now = asdict(asked.person) | {"delivery": asked.delivery}
    changed = [name for name in FIELDS if then[name] != now[name]]
    if not changed:
        raise AmendmentError(_("没有改动任何一项；不需要更正的，请返回案件"))
    return changed
