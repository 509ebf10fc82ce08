"""What goes through the channel, and in what shape; nothing of it tells who applied."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from mingtang_web.typed import LARGEST, bare, unseen

Json = dict[str, Any]
LONG, SHORT = 500, 200
_UNSEEN: Final = "unseen"
_TOO_LARGE: Final = "too_large"


class Sent(Schema):
    """What a caller sends: a field that is not known is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _seen(cls, sent: Any) -> Any:  # noqa: ANN401 - whatever came
        """Let in what people see and databases keep, as the desk's forms do."""
        seen_through(sent, "")
        return sent

    @field_validator("*", mode="before")
    @classmethod
    def _bare(cls, sent: Any) -> Any:  # noqa: ANN401 - whatever came
        return seen_through(sent, "")


def seen_through(sent: Any, place: str) -> Any:  # noqa: ANN401 - whatever came
    """Return what was sent, its texts bare of what nobody sees at their ends.

    Raises `PydanticCustomError` at the place of what is unseen inside, or too large.
    """
    if isinstance(sent, str):
        found = unseen(bare(sent))
        if found:
            raise PydanticCustomError(_UNSEEN, "{what}", {"at": place, "what": str(found)})
        return bare(sent)
    if isinstance(sent, dict):
        for name in sent:
            seen_through(name, place)
        return {name: seen_through(each, _in(place, name)) for name, each in sent.items()}
    if isinstance(sent, list):
        return [seen_through(each, _in(place, n)) for n, each in enumerate(sent)]
    if isinstance(sent, int) and abs(sent) > LARGEST:
        raise PydanticCustomError(_TOO_LARGE, "{at}", {"at": place})
    return sent


def _in(place: str, name: object) -> str:
    return f"{place}.{name}" if place else str(name)


class Person(Sent):
    """Whom a consultation goes to; sealed at once and never given out here."""

    name: str = Field(min_length=1, max_length=SHORT)
    kind: str = "other"
    phone: str = Field("", max_length=50)
    address: str = Field("", max_length=SHORT)


class LetterOrder(Sent):
    """A letter that is to go out; a day in them is ``{"$day": "2026-03-02"}``."""

    kind: str
    particulars: Json = Field(default_factory=dict)
    day: date | None = None
    delivery: str = ""
    system: str = ""
    party: str = ""


class Deed(Sent):
    """An act: on which version of the case, with which particulars, with which letter.

    ``further`` are letters to others beside the act's own, each with its ``party``.
    ``untold`` says of each who objected and is not told, by ``party``, why not.
    ``person`` is whom a consultation goes to, ``subjects`` what a request is split into.
    """

    version: int = Field(ge=0)
    event: Json
    note: str = Field("", max_length=LONG)
    letter: LetterOrder | None = None
    further: list[LetterOrder] = Field(default_factory=list, max_length=20)
    no_letter: str = Field("", max_length=SHORT)
    untold: dict[str, Annotated[str, Field(max_length=SHORT)]] = Field(
        default_factory=dict, max_length=20
    )
    person: Person | None = None
    subjects: list[str] = Field(default_factory=list, max_length=50)


class Strike(Sent):
    """An entry that was made wrongly, by its place in the history, and why."""

    version: int = Field(ge=0)
    place: int = Field(ge=0)
    why: str = Field(min_length=1, max_length=LONG)


class Search(Sent):
    """How the body looked for what was asked (检索记录)."""

    scope: str = Field(min_length=1, max_length=LONG)
    method: str = Field(min_length=1, max_length=LONG)
    result: str = Field(min_length=1, max_length=LONG)
    on: date


class Opinion(Sent):
    """An answer to a proposal: ``agree``, ``return`` or ``take_back``."""

    answer: str = Field(pattern="^(agree|return|take_back)$")
    opinion: str = Field("", max_length=LONG)


class CaseLine(Schema):
    """A case as lists show it."""

    id: int
    number: str
    body: str
    subject: str
    channel: str
    applicant_kind: str
    phase: str
    version: int
    submitted: date
    received: date | None
    due: date | None
    clock: str
    days_left: int | None
    ground: str
    decided: date | None


class CasePage(Schema):
    """A page of a list: its cases, how many there are, and which page it is."""

    cases: list[CaseLine]
    count: int
    page: int
    pages: int


class Deadline(Schema):
    """A day that the case waits for; none where it cannot be said yet."""

    kind: str
    day: date | None


class Happening(Schema):
    """One entry of the history; ``struck`` where it no longer counts."""

    place: int
    kind: str
    event: Json
    recorded_at: datetime
    actor: str
    approver: str
    struck: bool


class Proposed(Schema):
    """Something that one proposed and another consents to."""

    id: int
    act: str
    event: Json
    stage: str
    version: int
    proposer: str


class CaseWhole(CaseLine):
    """A case with its deadlines, its history and what waits for consent.

    ``form`` is in what form the information is wanted, blank where the request does not
    say, ``delivery`` how the answer is.
    """

    form: str
    delivery: str
    deadlines: list[Deadline]
    history: list[Happening]
    proposals: list[Proposed]


class Asked(Schema):
    """A particular that an act's event asks for."""

    name: str
    type: str
    required: bool


class ActOffered(Schema):
    """An act that the law permits now and the caller may do or propose."""

    id: str
    title: str
    article: str
    consequence: str
    letter: str | None
    until: date | None
    warning: str | None
    asks: list[Asked]


class Outcome(Schema):
    """What came of an act: ``done``, or ``proposed`` where another must consent.

    ``warnings`` say where its letters, as they were sent, differ from the case or the
    ledger: either may be right, so that nothing is refused for it.
    """

    outcome: str
    version: int
    phase: str
    proposal: int | None = None
    warnings: list[str] = Field(default_factory=list)


class LetterLine(Schema):
    """A letter of a case; it is opened as a file only, and that is recorded."""

    id: int
    kind: str
    title: str
    number: str
    day: date
    status: str
    sha256: str
    deliveries: list[int]


class Session(Schema):
    """Who calls, and the token that every change must carry as ``X-CSRFToken``."""

    user: str
    csrf: str
    roles: list[str]
