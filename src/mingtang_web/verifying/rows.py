"""Rows against what the ledger tells of them: cases, proposals, searches, words said."""

from __future__ import annotations

import hashlib
from copy import copy
from typing import TYPE_CHECKING

from mingtang.case.events import Split
from mingtang_web import clock
from mingtang_web.annual import recording as annual
from mingtang_web.annual.models import Annual
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import SEARCH
from mingtang_web.cases.exchanges import Comment, Explanation, SectionOpinion, Urging
from mingtang_web.cases.models import Case, Consultation, Proposal, SearchRecord
from mingtang_web.cases.rules import rulebook, stamp
from mingtang_web.cases.waiting import PROPOSAL
from mingtang_web.counts.recounting import faults
from mingtang_web.disputes import bridge as dispute_bridge
from mingtang_web.disputes.actions import FILED
from mingtang_web.disputes.models import Dispute
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.bodies.models import Body
    from mingtang_web.verifying.told import Said, Told

_FROM_EVENTS = (
    "version", "applicant_kind", "phase", "submitted", "received", "ground", "decided",
)  # fmt: skip
_FROM_RULES = ("due", "running", "net_days", "unserved_since")
_NOBODY: dict[str, list[None]] = {"section": [None], "handler": [None]}
_INHERITED: dict[str, list[None]] = {}
"""A part takes section and handler over from the whole."""
_ASKED = (SectionOpinion, Urging, Comment, Explanation)
_OF_DISPUTE = (
    "kind", "filed", "copied", "simple", "answer_by", "answered", "suspended", "outcome",
    "ended",
)  # fmt: skip


def cases(body: Body, found: Told) -> Iterator[str]:
    """Yield every case that is not what its entries make of it."""
    rules, left = rulebook(body), set(found.cases)
    after = 0
    while ids := _next(body, after):
        histories = bridge.histories(ids)
        for case in Case.objects.filter(pk__in=ids).select_related("body").order_by("pk"):
            left.discard(case.pk)
            events = histories.get(case.pk)
            if not events:
                yield f"案件{case.number}在台账里没有任何记录"
                continue
            wrong = _of_case(case, events, rules) + _as_registered(case, found)
            wrong += _of_parts(case, events)
            if wrong:
                yield f"案件{case.number}与台账不符：{'、'.join(wrong)}"
        after = ids[-1]
    yield from (f"台账所记的案件（内部编号{pk}）已不在数据库中" for pk in sorted(left))


def consents(body: Body, found: Told) -> Iterator[str]:
    """Yield every proposal and search record that is not what the ledger says."""
    rows = Proposal.objects.filter(case__body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        said = found.proposals.pop(row.pk, None)
        if said is None or not _as_proposed(row, said):
            yield f"送审（内部编号{row.pk}）与台账不符"
    yield from (f"台账所记的送审（内部编号{pk}）已不在" for pk in sorted(found.proposals))
    records = SearchRecord.objects.filter(case__body=body).order_by("pk")
    for record in records.iterator(chunk_size=AT_A_TIME):
        said = found.searches.pop(record.pk, None)
        if said is None or not _as_searched(record, said):
            yield f"检索记录（内部编号{record.pk}）与台账不符"
    yield from (f"台账所记的检索记录（内部编号{pk}）已不在" for pk in found.searches)


def words(body: Body, found: Told) -> Iterator[str]:
    """Yield everything said about cases that is not what the ledger says."""
    for model in _ASKED:
        name = f"{model.__name__.lower()}s"
        label, told = model._meta.verbose_name, found.exchanges[name]
        for row in model._default_manager.filter(case__body=body).order_by("pk"):
            said = told.pop(row.pk, None)
            if said is None or not all(_says(row, key, v) for key, v in said.items()):
                yield f"{label}（内部编号{row.pk}）与台账不符"
        yield from (f"台账所记的{label}（内部编号{pk}）已不在" for pk in told)


def disputes(body: Body, _found: Told) -> Iterator[str]:
    """Yield every review and suit that is not what its entries make of it."""
    for row in Dispute.objects.filter(body=body).order_by("pk"):
        events = dispute_bridge.history(row.pk)
        made = copy(row)
        if events:
            dispute_bridge.put(made, events)
        wrong = [name for name in _OF_DISPUTE if getattr(made, name) != getattr(row, name)]
        wrong += _as_filed(row)
        if not events or wrong:
            yield f"{row.number}与台账不符：{'、'.join(wrong) or '没有任何记录'}"


def _as_filed(row: Dispute) -> list[str]:
    """Return what differs from the first entry, and from how many there are."""
    entries = dispute_bridge.entries([row.pk])[row.pk]
    own = fingerprint(row, *FILED)
    first = entries[0].content if entries else {}
    told = {e.content.get("performed") for e in entries} | {None}
    performed = row.performed and row.performed.isoformat()
    steps = sum("event" in e.content or e.kind == dispute_bridge.STRUCK for e in entries)
    held = {
        "登记的内容": first.get("row", own) == own,
        "版本": steps == row.version,
        "履行期限": row.perform_by == dispute_bridge.perform_by(entries),
        "履行日期": performed in told,
    }
    return [what for what, holds in held.items() if not holds]


def _next(body: Body, after: int) -> list[int]:
    rows = Case.objects.filter(body=body, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_A_TIME])


