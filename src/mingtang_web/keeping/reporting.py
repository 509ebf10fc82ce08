"""By how many stages a body's annual reports go: its administrator's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web.annual.models import Chain
from mingtang_web.annual.stages import has_section
from mingtang_web.keeping.policy import require_body, require_open
from mingtang_web.keeping.recording import came_before, write
from mingtang_web.ledger.actions import hold

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body
    from mingtang_web.keeping.recording import By

STAGES, WITH_SECTION = "body.report_stages", "with_section"


@transaction.atomic
def set_stages(body: Body, by: By, *, with_section: bool) -> Body:
    """Choose whether a body's reports pass a section before the office, and return it.

    A report that is in review stays where it is. Raises `NotAllowedError` and
    `ClosedBodyError`.
    """
    if by.actor:
        require_body(by.actor, body)
    require_open(body)
    hold(body)
    if came_before(body, STAGES, by) or has_section(body) is with_section:
        return body
    Chain.objects.update_or_create(body=body, defaults={WITH_SECTION: with_section})
    write(body, STAGES, by, **{WITH_SECTION: with_section})
    return body
