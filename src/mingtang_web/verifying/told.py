"""What the ledger tells of one body's rows, gathered in one walk through its entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mingtang_web.applicants.actions import ERASED
from mingtang_web.cases.assigning import ASSIGNED
from mingtang_web.cases.bridge import EVENT
from mingtang_web.files.actions import QUARANTINED
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import VOIDED
from mingtang_web.letters.delivering import DELIVERED
from mingtang_web.letters.wording import EDITED

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body

Said = dict[str, Any]
AT_A_TIME = 2000
PROPOSALS = frozenset({
    "case.proposed", "case.reviewed", "case.approved", "case.returned", "case.taken_back",
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
    exchanges: dict[str, dict[int, Said]] = field(default_factory=lambda: defaultdict(dict))


def told(body: Body) -> Told:
    """Return what a body's ledger tells."""
    found = Told()
    rows = Entry.objects.filter(body=body).order_by("sequence")
    for entry in rows.iterator(chunk_size=AT_A_TIME):
        _take(found, entry, entry.content)
    return found


def _take(found: Told, entry: Entry, said: Said) -> None:
    kind, case = entry.kind, entry.case_id or 0
    if kind.startswith(EVENT):
        found.cases.setdefault(case, said)
    for one in said.get("letters", ()):
        found.letters[one["letter"]] = one
    if kind in PROPOSALS:
        found.proposals[said["proposal"]] = said
        found.drafts |= set(said.get("drafts", ()))
    elif kind in ASKED:
        by: Said = {"by_id": entry.actor_id, "case_id": case}
        by |= {"answer": "", "answered_by_id": None} if "until" in said else {}
        found.exchanges[ASKED[kind]][said["said"]] = said | by
    elif kind in ANSWERED:
        found.exchanges[ANSWERED[kind]][said["said"]] |= {
            "answer": said["words"],
            "answered_by_id": entry.actor_id,
        }
    elif kind == ASSIGNED:
        found.assigned[case] = said
    elif kind == "case.searched":
        found.searches[said["search"]] = said
    else:
        _take_letter(found, entry, said)


def _take_letter(found: Told, entry: Entry, said: Said) -> None:
    kind = entry.kind
    if kind.startswith("letter.") and "sha256" in said:
        found.letters[said["letter"]] = said
    if kind == VOIDED:
        found.voided[said["letter"]] = (said["why"], entry.actor_id)
        fresh = said.get("replaced_by")
        found.letters |= {fresh["letter"]: fresh} if fresh else {}
    elif kind == DELIVERED:
        found.deliveries[said["delivery"]] = said
        named = {"sha256": said["file_sha256"], "row": said.get("file_row")}
        found.files |= {said["file"]: named} if said["file"] else {}
    elif kind == QUARANTINED:
        found.files[said["file"]] = said
    elif kind == EDITED:
        found.edits[said["edit"]] = said
    elif kind == ERASED:
        found.erased.add(said["applicant"])