def _of_case(case: Case, events: tuple[Event, ...], rules: Rulebook) -> list[str]:
    """Return the columns that are not what the events make of them.

    Days that another rulebook counted are left to ``recount``.
    """
    made = copy(case)
    bridge.put(made, events, clock.today(), rules)
    names = _FROM_EVENTS + (_FROM_RULES if case.counted_by == stamp(rules) else ())
    return [
        str(Case._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in names
        if getattr(made, name) != getattr(case, name)
    ]


def _of_parts(case: Case, events: tuple[Event, ...]) -> list[str]:
    """Return the parts that a split named and that are no cases; an old ledger's may be."""
    named = {part for event in events if isinstance(event, Split) for part in event.parts}
    if not named or hasattr(case, "imported"):
        return []
    there = case.parts.filter(number__in=named).values_list("number", flat=True)
    return [f"子件{number}没有案件" for number in sorted(named - set(there))]


def _as_registered(case: Case, found: Told) -> list[str]:
    """Return what differs from the case's first entry, its assignment, its parties."""
    first = found.cases.get(case.pk, {})
    given = found.assigned.get(case.pk, _INHERITED if case.parent_id else _NOBODY)
    own = fingerprint(case, *bridge.REGISTERED)
    held = {
        "编号": first.get("number", case.number) == case.number,
        "收到渠道": first.get("came", case.channel) == case.channel,
        "形式要求": not first or first.get("form", "") == case.form,
        "登记的内容": first.get("row", own) == own,
        "承办机构": given.get("section", [case.section_id])[-1] == case.section_id,
        "承办人": given.get("handler", [case.handler_id])[-1] == case.handler_id,
    }
    return [what for what, holds in held.items() if not holds]


def parties(body: Body, _found: Told) -> Iterator[str]:
    """Yield everybody consulted whom no event names."""
    rows = Consultation.objects.filter(case__body=body).order_by("pk")
    for row in rows.iterator(chunk_size=AT_A_TIME):
        named = {getattr(event, "party", None) for event in bridge.history(row.case_id)}
        if row.party not in named:
            yield f"征求意见（内部编号{row.pk}）不在台账里"


def _as_proposed(row: Proposal, said: Said) -> bool:
    own = (row.event, row.stage, row.replaces_id, _sealed(row), fingerprint(row, *PROPOSAL))
    told = said["event"], said["stage"], said.get("replaces"), said.get("amends")
    return own == (*told, said.get("row", own[-1]))


def _sealed(row: Proposal) -> str | None:
    """Return what the ledger tells of a correction that lies sealed in a proposal."""
    return None if row.amends is None else hashlib.sha256(bytes(row.amends)).hexdigest()


def _as_searched(record: SearchRecord, said: Said) -> bool:
    own = fingerprint(record, *SEARCH)
    return bool(said["on"] == record.on.isoformat() and said.get("row", own) == own)


def _says(row: object, name: str, value: object) -> bool:
    """Return whether a row says what its entry does: words, day, section or cause."""
    if name == "said":
        return True
    column = {"section": "section_id"}.get(name, name)
    held = getattr(row, column)
    return bool((held.isoformat() if name == "until" else held) == value)


def tables(body: Body, _found: Told) -> Iterator[str]:
    """Yield every count in the tables that is not what the histories make of it."""
    yield from faults(body)


def annuals(body: Body, found: Told) -> Iterator[str]:
    """Yield every annual report, and everything in one, that is not as it was told."""
    for row in Annual.objects.filter(body=body).order_by("pk"):
        said = found.annuals.pop(row.pk, None)
        if said is None or said["now"] != annual.stands(row):
            yield f"{row.year}年度报告（第{row.issue}版）与台账不符"
    yield from (f"台账所记的年度报告（内部编号{pk}）已不在" for pk in found.annuals)
    for name, (model, columns) in annual.ROWS.items():
        told = found.parts[name]
        for part in model._default_manager.filter(annual__body=body).order_by("pk"):
            if told.pop(part.pk, None) != fingerprint(part, *columns):
                yield f"年度报告中的{name}（内部编号{part.pk}）与台账不符"
        yield from (f"台账所记年度报告中的{name}（内部编号{pk}）已不在" for pk in told)


ROWS = (cases, consents, words, parties, disputes, tables, annuals)
