"""The matters to choose from as a document is drafted, those of the body's level first.

条例第二十条 binds every body, 第二十一条 adds for cities, counties and townships. What
other levels owe stands below under its own heading: it is never out of reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.publication.matters import Level, matters
from mingtang_web.bodies.models import Kind
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.publication.matters import Matter
    from mingtang_web.bodies.models import Body

Choices = list[tuple[str, object]]
_SENT_OUT = "街道"


def level_of(body: Body) -> Level | None:
    """Return the level of a body by its place in the division of the country (GB/T 2260).

    None where it is not known: the offices that a government sends out (街道办事处)
    are named by no article.
    """
    if _SENT_OUT in body.name:
        return None
    region = body.region
    if body.kind == Kind.TOWNSHIP or len(region.rstrip("0")) > 6:  # noqa: PLR2004 - digits
        return Level.TOWNSHIP
    six = region[:6]
    if six == "000000":
        return Level.CENTRAL
    if six.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if six.endswith("00") else Level.COUNTY


def matter_choices(bodies: Iterable[Body]) -> Choices:
    """Return the matters for a field, those that the bodies' one level owes apart.

    Where the level is not known, or there are several, they stand as the articles do.
    """
    levels = {level_of(body) for body in bodies}
    level = levels.pop() if len(levels) == 1 else None
    everyone = [each for each in matters() if not each.levels]
    some = [each for each in matters() if each.levels]
    found: Choices = [
        ("", _("请选择")),
        (_("各级机关都公开的（第二十条）"), _named(everyone)),
    ]
    if level is None:
        return [*found, (_("第二十一条：市、县、乡各自公开的"), _named(some))]
    own = [each for each in some if each.owed_by(level)]
    others = [each for each in some if not each.owed_by(level)]
    if own:
        found.append((_("本级机关还要公开的（第二十一条）"), _named(own)))
    if others:
        found.append((_("其他层级机关公开的（第二十一条）"), _named(others)))
    return found


def _named(rows: Iterable[Matter]) -> list[tuple[str, str]]:
    return [(each.id, spoken(each.label)) for each in rows]
