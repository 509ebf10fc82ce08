"""Changing bodies, their tree and who holds which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from mingtang_web.bodies.models import Body, Delegation, Membership

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Section


@transaction.atomic
def add_body(body: Body) -> Body:
    """Enter a new body under its parent and return it.

    Raises `ValidationError` where a field is wrong or the code is taken.
    """
    body.full_clean()
    body.path = f"new-{body.code}"
    body.save(force_insert=True)
    top = body.parent.path if body.parent else "/"
    body.path = top + _step(body)
    body.save(update_fields=("path",))
    return body


@transaction.atomic
def move_body(body: Body, parent: Body | None) -> None:
    """Put a body, with everything below it, under another parent: fixed queries.

    Raises `ValidationError` where the parent stands below the body itself.
    """
    locked = {
        row.pk: row for row in Body.objects.select_for_update(no_key=True).order_by("pk")
    }
    moved, target = locked[body.pk], locked[parent.pk] if parent else None
    if target and target.path.startswith(moved.path):
        message = _("不能把%(body)s移到它自己的下级%(parent)s之下，请另选主管机关")
        raise ValidationError(
            message, code="circle", params={"body": moved.name, "parent": target.name}
        )
    path = (target.path if target else "/") + _step(moved)
    Body.objects.filter(path__startswith=moved.path).update(
        path=Concat(Value(path), Substr(F("path"), len(moved.path) + 1))
    )
    Body.objects.filter(pk=moved.pk).update(parent=target)
    body.refresh_from_db()


def appoint(membership: Membership) -> Membership:
    """Give a person a role in a body and return it.

    Raises `ValidationError` where the section is another body's or the days
    are the wrong way round.
    """
    membership.full_clean()
    _refuse_foreign(membership.section, membership.body)
    membership.save(force_insert=True)
    return membership


def lend(delegation: Delegation) -> Delegation:
    """Lend a person's roles in a body to another, for some days, and return it.

    Raises `ValidationError` where the days are the wrong way round or the two
    people are one.
    """
    delegation.full_clean()
    delegation.save(force_insert=True)
    return delegation


def _step(body: Body) -> str:
    """Return a body's own part of its path, of one width, so that paths sort by age."""
    return f"{body.pk:08d}/"


def _refuse_foreign(section: Section | None, body: Body) -> None:
    if section and section.body_id != body.pk:
        message = _("内设机构“%(section)s”不属于%(body)s，请重新选择")
        raise ValidationError(
            message, code="foreign", params={"section": section.name, "body": body.name}
        )
