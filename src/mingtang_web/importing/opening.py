"""A file of an old ledger as it lies here: who may, its table, how it is read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants.actions import open_text
from mingtang_web.bodies.queries import require
from mingtang_web.cases.rules import rulebook
from mingtang_web.importing import mapping, policy
from mingtang_web.importing.histories import By
from mingtang_web.importing.models import Source
from mingtang_web.importing.tables import Table
from mingtang_web.ledger.canonical import canonical

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body


class ClearedError(Exception):
    """The uploaded table was destroyed and can be neither read nor imported."""


def allowed(actor: User | None, body: Body) -> None:
    """Let whoever imports, or runs the server, pass; raises `NotAllowedError`."""
    if actor is not None:
        require(actor, policy.IMPORT, body, clock.today())


def locked(source: Source) -> Source:
    """Return a file as it now stands, locked until the transaction ends."""
    rows = Source.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body").get(pk=source.pk)


def table_of(source: Source) -> Table:
    """Return the table of a file; raises `ClearedError`."""
    if not source.content:
        raise ClearedError(_("上传的台账已经销毁；要再导入，请重新上传"))
    return Table.load(open_text(source.holder, bytes(source.content)))


def by_of(source: Source, table: Table) -> By:
    """Return by what the rows of a file are read."""
    reading = mapping.load(source.mapping, table.headers)
    return By(reading, rulebook(source.body), clock.today())


def content_hash(source: Source) -> str:
    """Return the hash of an uploaded table as it lies there, sealed."""
    return hashlib.sha256(bytes(source.content)).hexdigest()


def reading_hash(source: Source) -> str:
    """Return the hash of the very file together with how it is read."""
    said = canonical([source.digest, source.mapping])
    return hashlib.sha256(said.encode()).hexdigest()
