"""A report as our own JSON, which gives the whole report back when it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mingtang.writing.objects import SCHEMA, report_object

if TYPE_CHECKING:
    from mingtang.report import Report


def write(report: Report) -> bytes:
    """Return the report as an indented JSON object in UTF-8."""
    content = {"schema": SCHEMA, "source": None, **report_object(report)}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "surrogatepass")
