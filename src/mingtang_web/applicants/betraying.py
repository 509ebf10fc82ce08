"""What in an officer's words tells who an applicant is: found, and shown only in part."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang_web.applicants.actions import ErasedError, opened_for_comparing
from mingtang_web.applicants.models import Kind
from mingtang_web.masking import IDENTITY_NUMBER, PHONE, masked_name, masked_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.applicants.models import Applicant
    from mingtang_web.applicants.sealing import Person

SHORTEST_NAME = 2
LONGEST_NAME = 4
SHORTEST_ADDRESS = 6


class Trace(NamedTuple):
    """A place in a text: what it looks like, from which character on, masked.

    ``is_name`` where it is a name alone, which may be a coincidence.
    """

    what: str
    start: int
    shown: str
    is_name: bool = False

    def __str__(self) -> str:
        return _("第%(start)s个字起的“%(shown)s”像是%(what)s") % {
            "start": self.start + 1,
            "shown": self.shown,
            "what": self.what,
        }


def traces(text: str, person: Person | None = None) -> list[Trace]:
    """Return every number of a person in a text, and what of ``person`` stands in it.

    >>> [str(trace) for trace in traces("问13800138000的材料")]
    ['第2个字起的“138****8000”像是手机号码']
    """
    found = [*_numbers(text), *(known(text, person) if person else ())]
    first: dict[int, Trace] = {}
    for trace in found:
        first.setdefault(trace.start, trace)
    return [first[start] for start in sorted(first)]


def traces_of(applicant: Applicant, text: str) -> list[Trace]:
    """Return what in a text tells of an applicant; of an erased one nothing is known."""
    try:
        return traces(text, opened_for_comparing(applicant))
    except ErasedError:
        return traces(text)


def _numbers(text: str) -> Iterator[Trace]:
    for pattern, what in ((IDENTITY_NUMBER, _("身份证件号码")), (PHONE, _("手机号码"))):
        for found in pattern.finditer(text):
            yield Trace(what, found.start(), masked_number(found[0]))


def known(text: str, person: Person, whose: str = "") -> Iterator[Trace]:
    """Give what of a person stands in a text; ``whose`` says what they are in a case."""
    whose = whose or _("申请人")
    own = {person.contact, person.name if _is_natural(person) else ""}
    for names, title in ((own, whose), ({person.agent} - own, _("代理人"))):
        for name in sorted(names):
            said = _("%(whose)s的姓名") % {"whose": title}
            for each in _places(text, name, said, masked_name(name)):
                yield each._replace(is_name=True)
    yield from _known_numbers(text, person, whose)
    if len(person.address) >= SHORTEST_ADDRESS:
        said = _("%(whose)s的地址") % {"whose": whose}
        yield from _places(text, person.address, said, f"{person.address[:3]}…")
    said = _("%(whose)s的电子邮箱") % {"whose": whose}
    yield from _places(text, person.email, said, f"{person.email[:1]}***")


def _known_numbers(text: str, person: Person, whose: str) -> Iterator[Trace]:
    own = (person.identity_number, person.phone, person.fax)
    agents = (person.agent_identity_number, person.agent_phone)
    for numbers, title in ((own, whose), (agents, _("代理人"))):
        said = _("%(whose)s的号码") % {"whose": title}
        for number in numbers:
            yield from _places(text, number, said, masked_number(number))


def known_of(applicant: Applicant, text: str, whose: str = "") -> Iterator[Trace]:
    """Give what of an applicant stands in a text; of an erased one nothing is known.

    The name of what is no natural person is nobody's personal data.
    """
    try:
        person = opened_for_comparing(applicant)
    except ErasedError:
        return
    own = person if applicant.kind == Kind.PERSON else replace(person, name="")
    yield from known(text, own, whose)


def _is_natural(person: Person) -> bool:
    """Return whether the name is a person's: a company's is its own public name."""
    return len(person.name) <= LONGEST_NAME or "·" in person.name


def _places(text: str, words: str, what: str, shown: str) -> Iterator[Trace]:
    if len(words) >= SHORTEST_NAME:
        for found in re.finditer(re.escape(words), text):
            yield Trace(what, found.start(), shown)
