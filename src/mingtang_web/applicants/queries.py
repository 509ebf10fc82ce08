"""Finding an applicant again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from mingtang_web.applicants.models import Applicant
from mingtang_web.applicants.sealing import index

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body


def same(body: Body, *, identity_number: str = "", phone: str = "") -> QuerySet[Applicant]:
    """Return a body's applicants with the same identity number or the same phone.

    Never another body's: the index is made anew for each.
    """
    condition = Q(pk__in=())
    if identity := index("identity", identity_number, body.pk):
        condition |= Q(identity_index=identity)
    if called := index("phone", phone, body.pk):
        condition |= Q(phone_index=called)
    return Applicant.objects.filter(condition, body=body)
