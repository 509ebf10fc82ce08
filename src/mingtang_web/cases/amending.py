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
from mingtang_web.cases.actions import SignOffError, came_before
from mingtang_web.cases.bridge import REGISTERED
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Delivery
from mingtang_web.cases.naming import named
from mingtang_web.cases.waiting import waiting_in
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

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
    "fax": gettext_lazy("传真号码"),
    "agent": gettext_lazy("代理人姓名"),
    "agent_identity_kind": gettext_lazy("代理人的身份证明"),
    "agent_identity_number": gettext_lazy("代理人的证件号码"),
    "agent_phone": gettext_lazy("代理人的联系电话"),
    "authority": gettext_lazy("授权委托书"),
    "delivery": gettext_lazy("送达方式"),
    "form": gettext_lazy("形式要求"),
}
"""What can be corrected of an applicant, under the names that the ledger uses."""
AGENT = frozenset({"agent", "agent_identity_kind", "agent_identity_number", "authority"})
"""What says who acts for the applicant, and may be handed the answer."""
IDENTITY = AGENT | {"name", "identity_kind", "identity_number"}
"""What says who asks or acts for them: by two (`mingtang_web.cases.renaming`)."""
OF_CASE = ("delivery", "form")
"""What is wished in the case itself, beside who asks."""


class AmendmentError(Exception):
    """A correction that is not made; ``field`` is where its reason belongs."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.field = field


class Amendment(NamedTuple):
    """What the applicant's data and wish should be, why, and what they were seen as.

    ``earlier`` is how often the data had been corrected when they were looked at;
    ``proof`` what another name, number or agent is known by. Without a ``form`` that
    which is wanted stays.
    """

    person: Person
    delivery: str
    why: str
    earlier: int
    proof: str = ""
    form: str | None = None


class Told(NamedTuple):
    """What the ledger is told of a correction: which fields, why, and by whom."""

    fields: list[str]
    why: str
    actor: User
    key: str | None = None
    approver: User | None = None


@transaction.atomic
def amend(case: Case, asked: Amendment, actor: User, key: str | None = None) -> list[str]:
    """Correct an applicant's data and how the answer is wanted; return what changed.

    The ledger says which fields, who and why, and nothing of what they held. Raises
    `NotAllowedError`, `ErasedError`, `AmendmentError`, and `SignOffError` while a
    letter made with the old data waits for somebody's consent, and for another name
    or certificate, which takes two.
    """
    present = locked(case)
    require(actor, AMEND, present.body, clock.today())
    before = came_before(present, key, AMENDED)
    if before:
        return list(before.content["fields"])
    nothing_waits(present)
    changed = changes(present, asked)
    if IDENTITY & set(changed):
        why = _("改变姓名（名称）、证件或者代理人，须经另一人审批，请写明凭据后送审")
        raise SignOffError(why)
    put(present, asked, Told(changed, asked.why, actor, key))
    return changed


def nothing_waits(case: Case) -> None:
    """Let a correction into a case where nothing waits; raises `SignOffError`."""
    if waiting_in(case) is not None:
        raise SignOffError(
            _("本案有一项送审，文书是按原来的信息拟的；请先撤回，或者待批准、退回后再更正")
        )


def put(case: Case, asked: Amendment, told: Told) -> None:
    """Write a correction and its entry, whoever consented to it; in a transaction."""
    if set(told.fields) - set(OF_CASE):
        applicants.amend(case.applicant, asked.person)
    case.delivery, case.form = _wished(case, asked)
    case.save(update_fields=OF_CASE)
    said: dict[str, Plain] = {
        "applicant": str(case.applicant_id),
        "fields": [*told.fields],
        "why": told.why.strip(),
        "row": fingerprint(case, *REGISTERED),
        "form": case.form,
    }
    append(Record(case.body, AMENDED, said, told.actor, told.approver, case.pk, told.key))


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


def _wished(case: Case, asked: Amendment) -> tuple[str, str]:
    """Return how the answer is wanted once a correction is made: its way, its form."""
    return asked.delivery, case.form if asked.form is None else asked.form


def telling(words: str, person: Person) -> str:
    """Return what in words that are kept tells who a person is; nothing else."""
    found = traces(words, person)
    return _("%(found)s，请删去") % {"found": found[0]} if found else ""


def changes(case: Case, asked: Amendment) -> list[str]:
    """Return the names of what is to change; raises `AmendmentError` and `ErasedError`."""
    was = opened_for_comparing(case.applicant)
    if times(case) != asked.earlier:
        raise AmendmentError(_("申请人信息在您打开之后已被更正，请从案件重新打开再改"))
    betrayed = telling(asked.why, asked.person) or named(case, asked.why)
    if betrayed:
        raise AmendmentError(betrayed, "why")
    then = asdict(was) | dict(zip(OF_CASE, (case.delivery, case.form), strict=True))
    now = asdict(asked.person) | dict(zip(OF_CASE, _wished(case, asked), strict=True))
    changed = [name for name in FIELDS if then[name] != now[name]]
    if not changed:
        raise AmendmentError(_("没有改动任何一项；不需要更正的，请返回案件"))
    return changed
