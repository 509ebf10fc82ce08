"""The trial of a catalogue: every row looked at as it would come in, nothing written.

What a trial finds is told in figures and row by row; no document, no file and no number
comes of it. It goes on part by part, each for good, from where it was cut off.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.queries import require
from mingtang_web.bringing import mapping, policy
from mingtang_web.bringing.models import Catalogue, KeptMapping, Remark, StagedRow, State
from mingtang_web.bringing.packages import Package
from mingtang_web.bringing.prepared import DRAFT, PUBLIC, REFUSED
from mingtang_web.bringing.recording import (
    LAPSED,
    OutOfTurnError,
    in_turn,
    locked,
    record,
)
from mingtang_web.bringing.rows import Preparing
from mingtang_web.bringing.staging import digest_of, place_of
from mingtang_web.publication.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mingtang_web.accounts.models import User
    from mingtang_web.bringing.mapping import Reading
    from mingtang_web.bringing.prepared import Prepared

AT_A_TIME = 250
ROW = "row "
"""What a note begins with that tells at which row something broke."""
HEAVY = 48 * 1024 * 1024
"""A part ends with the row that brings it over so many bytes."""
OPEN = (
    State.UNTRIED, State.TRYING, State.TRIED, State.PROPOSED, State.RETURNED, State.AGREED,
)  # fmt: skip
"""The states in which nothing has been brought in yet."""


class Part(NamedTuple):
    """Some rows that follow on a cursor, looked at, and the last of their numbers."""

    after: int
    rows: list[StagedRow]
    found: list[Prepared]
    mapping: dict[str, object]

    @property
    def cursor(self) -> int:
        """The last row of the part."""
        return self.rows[-1].number if self.rows else self.after

    def follows(self, catalogue: Catalogue) -> bool:
        """Return whether it is the next part of a catalogue, read as it now is."""
        return catalogue.cursor == self.after and catalogue.mapping == self.mapping


@transaction.atomic
def set_mapping(catalogue: Catalogue, said: object, actor: User) -> Reading:
    """Keep how a catalogue is read; what was tried or agreed on before is open again.

    Raises `NotAllowedError`, `OutOfTurnError` and `MappingError`.
    """
    require(actor, policy.BRING, catalogue.body, clock.today())
    present = locked(catalogue)
    in_turn(present, *OPEN)
    made = mapping.load(said, present.headers)
    present.mapping = made.dump()
    KeptMapping.objects.update_or_create(
        body=present.body, defaults={"mapping": present.mapping}
    )
    _untried(present, actor)
    catalogue.refresh_from_db()
    return made


@transaction.atomic
def begin(catalogue: Catalogue, actor: User) -> Catalogue:
    """Begin a trial, anew where there was one, with nothing of it found yet.

    Raises `NotAllowedError`, `OutOfTurnError`, and `MappingError` where a field that
    every row needs has no column.
    """
    require(actor, policy.BRING, catalogue.body, clock.today())
    present = locked(catalogue)
    in_turn(present, *OPEN)
    missing = mapping.lacking(mapping.load(present.mapping, present.headers))
    if missing:
        told = {"names": "、".join(missing)}
        raise mapping.MappingError(_("还没有指定%(names)s是哪一列，请先指定") % told)
    _untried(present, actor)
    present.state = State.TRYING
    present.save()
    return present


def step(catalogue: Catalogue) -> Catalogue:
    """Try the next rows and return the catalogue as it then stands."""
    return followed(catalogue, State.TRYING, _kept)


def followed(
    catalogue: Catalogue, state: State, write: Callable[[Catalogue, Part], Catalogue]
) -> Catalogue:
    """Look at the next rows of a catalogue that is in a state, and write them.

    Returns the catalogue as it then stands; one in another state as it is.
    """
    present = Catalogue.objects.select_related("body").get(pk=catalogue.pk)
    if present.state != state:
        return present
    with opened(present) as package:
        part = looked_at(present, package)
    return write(present, part)


def looked_at(catalogue: Catalogue, package: Package | None) -> Part:
    """Return the rows that follow, looked at; a few only where they are heavy."""
    reading = mapping.load(catalogue.mapping, catalogue.headers)
    common = Preparing(catalogue.body, reading, package)
    rows, found, heavy = [], [], 0
    following = catalogue.staged.filter(number__gt=catalogue.cursor).order_by("number")
    for row in following[:AT_A_TIME].iterator(chunk_size=50):
        with _At(row.number):
            made = common.prepared(row)
        rows.append(row)
        found.append(made)
        heavy += made.size
        if heavy > HEAVY:
            break
    return Part(catalogue.cursor, rows, found, catalogue.mapping)


class _At:
    """Notes on whatever breaks inside at which row it did."""

    def __init__(self, row: int) -> None:
        self._row = row

    def __enter__(self) -> None:
        """Begin with the row."""

    def __exit__(self, _kind: object, why: BaseException | None, _where: object) -> None:
        """Leave the number with what broke."""
        if why is not None:
            why.add_note(f"{ROW}{self._row}")


@contextmanager
def opened(catalogue: Catalogue) -> Iterator[Package | None]:
    """Give the package of a catalogue, none where there is none."""
    if not catalogue.package:
        yield None
        return
    with Package(place_of(catalogue)) as package:
        yield package


def unaltered(catalogue: Catalogue) -> None:
    """Let a package pass that is the one that was handed in: `OutOfTurnError`."""
    if not catalogue.package:
        return
    try:
        digest = digest_of(place_of(catalogue))
    except OSError as problem:
        raise OutOfTurnError(
            _("留存的压缩包读不到了，不能导入；请管理员从备份恢复，或者结束以后重新上传")
        ) from problem
    if digest != catalogue.digest:
        raise OutOfTurnError(_("留存的压缩包与上传时的指纹不符，可能被改动过，不导入"))


def clashes(catalogue: Catalogue, part: Part) -> None:
    """Refuse the rows whose index number is taken: here already, or by a row above.

    A number is never given anew: whoever imports sees to it on the old site.
    """
    numbers = {each.index_number for each in part.found} - {""}
    taken = Document.objects.filter(index_number__in=numbers).order_by()
    here = dict(taken.values_list("index_number", "body__name"))
    rows = catalogue.staged.filter(index_number__in=numbers, number__lte=part.after)
    rows = rows.exclude(outcome=REFUSED).order_by("-number")
    above = dict(rows.values_list("index_number", "number"))
    column = mapping.load(catalogue.mapping, catalogue.headers).shown("index_number")
    for each in part.found:
        number = each.index_number
        if number in here:
            said = _("本站已有这个索引号（%(body)s）") % {"body": here[number]}
            each.refuse(column, said, _("索引号不会重新编；请核对是否已经导入，或者改正"))
        elif number in above:
            said = _("与第%(n)s行的索引号相同") % {"n": above[number]}
            each.refuse(column, said, _("索引号不会重新编；请核对哪一行是对的"))
        elif number and each.outcome != REFUSED:
            above[number] = each.number


def remarks(
    catalogue: Catalogue, found: Iterable[Prepared], *, trial: bool
) -> list[Remark]:
    """Return what is to be told of some rows, unsaved."""
    return [
        Remark(
            catalogue=catalogue,
            row=each.number,
            trial=trial,
            **(why._asdict() | {"column": why.column[:200]}),
        )
        for each in found
        for why in each.told
    ]


def counted(found: dict[str, int], rows: Iterable[Prepared]) -> dict[str, int]:
    """Return figures with some rows added to them."""
    made = {name: found.get(name, 0) for name in FIGURES}
    for each in rows:
        made[each.outcome] += 1
        if each.outcome != REFUSED:
            made["with_files"] += bool(each.enclosed)
            made["files"] += len(each.enclosed)
            made["unlooked"] += each.unlooked
            made["normative"] += bool(each.revision.normative)
            made["no_abstract"] += not each.revision.abstract
            made["told"] += bool(each.told)
    return made


FIGURES = (
    PUBLIC, DRAFT, REFUSED, "with_files", "files", "unlooked", "normative", "no_abstract",
    "told",
)  # fmt: skip
"""What is counted of rows."""


@transaction.atomic
def _kept(catalogue: Catalogue, part: Part) -> Catalogue:
    present = locked(catalogue)
    if present.state != State.TRYING or not part.follows(present):
        return present
    clashes(present, part)
    for row, made in zip(part.rows, part.found, strict=True):
        row.index_number, row.outcome = made.index_number[:60], made.outcome
        row.seal = made.seal
    StagedRow.objects.bulk_update(part.rows, ("index_number", "outcome", "seal"))
    Remark.objects.bulk_create(remarks(present, part.found, trial=True))
    present.found, present.cursor = counted(present.found, part.found), part.cursor
    if not part.rows:
        present.trial, present.found, present.cursor = present.found, {}, 0
        present.state = State.TRIED
    present.save()
    return present


def _untried(catalogue: Catalogue, actor: User) -> None:
    """Undo what was found and agreed on; what was agreed lapses, told in the ledger."""
    was_proposed = catalogue.proposer_id is not None
    catalogue.state, catalogue.cursor, catalogue.fault = State.UNTRIED, 0, ""
    catalogue.trial, catalogue.found = {}, {}
    catalogue.proposer, catalogue.approver, catalogue.agreed = None, None, ""
    catalogue.reason, catalogue.answer = "", ""
    catalogue.remarks.all().delete()
    catalogue.staged.update(index_number="", outcome="", seal="")
    if was_proposed:
        record(catalogue, LAPSED, actor)
    else:
        catalogue.save()
