"""How a notice leaves the house: e-mail by the mail server, all else by the seam."""

from __future__ import annotations

import smtplib
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from mingtang_web.notices.models import Channel
from mingtang_web.outbox import Message, NotSentError, sender


def send(channel: Channel, message: Message) -> None:
    """Send a message; raises `NotSentError`."""
    if channel is Channel.EMAIL:
        email(message)
    else:
        sender().send(message)


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


def _refused(code: int) -> str:
    return _("邮件服务器拒收（%(code)s）") % {"code": code}


def _locked_out(code: int) -> str:
    return _("邮件服务器不接受账号或口令（%(code)s），请核对 MINGTANG_EMAIL_URL") % {
        "code": code
    }


def _unreachable(fault: Exception) -> str:
    return _("连不上邮件服务器或者连接中断（%(what)s）") % {"what": type(fault).__name__}
