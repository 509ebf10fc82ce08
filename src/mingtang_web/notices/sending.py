"""Sending what waits: one message a person and channel, however many notices it holds."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtang_web.bodies.models import Role
from mingtang_web.clock import CHINA
from mingtang_web.notices.actions import tell
from mingtang_web.notices.channels import send
from mingtang_web.notices.models import Channel, Kind, Sending
from mingtang_web.notices.queries import preferences, to_send
from mingtang_web.notices.running import Part
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.timing import GAPS, awake
from mingtang_web.notices.wanting import Wanted
from mingtang_web.notices.wording import text_of
from mingtang_web.outbox import Message, NotSentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.notices.running import Pass

A_MESSAGE = 500
SMS_LENGTH = 300


def parts(asked: Pass) -> Iterator[Part]:
    """Send what may go out now, and yield what became of it, person by person.

    A channel is left at the first fault that all its messages would meet: the rest
    waits, and the other channel goes on.
    """
    broken = set()
    waiting = to_send(asked.now).order_by("notice__user", "channel")
    people = list(waiting.values_list("notice__user", "channel").distinct())
    wishes = preferences(user for user, _channel in people)
    for user, channel in people:
        if channel in broken:
            continue
        moment = awake(wishes[user], asked.now)
        rows = _rows(asked.now, user, Channel(channel))
        if moment > asked.now:
            yield Part(0, partial(_postpone, rows, moment))
            continue
        fault = _sent(rows, Channel(channel)) if rows else None
        yield _part(rows, fault, asked.now)
        if fault and fault.everything:
            broken.add(channel)


def _rows(now: datetime, user: int, channel: Channel) -> list[Sending]:
    rows = to_send(now).filter(notice__user=user, channel=channel)
    related = rows.select_related("notice__user", "notice__case", "notice__body")
    return list(related.defer("notice__case__description")[:A_MESSAGE])


def _sent(rows: list[Sending], channel: Channel) -> NotSentError | None:
    """Send one message with all of them; return the fault, none where it left."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            send(channel, _message(rows, channel))
    except NotSentError as fault:
        return fault
    return None


def _message(rows: list[Sending], channel: Channel) -> Message:
    user = rows[0].notice.user
    to = user.email if channel is Channel.EMAIL else user.phone
    texts = [text_of(row.notice) for row in rows]
    ids = "-".join(str(row.pk) for row in rows)
    key = hashlib.sha256(f"{channel}/{ids}".encode()).hexdigest()[:32]
    if channel is Channel.SMS:
        return Message(key, channel, to, "", _short(texts))
    count = len(rows)
    title = ngettext("明堂：%(count)s 项待办通知", "明堂：%(count)s 项待办通知", count)
    return Message(key, channel, to, title % {"count": count}, _letter(texts))


def _letter(texts: list[str]) -> str:
    """Return the words of an e-mail; they name nobody, and say no more than numbers."""
    where = settings.ADDRESS or _("明堂")
    lines = (f"{number}. {text}" for number, text in enumerate(texts, 1))
    head = _("您好，您有以下事项待办：")
    foot = _("请登录 %(where)s 办理。哪些事项发邮件、何时发，可在“通知”中设置。") % {
        "where": where
    }
    return "\n".join((head, "", *lines, "", foot, ""))


def _short(texts: list[str]) -> str:
    """Return the words of an SMS, never longer than `SMS_LENGTH`."""
    whole = "".join(texts)
    if len(whole) <= SMS_LENGTH:
        return whole
    rest = _("共%(count)s项，余见系统。") % {"count": len(texts)}
    said = ""
    for text in texts:
        if len(said) + len(text) + len(rest) > SMS_LENGTH:
            break
        said += text
    return said + rest


def _part(rows: list[Sending], fault: NotSentError | None, now: datetime) -> Part:
    if fault is None:
        return Part(0, partial(_mark_sent, rows, now))
    return Part(0, partial(_mark_failed, rows, fault, now), len(rows), str(fault))


def _postpone(rows: list[Sending], moment: datetime) -> int:
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=moment)
    return 0


def _mark_sent(rows: list[Sending], now: datetime) -> int:
    ids = [row.pk for row in rows]
    sent = Sending.State.SENT
    return Sending.objects.filter(pk__in=ids).update(state=sent, sent_at=now, error="")


def _mark_failed(rows: list[Sending], fault: NotSentError, now: datetime) -> int:
    """Wait longer after each failure; after the last, give up and tell who can help."""
    for row in rows:
        row.attempts += 1
        row.error = str(fault)[:200]
        if row.attempts > len(GAPS):
            row.state = Sending.State.GIVEN_UP
        else:
            row.state = Sending.State.FAILED
            row.next_at = now + GAPS[row.attempts - 1]
    Sending.objects.bulk_update(rows, ("attempts", "error", "state", "next_at"))
    lost = {row.notice.body_id for row in rows if row.state == Sending.State.GIVEN_UP}
    if lost:
        on = now.astimezone(CHINA).date()
        who = (Role.ADMINISTRATOR,)
        found = [Wanted(Kind.UNSENT, body, on, who) for body in sorted(lost)]
        tell(found, Staff(on), now)
    return 0
