"""Registers, what was taken over, and the body itself with its people, against the ledger.

A body whose founding is not in its ledger was there before the ledger told of such
things; of its people only those are compared of whom the ledger speaks.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mingtang_web.annual.stages import has_section
from mingtang_web.asking.actions import HOLD
from mingtang_web.asking.models import Hold, Kept
from mingtang_web.asking.shelf import KEPT
from mingtang_web.bodies.models import Body, Delegation, FormerName, Membership, Section
from mingtang_web.cases.models import Proposal
from mingtang_web.disputes.actions import NOTED
from mingtang_web.disputes.models import Note
from mingtang_web.importing.actions import UPLOADED
from mingtang_web.importing.models import ImportedRow, ImportProposal, Source
from mingtang_web.importing.opening import content_hash
from mingtang_web.importing.signing import PROPOSAL
from mingtang_web.keeping.reporting import WITH_SECTION
from mingtang_web.keeping.tree import FOUNDED, NAMES, ROW
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.registers.actions import NOW, REGISTERED
from mingtang_web.registers.models import Matter, Step
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

    from mingtang_web.verifying.told import Said, Told

_OF_ROLE = {
    "user": "user_id", "role": "role", "section": "section_id",
    "since": "since", "until": "until",
}  # fmt: skip
_OF_LOAN = {
    "lender": "lender_id", "borrower": "borrower_id", "since": "since", "until": "until",
    "reason": "reason",
}  # fmt: skip
_OF_ROW = {
    "row": "row",
    "old_number": "old_number",
    "letter_number": "letter_number",
    "fingerprint": "fingerprint",
    "assumed": "assumed",
}


def matters(body: Body, found: Told) -> Iterator[str]:
    """Yield every matter of a register, and every step, that is not as it was told."""
    rows = Matter.objects.filter(body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        said = found.matters.pop(row.pk, None)
        if said is None or not _holds(said, row=(row, REGISTERED), now=(row, NOW)):
            yield f"{row.number}与台账不符"
    yield from (f"台账所记的登记事项（内部编号{pk}）已不在" for pk in found.matters)
    steps = Step.objects.filter(matter__body=body).select_related("entry").order_by("pk")
    for step in steps.iterator(chunk_size=AT_A_TIME):
        said = step.entry.content
        words = hashlib.sha256(step.text.encode()).hexdigest()
        told = (said.get("matter"), said.get("on"), said.get("words", words))
        if told != (step.matter_id, step.on.isoformat(), words):
            yield f"登记事项的办理记录（内部编号{step.pk}）与台账不符"


def notes(body: Body, found: Told) -> Iterator[str]:
    """Yield every note of a dispute that is not what the ledger says."""
    told = found.kept["note"]
    for row in Note.objects.filter(dispute__body=body).order_by("pk"):
        said = told.pop(row.pk, None)
        same = said and said["dispute"] == row.dispute_id
        if said is None or not same or not _holds(said, row=(row, NOTED)):
            yield f"后续办理（内部编号{row.pk}）与台账不符"
    yield from _gone("后续办理", told)


def query_codes(body: Body, found: Told) -> Iterator[str]:
    """Yield every query code that is not the one the ledger tells: another would open."""
    told = found.kept["hold"]
    for row in Hold.objects.filter(case__body=body).order_by("pk"):
        said = told.pop(row.pk, None)
        if said is None or not _holds(said, row=(row, HOLD)):
            yield f"查询码（内部编号{row.pk}）与台账不符"
    yield from _gone("查询码", told)


def shelves(body: Body, found: Told) -> Iterator[str]:
    """Yield every case in an account that the ledger does not tell: it would open there."""
    told = {pk: s for pk, s in found.kept["kept"].items() if "gone" not in s}
    for row in Kept.objects.filter(hold__case__body=body).order_by("pk"):
        said = told.pop(row.pk, None)
        if said is None or not _holds(said, row=(row, KEPT)):
            yield f"保存到账号的申请（内部编号{row.pk}）与台账不符"
    yield from _gone("保存到账号的申请", told)


def imports(body: Body, found: Told) -> Iterator[str]:
    """Yield every file of an old ledger, and every row taken over, that is not as told.

    How a file is read and what a trial found is not looked at: each row taken over says
    what became of it, and until then both may be changed.
    """
    told = found.kept["source"]
    for source in Source.objects.filter(body=body).order_by("pk"):
        said = told.pop(source.pk, None)
        if said is None or not _holds(said, row=(source, UPLOADED)):
            yield f"旧台账（内部编号{source.pk}）与台账不符"
        elif not _lies_there(source, said):
            yield f"旧台账（内部编号{source.pk}）上传的内容或者完成情况与台账不符"
    yield from _gone("旧台账", told)
    yield from _consents(body, found)
    taken = {case: said.get("imported") for case, said in found.cases.items()}
    origins = {case: said for case, said in taken.items() if isinstance(said, dict)}
    rows = ImportedRow.objects.filter(body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        origin = origins.pop(row.case_id, None)
        columns = _OF_ROW | {"source": "source_id"}
        # An entry names assumed days, and the answer's number, only where there are some.
        whole = {"assumed": [], "letter_number": "", **(origin or {})}
        if origin is None or not _same(row, whole, columns):
            yield f"旧台账的导入行（内部编号{row.pk}）与台账不符"
    yield from (f"案件（内部编号{case}）由旧台账导入的记载已不在" for case in origins)


def _consents(body: Body, found: Told) -> Iterator[str]:
    """Yield every proposal to import that is not as told, and cases without consent."""
    told = found.kept["proposal"]
    agreed = {pk for pk, said in told.items() if said["stage"] == Proposal.Stage.APPROVED}
    for row in ImportProposal.objects.filter(source__body=body).order_by("pk"):
        said = told.pop(row.pk, None)
        if said is None or not _holds(said, row=(row, PROPOSAL)):
            yield f"旧台账导入的送审（内部编号{row.pk}）与台账不符"
    yield from _gone("旧台账导入的送审", told)
    for case, said in found.cases.items():
        origin = said.get("imported")
        if isinstance(origin, dict) and origin.get("approved", 0) not in {0, *agreed}:
            yield f"案件（内部编号{case}）的导入没有台账所记的批准"


def _lies_there(source: Source, said: Said) -> bool:
    """Return whether an uploaded table is the one that came, and is gone once it is over.

    What was refused is told by how many rows; entries of old do not tell the content.
    """
    if "imported" not in said:
        same = said.get("content") in {None, content_hash(source)}
        return same and source.finished_at is None
    refused = source.refusals.filter(trial=False).values("row").distinct().count()
    over = source.finished_at is not None and not source.content
    return over and refused == said["refused"]


def in_place(body: Body) -> bool:
    """Return whether a body stands where its parent says; without it nothing is found."""
    above = body.parent.path if body.parent else "/"
    return body.path == f"{above}{body.pk:08d}/"


def itself(body: Body, found: Told) -> Iterator[str]:
    """Yield what of the body itself is not as it was told: its card and its names."""
    if not _holds(found.body, row=(body, ROW)):
        yield "机关资料与台账不符"
    held = [
        (*(getattr(row, name) for name in NAMES), row.until)
        for row in FormerName.objects.filter(body=body).order_by("until", "id")
    ]
    told = [_former(said) for said in found.renamed]
    if sorted(held) != sorted(told) and (told or FOUNDED in found.body):
        yield "机关的曾用名与台账不符"
    if has_section(body) is not found.body.get(WITH_SECTION, True):
        yield "年度报告的审核环节与台账不符"


def people(body: Body, found: Told) -> Iterator[str]:
    """Yield every section, appointment and loan that is not what the ledger says."""
    whole = FOUNDED in found.body
    for label, key, rows, columns in (
        ("内设机构", "section", Section.objects.filter(body=body), {"name": "name"}),
        ("任职", "appointment", Membership.objects.filter(body=body), _OF_ROLE),
        ("委托代办", "loan", Delegation.objects.filter(body=body), _OF_LOAN),
    ):
        told = found.kept[key]
        for row in rows.order_by("pk"):
            said = told.pop(row.pk, None)
            if said is None and whole:
                yield f"{label}（内部编号{row.pk}）不在台账里"
            elif said is not None and not _same(row, said, columns):
                yield f"{label}（内部编号{row.pk}）与台账不符"
        yield from _gone(label, told)


def _holds(said: Said, **fingerprints: tuple[Model, tuple[str, ...]]) -> bool:
    """Return whether what an entry holds of a row is the row's; older ones hold none."""
    made = {name: fingerprint(row, *of) for name, (row, of) in fingerprints.items()}
    return all(said.get(name, own) == own for name, own in made.items())


def _same(row: Model, said: Said, columns: dict[str, str]) -> bool:
    """Return whether a row says what its entry does, in all that the entry tells."""
    held = {name: getattr(row, column) for name, column in columns.items()}
    plain = {n: v.isoformat() if isinstance(v, date) else v for n, v in held.items()}
    return all(said[name] == value for name, value in plain.items() if name in said)


def _former(said: Said) -> tuple[object, ...]:
    until = date.fromisoformat(said["since"]) - timedelta(days=1)
    return (*(said["before"][name] for name in NAMES), until)


def _gone(label: str, told: Iterable[int]) -> Iterator[str]:
    return (f"台账所记的{label}（内部编号{pk}）已不在" for pk in told)


HOUSE = (matters, notes, query_codes, shelves, imports, itself, people)
