"""How a message leaves the house: e-mail by Django's backend, SMS by a seam."""

from __future__ import annotations

import json
import os
import smtplib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.notices.models import Channel

if TYPE_CHECKING:
    from pathlib import Path


class Message(NamedTuple):
    """A message to one address; the same ``key`` is the same message, sent again."""

    key: str
    to: str
    subject: str
    text: str


class NotSentError(Exception):
    """A message that did not leave; says why, without the address.

    ``everything`` tells that no other message would leave either.
    """

    def __init__(self, why: str, *, everything: bool = False) -> None:
        super().__init__(why)
        self.everything = everything


def send(channel: Channel, message: Message) -> None:
    """Send a message; raises `NotSentError`."""
    way = email if channel is Channel.EMAIL else import_string(settings.SMS_GATEWAY)
    way(message)


def email(message: Message) -> None:
    """Send a message by e-mail; raises `NotSentError`.

    A message that was taken just before we were cut off goes out again with the
    same Message-ID, by which mailboxes know it.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {
        "Message-ID": f"<{message.key}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMessage(message.subject, message.text, to=[message.to], headers=headers)
    mail.connection = get_connection()
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise NotSentError(_refused(code)) from None
    except smtplib.SMTPAuthenticationError as refused:
        raise NotSentError(_locked_out(refused.smtp_code), everything=True) from None
    except smtplib.SMTPConnectError as refused:
        raise NotSentError(_refused(refused.smtp_code), everything=True) from None
    except smtplib.SMTPResponseException as refused:
        raise NotSentError(_refused(refused.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSentError(_unreachable(fault), everything=True) from None
    finally:
        # Django leaves the line open where encryption or the account is refused.
        with suppress(OSError):
            mail.connection.close()


def into_file(message: Message) -> None:
    """Lay a short message into ``sms`` of the data folder, in place of a gateway.

    A real gateway is a function like this one, named by ``MINGTANG_SMS_GATEWAY``.
    Raises `NotSentError`.
    """
    file: Path = settings.DATA / "sms" / f"{message.key}.json"
    said = {**message._asdict(), "at": clock.now().isoformat()}
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
        draft.chmod(0o600)
        draft.replace(file)
    except OSError as fault:
        why = _("写不进短信文件夹（%(what)s）") % {"what": type(fault).__name__}
        raise NotSentError(why, everything=True) from fault


def _refused(code: int) -> str:
    return _("邮件服务器拒收（%(code)s）") % {"code": code}


def _locked_out(code: int) -> str:
    return _("邮件服务器不接受账号或口令（%(code)s），请核对 MINGTANG_EMAIL_URL") % {
        "code": code
    }


def _unreachable(fault: Exception) -> str:
    return _("连不上邮件服务器或者连接中断（%(what)s）") % {"what": type(fault).__name__}
