"""What a proposal proposes, in words: its act first, then the act's particulars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.events import Struck
from mingtang.case.recording import parse
from mingtang_web.desk.wording import Said, title_of, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang.case.events import Event
    from mingtang_web.cases.models import Proposal
    from mingtang_web.desk.opening import Opened


def proposed_title(made: Proposal) -> str:
    """Return what is proposed, by the name of the act."""
    if made.amends is not None:
        return _("更正申请人信息")
    return _("重新出具文书") if made.replaces_id else title_of(parse(made.event))[0]


def proposed(seen: Opened, made: Proposal) -> tuple[Said, ...]:
    """Return the particulars of what is proposed; of who asks none are shown here."""
    if made.amends is not None:
        return ()
    if made.replaces is not None:
        number = Said(_("原文书"), made.replaces.number or made.replaces.title)
        return (number,)
    return said_of(parse(made.event), seen.events, seen.names)


def said_of(
    event: Event, events: Sequence[Event], names: Mapping[str, str]
) -> tuple[Said, ...]:
    """Return what an event says; of a strike what it strikes, too."""
    if not isinstance(event, Struck) or event.entry >= len(events):
        return told(event, names)
    wrong = events[event.entry]
    which = Said(_("更正的记录"), f"{wrong.on} {title_of(wrong)[0]}")
    return (*told(event, names), which, *told(wrong, names))
