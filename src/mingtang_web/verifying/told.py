"""What the ledger tells of one body's rows, gathered in one walk through its entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingtang_web.activities.actions import KINDS as ACTIVITIES
from mingtang_web.annual.recording import KIND as ANNUAL
from mingtang_web.applicants.actions import ERASED
from mingtang_web.asking.actions import HELD
from mingtang_web.asking.shelf import KEPT_CASE, LET_GO
from mingtang_web.cases.amending import AMENDED
from mingtang_web.cases.assigning import ASSIGNED
from mingtang_web.cases.attaching import ATTACHED
from mingtang_web.cases.bridge import EVENT
from mingtang_web.collecting.recording import KIND as COLLECTING
from mingtang_web.disputes.actions import DISPUTE_NOTED as NOTED
from mingtang_web.files.actions import QUARANTINED
from mingtang_web.importing import signing as importing
from mingtang_web.importing.actions import IMPORT_FINISHED as FINISHED
from mingtang_web.importing.actions import IMPORT_UPLOADED as UPLOADED
from mingtang_web.keeping.appointing import APPOINTED, ENDED, LENT, RETURNED
from mingtang_web.keeping.tree import RENAMED, SECTION
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import VOIDED
from mingtang_web.letters.delivering import DELIVERED
from mingtang_web.letters.wording import EDITED
from mingtang_web.mistakes.actions import KINDS as MISTAKES
from mingtang_web.publication.cleaning import KIND as CLEAN_UP
from mingtang_web.publication.recording import KIND as PUBLICATION
from mingtang_web.publication.stock import KIND as NORMS
from mingtang_web.spells.actions import KINDS as SPELLS
from mingtang_web.spells.evidence import ATTACHED as ATTACHED_TO_SPELL
from mingtang_web.supervision import assessing, bulletin, inspecting, ordering

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body

Said = dict[str, Any]
AT_A_TIME = 2000
PROPOSALS = frozenset({
    "case.proposed", "case.reviewed", "case.approved", "case.returned", "case.taken_back",
    "case.overtaken",
})  # fmt: skip
ASKED = {
    "case.section_asked": "sectionopinions",
    "case.urged": "urgings",
    "case.commented": "comments",
    "case.explained": "explanations",
}
ANSWERED = {
    "case.section_answered": "sectionopinions",
    "case.urging_answered": "urgings",
}


KEPT = {
    APPOINTED: "appointment",
    ENDED: "appointment",
    LENT: "loan",
    RETURNED: "loan",
    SECTION: "section",
    UPLOADED: "source",
    FINISHED: "source",
    importing.PROPOSED: "proposal",
    importing.APPROVED: "proposal",
    importing.RETURNED: "proposal",
    importing.TAKEN_BACK: "proposal",
    importing.OVERTAKEN: "proposal",
    NOTED: "note",
    HELD: "hold",
    KEPT_CASE: "kept",
    LET_GO: "kept",
    **dict.fromkeys(ACTIVITIES, "activity"),
    **dict.fromkeys(MISTAKES, "mistake"),
    **dict.fromkeys(SPELLS, "spell"),
    **dict.fromkeys(inspecting.KINDS, "inspection"),
    **dict.fromkeys(ordering.KINDS, "order"),
    **dict.fromkeys(bulletin.KINDS, "bulletin"),
    **dict.fromkeys(assessing.KINDS, "assessment"),
}
"""Under which name the entries of a kind say which row they are of."""


@dataclass
class Told:
    """Of each kind of row, by its id, what the ledger says last; cases by their first."""

    cases: dict[int, Said] = field(default_factory=dict)
    assigned: dict[int, Said] = field(default_factory=dict)
    proposals: dict[int, Said] = field(default_factory=dict)
    searches: dict[int, Said] = field(default_factory=dict)
    letters: dict[int, Said] = field(default_factory=dict)
    voided: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    deliveries: dict[int, Said] = field(default_factory=dict)
    edits: dict[int, Said] = field(default_factory=dict)
    files: dict[str, Said] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    attachments: dict[int, Said] = field(default_factory=dict)
    matters: dict[int, Said] = field(default_factory=dict)
    kept: dict[str, dict[int, Said]] = field(default_factory=lambda: defaultdict(dict))
    annuals: dict[int, Said] = field(default_factory=dict)
    documents: dict[int, Said] = field(default_factory=dict)
    seasons: dict[int, str] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    parts: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    body: Said = field(default_factory=dict)
    renamed: list[Said] = field(default_factory=list)
    exchanges: dict[str, dict[int, Said]] = field(default_factory=lambda: defaultdict(dict))


def told(body: Body) -> Told:
    """Return what a body's ledger tells."""
    found = Told()
    rows = Entry.objects.filter(body=body).order_by("sequence")
    for entry in rows.iterator(chunk_size=AT_A_TIME):
        _take(found, entry, entry.content)
    return found


