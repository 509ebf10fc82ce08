"""Index numbers (索引号): by the body's own rule, and none twice."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.publication import matters
from mingtang.publication.indexing import IndexRule, IndexRuleError
from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.numbering.actions import next_number
from mingtang_web.publication import policy
from mingtang_web.publication.models import Document, IndexScheme
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

USUAL = "{code}/{year}-{serial:05}"
"""The rule of a body that has set none: its unified code, the year, a number."""
RULE_SET = "publication.index_rule_set"
LONGEST = 60
NONE = "00"
"""What stands for a class that was not chosen yet."""


def rule_of(body: Body) -> IndexRule:
    """Return by which rule a body numbers its documents: one query."""
    row = IndexScheme.objects.filter(body=body).first()
    return IndexRule.parse(row.rule if row else USUAL)


def next_index_number(body: Body, topic: str, genre: str, year: int) -> str:
    """Return the next index number of a body; inside a transaction, which may undo it.

    A number that stands on some document already, by an older rule or by an import, is
    passed over.
    """
    rule = rule_of(body)
    values = {
        "code": body.code,
        "region": body.region,
        "topic": matters.topic(topic).code if topic else NONE,
        "genre": matters.genre(genre).code if genre else NONE,
        "year": str(year),
    }
    told = hashlib.sha256(rule.series(values).encode()).hexdigest()[:20]
    while True:
        serial = next_number(body, f"index:{told}", year)
        number = rule.number({**values, "serial": serial})
        if not Document.objects.filter(index_number=number).exists():
            return number


@transaction.atomic
def set_rule(body: Body, rule: str, actor: User, key: str | None = None) -> None:
    """Set by which rule a body numbers documents from now on.

    Raises `NotAllowedError`, and `ValidationError` for a rule that makes no number.
    """
    require(actor, policy.SET_CHAIN, body, clock.today())
    written = rule.strip()
    try:
        IndexRule.parse(written)
    except IndexRuleError as fault:
        raise ValidationError({"rule": spoken(str(fault))}) from fault
    if len(written) > LONGEST:
        raise ValidationError({"rule": _("索引号规则太长，请写短一些")})
    IndexScheme.objects.update_or_create(body=body, defaults={"rule": written})
    append(Record(body, RULE_SET, {"rule": written}, actor=actor, key=key))
