"""Between rows and the engine's letters: settings out of bodies, letters as text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from mingtang import __version__
from mingtang.drafting import template
from mingtang.drafting.letter import Clause, Letter, Origin
from mingtang.drafting.setting import ELECTRONIC, Office, Setting
from mingtang.law.grounds import Remedy
from mingtang_web.applicants.actions import for_letters, shown_name
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import in_part
from mingtang_web.letters.orders import ADDRESSED
from mingtang_web.masking import masked_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.applicants.models import Applicant
    from mingtang_web.bodies.models import Body
    from mingtang_web.letters.orders import Matter, Order

PERSON, ORGANISATION, POST = "person", "organisation", "post"
CONSULTED = ("third_party", "body")
"""The readers of letters that ask somebody else than the applicant."""


def office(body: Body) -> Office:
    """Return a body as the one that signs a letter."""
    return Office(
        name=body.name,
        code_word=body.letter_code,
        section=body.disclosure_office or "政府信息公开工作机构",
        address=body.address,
        telephone=body.telephone,
        review_organ=body.review_organ or None,
        court=body.court or None,
        review_online=body.review_online or None,
    )


def setting(
    order: Order, matter: Matter, day: date, edits: Mapping[str, str], number: int | None
) -> Setting:
    """Return what surrounds a letter on its day."""
    delivery, system = order.delivery or POST, order.system or None
    if delivery == ELECTRONIC and system is None:
        system = for_letters(matter.reader).email or None
    made = template(order.kind)
    hides = ("applicant",) if matter.hidden and made.reader == "file" else ()
    wanted = hides or "applicant" in made.hides
    secrets = {"applicant": _betraying(matter.hidden)} if wanted else {}
    return Setting(
        office=office(matter.body),
        day=day,
        number=number,
        delivery=delivery,
        system=system,
        choices=matter.choices,
        edits=edits,
        secrets=secrets,
        hides=hides,
    )


def particulars(order: Order, reader: Applicant) -> dict[str, object]:
    """Return an order's particulars with whom it is for."""
    told = {n: v for n, v in order.particulars.items() if n not in ADDRESSED}
    asked = {known.id for known in template(order.kind).needs}
    if "addressee" in asked:
        told["addressee"] = for_letters(reader).name
    if "addressee_kind" in asked:
        told["addressee_kind"] = PERSON if reader.kind == Kind.PERSON else ORGANISATION
    return told


def text_of(letter: Letter, salt: str) -> str:
    """Return a letter as text, the same for the same letter; a salt hides it in a hash."""
    said = letter._asdict() | {
        "clauses": [clause._asdict() for clause in letter.clauses],
        "day": letter.day.isoformat(),
    }
    return json.dumps({"letter": said, "salt": salt}, ensure_ascii=False, sort_keys=True)


def letter_of(text: str) -> tuple[Letter, str]:
    """Return the letter that `text_of` wrote, and its salt."""
    kept = json.loads(text)
    said = kept["letter"]
    said["clauses"] = tuple(_clause(each) for each in said["clauses"])
    said["enclosures"] = tuple(said["enclosures"])
    said["internal"] = tuple((label, words) for label, words in said["internal"])
    said["remedy"] = Remedy(said["remedy"]) if said["remedy"] else None
    said["day"] = date.fromisoformat(said["day"])
    return Letter(**said), kept["salt"]


def masked(letter: Letter, reader: Applicant) -> Letter:
    """Return a letter with its reader's name and contacts masked wherever they stand."""
    hidden = _hidden(letter.kind, reader)

    def masks(text: str) -> str:
        for word, shown in hidden:
            text = text.replace(word, shown)
        return text

    clauses = tuple(
        clause._replace(
            text=masks(clause.text),
            rows=tuple(tuple(map(masks, row)) for row in clause.rows),
        )
        for clause in letter.clauses
    )
    name = for_letters(reader).name
    addressee = _shown(letter.kind, reader, name) if letter.addressee else None
    return letter._replace(addressee=addressee, clauses=clauses)


def _hidden(kind: str, reader: Applicant) -> list[tuple[str, str]]:
    """Return what no screen shows of a reader, each with what stands for it."""
    whole = for_letters(reader)
    part = replace(in_part(whole), name=_shown(kind, reader, whole.name))
    names = (
        "name", "contact", "identity_number", "phone", "fax", "email", "address",
        "agent", "agent_identity_number", "agent_phone",
    )  # fmt: skip
    pairs = [(getattr(whole, name), getattr(part, name)) for name in names]
    return sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0]))


def _shown(kind: str, reader: Applicant, name: str) -> str:
    """Return a reader's name as screens show it: an applicant's always in part."""
    asked = template(kind).reader in CONSULTED
    return shown_name(reader, name) if asked else masked_name(name)


def made_by(kind: str, edits: Mapping[str, str], choices: Mapping[str, str]) -> str:
    """Return a short name of what makes a letter: other words or choices, another name."""
    said = f"{_template_stamp(kind)}{sorted(edits.items())}{sorted(choices.items())}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@cache
def _template_stamp(kind: str) -> str:
    said = f"{__version__}{template(kind)!r}"
    return hashlib.sha256(said.encode()).hexdigest()


def _betraying(hidden: tuple[Applicant, ...]) -> tuple[str, ...]:
    """Return the words that would tell who somebody is."""
    return tuple(word for each in hidden for word in for_letters(each).betraying)


def _clause(said: dict[str, Any]) -> Clause:
    kept = {
        "origin": Origin(said["origin"]),
        "rows": tuple(map(tuple, said["rows"])),
        "shares": tuple(said["shares"]),
    }
    return Clause(**(said | kept))
