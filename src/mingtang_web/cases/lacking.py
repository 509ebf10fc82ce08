"""What a request lacks: what it must hold (条例第二十九条), what its answer needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.applicants.actions import ErasedError, opened_for_comparing
from mingtang_web.cases.models import Attachment, Delivery

if TYPE_CHECKING:
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.models import Case


def lacking(case: Case, person: Person) -> list[str]:
    """Return what a request lacks, in the order of the article; blank where nothing.

    The form in which the information is wanted is not among it: a request that does not
    say it is answered as the information is held (条例第四十条), and needs no correction.
    """
    lack = []
    if not person.identity_number:
        lack.append(_("身份证明"))
    if not (person.phone or person.email or person.address):
        lack.append(_("联系方式"))
    if not authorised(case, person):
        lack.append(_("代理人的授权委托书"))
    for way, told, what in (
        (Delivery.POST, person.address, _("邮寄送达所需的通信地址")),
        (Delivery.ELECTRONIC, person.email, _("电子送达所需的电子邮箱")),
        (Delivery.FAX, person.fax, _("传真送达所需的传真号码")),
    ):
        if case.delivery == way and not told:
            lack.append(what)
    return lack


def no_fax_number(case: Case) -> str:
    """Return why an answer wanted by fax cannot be sent so; nothing where it can."""
    if case.delivery != Delivery.FAX:
        return ""
    try:
        person = opened_for_comparing(case.applicant)
    except ErasedError:
        return ""
    return "" if person.fax else _("申请人要求传真送达，但没有登记传真号码")


def authorised(case: Case, person: Person) -> bool:
    """Return whether an agent, if there is one, is authorised (民法典第一百六十五条)."""
    if person.authority or not person.agent:
        return True
    return case.attachments.filter(what=Attachment.What.AUTHORITY).exists()
