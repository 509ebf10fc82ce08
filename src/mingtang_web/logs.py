"""Logs without personal data: every line is masked before it is written."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus

from mingtang_web.masking import masked

_QUERY = re.compile(r"(?<=[\w/%.-])\?[^\s\"'?]+=[^\s\"']*")
"""What was looked for stands in addresses, and may be a name."""


class MaskingFormatter(logging.Formatter):
    """Masks identity and mobile numbers in the finished line.

    A filter sees the message alone; the formatted line also holds the values
    put into it and the traceback, where personal data hide.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it may be kept."""
        return masked(_QUERY.sub("?…", super().format(record)))


class RefusalFilter(logging.Filter):
    """Makes one line of a refusal: who, what, where. It is no fault to be traced."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, those of a refusal (403) shortened."""
        request = getattr(record, "request", None)
        refused = getattr(record, "status_code", None) == HTTPStatus.FORBIDDEN
        if refused and request is not None:
            why = record.exc_info[1] if record.exc_info else None
            who = getattr(getattr(request, "user", None), "pk", None)
            record.msg = "Forbidden: user %s, %s %s: %s"
            record.args = (who or "-", request.method, request.path, why or "-")
            record.exc_info = record.exc_text = None
        return True


def logging_settings(level: str) -> dict[str, object]:
    """Return Django's ``LOGGING``: everything to the error stream, masked."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "masking": {
                "()": MaskingFormatter,
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "filters": {"refusals": {"()": RefusalFilter}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "masking",
                "filters": ["refusals"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "axes": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
        },
    }
