"""The tables of documents: what they say, and what was done with them."""

from __future__ import annotations

from mingtang_web.publication import cleanups as _cleanups  # noqa: F401 - its tables
from mingtang_web.publication.models.doing import (
    IndexScheme,
    Part,
    ReviewChain,
    SecrecyItem,
    Step,
    Waiver,
)
from mingtang_web.publication.models.saying import (
    READY,
    WRITTEN,
    Attachment,
    Attribute,
    Column,
    Document,
    Revision,
    Stage,
    State,
)

__all__ = (
    "READY",
    "WRITTEN",
    "Attachment",
    "Attribute",
    "Column",
    "Document",
    "IndexScheme",
    "Part",
    "ReviewChain",
    "Revision",
    "SecrecyItem",
    "Stage",
    "State",
    "Step",
    "Waiver",
)
