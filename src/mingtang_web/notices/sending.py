"""Sending what waits: one message a person and channel, however many notices it holds."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtang_web.notices.channels import Message, NotSentError, send
from mingtang_web.notices.models import Channel, Sending
from mingtang_web.notices.queries import preferences, to_send
from mingtang_web.notices.running import Part
from mingtang_web.notices.timing import GAPS, awake
from mingtang_web.notices.wording import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingtang_web.accounts.models import User
    from mingtang_web.notices.running import Pass

A_MESSAGE = 500
SMS_LENGTH = 300


def parts(asked: Pass) -> Iterator[Part]:
    """Send what may go out now, and yield what became of it, person by person.

    Stops at the first fault that every message would meet: the rest waits.
    """
    waiting = to_send(asked.now).order_by("notice__user", "channel")
    people = list(waiting.values_list("notice__user", "channel").distinct())
    wishes = preferences(user for user, _channel in people)
    for user, channel in people:
        moment = awake(wishes[user], asked.now)
        rows = _rows(asked.now, user, Channel(channel))
        if moment > asked.now:
            yield Part(0, partial(_postpone, rows, moment))
            continue
        fault = _sent(rows, Channel(channel)) if rows else None
        yield _part(rows, fault, asked.now)
        if fault and fault.everything:
            return


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
        return Message(key, to, "", _short(texts))
    count = len(rows)
    title = ngettext("明堂：%(count)s 项待办通知", "明堂：%(count)s 项待办通知", count)
    return Message(key, to, title % {"count": count}, _letter(user, texts))


def _letter(user: User, texts: list[str]) -> str:
    """Return the words of an e-mail; they name no applicant and no matter."""
    where = settings.ADDRESS or _("明堂")
    lines = (f"{number}. {text}" for number, text in enumerate(texts, 1))
    head = _("%(name)s，您好：") % {"name": user.display_name}
    foot = _("请登录 %(where)s 办理。哪些事项发邮件、何时发，可在“通知”中设置。") % {
        "where": where
    }
    return "\n".join((head, "", *lines, "", foot, ""))


def _short(texts: list[str]) -> str:
    """Return the words of an SMS, which must not grow long."""
    said = texts[0]
    for text in texts[1:]:
        if len(said) + len(text) > SMS_LENGTH:
            return said + _("共%(count)s项，余见系统。") % {"count": len(texts)}
        said += text
    return said


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
    """Wait longer after each failure; after the last, give up and show it."""
    for row in rows:
        row.attempts += 1
        row.error = str(fault)[:200]
        if row.attempts > len(GAPS):
            row.state = Sending.State.GIVEN_UP
        else:
            row.state = Sending.State.FAILED
            row.next_at = now + GAPS[row.attempts - 1]
    Sending.objects.bulk_update(rows, ("attempts", "error", "state", "next_at"))
    return 0
