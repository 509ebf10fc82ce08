"""Going on in the background with trials and imports that were begun.

A catalogue that breaks stops alone: where, why and what to do stand on it, and the
others go on.
"""

from __future__ import annotations

import logging
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from mingtang_web.bringing import running, trying
from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.bringing.recording import locked
from mingtang_web.importing.tables import TableError
from mingtang_web.notices.running import Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.notices.running import Pass

_GOING = (State.TRYING, State.RUNNING)
log = logging.getLogger(__name__)


def waits(_now: datetime) -> bool:
    """Return whether anything was begun and is not through."""
    return Catalogue.objects.filter(state__in=_GOING).exists()


def parts(asked: Pass) -> Iterator[Part]:
    """Go on with what was begun, a part of each catalogue in turn, until none is left."""
    while pks := list(Catalogue.objects.filter(state__in=_GOING).values_list("pk")):
        for (pk,) in pks:
            yield Part(asked.after, partial(_further, pk))
            broken = Catalogue.objects.filter(pk=pk).exclude(fault="").first()
            if broken:
                yield Part(asked.after, _nothing, 1, f"{broken.name}：{broken.fault}")


def _further(pk: int) -> int:
    catalogue = Catalogue.objects.filter(pk=pk).first()
    return int(catalogue is not None and further(catalogue).fault == "")


def _nothing() -> int:
    return 0


def further(catalogue: Catalogue) -> Catalogue:
    """Do the next part of what a catalogue is at, if anything.

    A part that breaks leaves nothing of itself: the catalogue stands still and says so.
    What the database cannot do just now is nobody's catalogue, and is raised:
    `OperationalError` and `InterfaceError`.
    """
    within = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with within:
            if catalogue.state == State.TRYING:
                return trying.step(catalogue)
            return running.step(catalogue)
    except (OperationalError, InterfaceError):
        raise
    except (TableError, OSError) as why:
        advice = _(
            "请管理员从备份恢复上传的内容以后再继续；恢复不了的，结束这次导入，重新上传"
        )
        log.warning("catalogue %s broke off: %s", catalogue.pk, why)
        return _broken_off(catalogue, str(why), advice, why)
    except Exception as bug:
        log.exception("catalogue %s broke off", catalogue.pk)
        told = {"kind": type(bug).__name__}
        said = _("程序没有料到的情况（%(kind)s），已记入日志") % told
        advice = _("请管理员查明以后再继续；查不明的，把这一行另存，结束这次导入")
        return _broken_off(catalogue, said, advice, bug)


@transaction.atomic
def _broken_off(catalogue: Catalogue, said: str, advice: str, why: Exception) -> Catalogue:
    """Let a catalogue stand still, with what broke, where, and what to do about it."""
    present = locked(catalogue)
    if present.state not in _GOING:
        return present
    row = _row_of(why)
    told = {"n": row or present.cursor, "why": said.rstrip("。"), "advice": advice}
    if row:
        words = _("在第%(n)s行中断：%(why)s。%(advice)s。")
    elif present.cursor:
        words = _("处理完第%(n)s行以后中断：%(why)s。%(advice)s。")
    else:
        words = _("没有处理一行就中断：%(why)s。%(advice)s。")
    present.fault = words % told
    if present.state == State.TRYING:
        present.state, present.found = State.UNTRIED, {}
    else:
        present.state = State.STOPPED
    present.save()
    return present


def _row_of(why: Exception) -> int:
    """Return at which row something broke, 0 where at none."""
    notes = [each for each in getattr(why, "__notes__", ()) if each.startswith(trying.ROW)]
    return int(notes[0].removeprefix(trying.ROW)) if notes else 0
