"""What comes in is what the trial found and another person agreed to, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.bringing.prepared import DRAFT, PUBLIC, REFUSED

if TYPE_CHECKING:
    from mingtang_web.bringing.models import StagedRow
    from mingtang_web.bringing.prepared import Prepared

_ORDER = (REFUSED, DRAFT, PUBLIC)


def hold_to_trial(made: Prepared, row: StagedRow) -> None:
    """Refuse a row that would come in otherwise than it was tried.

    One that would be public, or come in, and was not so in the trial; one whose words
    or files are others by now: the file on the store was changed, or this program.
    """
    advice = _("请另存这一行，重新上传、试算、送审")
    if _ORDER.index(made.outcome) > _ORDER.index(row.outcome or REFUSED):
        why = _("试算时不能这样导入，批准、核对的数里没有这一行")
        made.refuse(_("整行"), why, advice)
    elif made.outcome != REFUSED and made.seal != row.seal:
        made.refuse(_("整行"), _("正文、附件或者各项与试算、批准时的不同"), advice)