def _take(found: Told, entry: Entry, said: Said) -> None:
    _take_papers(found, entry, said)
    kind, case = entry.kind, entry.case_id or 0
    if kind.startswith(EVENT):
        found.cases.setdefault(case, said)
    elif kind in PROPOSALS:
        found.proposals[said["proposal"]] = said
        found.drafts |= set(said.get("drafts", ()))
    elif kind in {*ASKED, *ANSWERED}:
        _take_words(found, entry, said)
    elif kind == ASSIGNED:
        found.assigned[case] = said
    elif kind == AMENDED:
        now = {name: said[name] for name in ("row", "form") if name in said}
        found.cases[case] = found.cases.get(case, {}) | now
    elif kind == "case.searched":
        found.searches[said["search"]] = said
    elif kind.startswith("letter."):
        _take_letter(found, entry, said)
    else:
        _take_kept(found, kind, said)


def _take_papers(found: Told, entry: Entry, said: Said) -> None:
    """Take the letters and files that an act brought with it."""
    for one in said.get("letters", ()):
        found.letters[one["letter"]] = one
    attached = [said] if entry.kind == ATTACHED else said.get("attached", ())
    for one in attached:
        found.attachments[one["attachment"]] = one | {"case": entry.case_id}
        row = {"sha256": one["file_sha256"], "row": one.get("file_row")}
        found.files[one["file"]] = row


def _take_words(found: Told, entry: Entry, said: Said) -> None:
    if entry.kind in ASKED:
        by: Said = {"by_id": entry.actor_id, "case_id": entry.case_id or 0}
        by |= {"answer": "", "answered_by_id": None} if "until" in said else {}
        found.exchanges[ASKED[entry.kind]][said["said"]] = said | by
    else:
        found.exchanges[ANSWERED[entry.kind]][said["said"]] |= {
            "answer": said["words"],
            "answered_by_id": entry.actor_id,
        }


def _take_kept(found: Told, kind: str, said: Said) -> None:
    if kind in KEPT:
        rows, pk = found.kept[KEPT[kind]], said[KEPT[kind]]
        rows[pk] = rows.get(pk, {}) | said
    elif kind.startswith("register."):
        pk = said["matter"]
        found.matters[pk] = found.matters.get(pk, {}) | said
    elif kind.startswith("body."):
        found.body |= said | {kind: True}
        found.renamed += [said] if kind == RENAMED else []
    elif kind == ATTACHED_TO_SPELL:
        _take_rows(found, said)
    elif (where := kind.split(".", maxsplit=1)[0] + ".") in _APPS:
        _APPS[where](found, said)
    elif kind == QUARANTINED:
        found.files[said["file"]] = said
    elif kind == ERASED:
        found.erased.add(said["applicant"])


def _take_annual(found: Told, said: Said) -> None:
    """Take how a report stood after an act, the rows it touched and the files it made."""
    found.annuals[said["annual"]] = said
    _take_rows(found, said)


def _take_document(found: Told, said: Said) -> None:
    """Take how a document stood after an act, or by what a body's documents go."""
    if "document" in said:
        found.documents[said["document"]] = said
        _take_rows(found, said)
    else:
        found.body |= said


def _take_clean_up(found: Told, said: Said) -> None:
    """Take how a clean-up stood after an act, and the conclusions it touched."""
    found.parts["cleanup"][said["cleanup"]] = said["now"]
    _take_rows(found, said)


def _take_collected(found: Told, said: Said) -> None:
    """Take a season as it was opened, or how a body in one stood after an act."""
    if "member" in said:
        found.members[said["member"]] = said["now"]
        _take_rows(found, said)
    elif "now" in said:
        found.seasons[said["season"]] = said["now"]


def _take_rows(found: Told, said: Said) -> None:
    for name, pk, made in said["rows"]:
        found.parts[name][pk] = made
    found.files |= {one["file"]: one for one in said.get("files", ())}


def _take_letter(found: Told, entry: Entry, said: Said) -> None:
    kind = entry.kind
    if kind == EDITED:
        found.edits[said["edit"]] = said
    elif kind == DELIVERED:
        found.deliveries[said["delivery"]] = said
        named = {"sha256": said["file_sha256"], "row": said.get("file_row")}
        found.files |= {said["file"]: named} if said["file"] else {}
    elif "sha256" in said:
        found.letters[said["letter"]] = said
    if kind == VOIDED:
        found.voided[said["letter"]] = (said["why"], entry.actor_id)
        fresh = said.get("replaced_by")
        found.letters |= {fresh["letter"]: fresh} if fresh else {}


_APPS = {
    ANNUAL: _take_annual,
    COLLECTING: _take_collected,
    PUBLICATION: _take_document,
    CLEAN_UP: _take_clean_up,
    NORMS: _take_rows,
}
"""The apps whose entries say how a whole stood after an act, by how their kinds begin."""
