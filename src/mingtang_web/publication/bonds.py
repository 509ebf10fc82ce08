"""With whom a document was issued, and what it forwards (联合发文、转发文件).

A joint document has the disclosure attribute that its lead body (牵头机关) settled, a
forwarded one that of its original (原件); what is refused, the engine says
(`mingtang.publication.disclosure`). Why it is so here: docs/decisions/0037.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.publication.disclosure import (
    ATTRIBUTE_NAMES,
    Attribute,
    Bond,
    Followed,
    refuse_enclosed,
    settle,
)
from mingtang.publication.refused import RefusedError
from mingtang_web.bodies.models import Body
from mingtang_web.cases.rules import rulebook
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang_web.publication.models import Document, Revision

MOST = 20
"""So many bodies a document may be issued by."""
LONGEST = 100
_REASON = 200


class Issuer(NamedTuple):
    """A body that issued a document; ``code`` is blank for one that is not on this site."""

    name: str
    code: str = ""


class Bonds(NamedTuple):
    """What a revision says of its issuers and its original; the fields are its columns.

    ``issuers`` are all bodies of a joint document, the lead body first, and none of one
    that its body issued alone.
    """

    issuers: tuple[Issuer, ...] = ()
    lead_attribute: str = ""
    forwards: Document | None = None
    original_title: str = ""
    original_number: str = ""
    original_issuer: str = ""
    original_attribute: str = ""

    @classmethod
    def of(cls, revision: Revision) -> Bonds:
        """Return what a revision says."""
        held = {name: getattr(revision, name) for name in cls._fields}
        return cls(**held | {"issuers": issuers_of(revision)})

    @property
    def as_issuer(self) -> str:
        """All bodies in one line, as the public reads who issued a joint document."""
        return "、".join(each.name for each in self.issuers)

    @property
    def typed(self) -> bool:
        """Whether an original is told of that is not on this site."""
        return bool(self.original_title or self.original_number or self.original_issuer)

    def led_elsewhere(self, body: Body) -> bool:
        """Return whether another body leads."""
        return bool(self.issuers) and self.issuers[0].code != body.code

    def put(self, revision: Revision) -> None:
        """Let a revision say it."""
        for name, value in self._asdict().items():
            setattr(revision, name, value)
        revision.issuers = [list(each) for each in self.issuers]


def issuers_of(revision: Revision) -> tuple[Issuer, ...]:
    """Return the bodies of a joint document, the lead body first."""
    return tuple(Issuer(*each) for each in revision.issuers)


def issuers_named(names: Iterable[str]) -> tuple[Issuer, ...]:
    """Return bodies by their names as typed, those known here by their full name: a query.

    A name that is nobody's here is that of a body elsewhere.
    """
    said = [name for name in (each.strip() for each in names) if name]
    rows = Body.objects.filter(name__in=said).values_list("name", "code")
    known = dict(rows)
    return tuple(Issuer(name, known.get(name, "")) for name in said)


def attribute_of(original: Document) -> str:
    """Return the attribute that an original of this site has: as published, where it is."""
    out = original.published if original.is_out else None
    return out.attribute if out else original.attribute


def completed(bonds: Bonds) -> Bonds:
    """Return bonds with the attribute that an original of this site now has.

    Raises `ValidationError` where another one was typed.
    """
    if bonds.forwards is None:
        return bonds
    now = attribute_of(bonds.forwards)
    if bonds.original_attribute not in {"", now}:
        why = _("原件在本站，公开属性是“%(now)s”，与所填不同；请不填，或者先更正原件")
        raise ValidationError({"original_attribute": why % {"now": _label(now)}})
    return bonds._replace(original_attribute=now)


def wrong(bonds: Bonds, body: Body) -> Iterator[tuple[str, str]]:
    """Yield what does not stand in what was said, by its field."""
    for name in ("lead_attribute", "original_attribute"):
        if getattr(bonds, name) not in {"", *Attribute}:
            yield name, _("没有这一项，请从列出的里面选")
    yield from _wrong_lead(bonds, body)
    if bonds.forwards is not None and bonds.typed:
        yield "original_title", _("原件在本站的，不另写名称、文号和发文机关")
    elif bonds.forwards is None:
        yield from _wrong_original(bonds)


def _wrong_lead(bonds: Bonds, body: Body) -> Iterator[tuple[str, str]]:
    if bonds.issuers:
        yield from _wrong_issuers(bonds.issuers, body)
        led, said = bonds.led_elsewhere(body), bonds.lead_attribute
        if led and not said:
            why = _("由“%(lead)s”牵头，请填牵头机关认定的公开属性；不会替您推定")
            yield "lead_attribute", why % {"lead": bonds.issuers[0].name}
        if said and not led:
            yield "lead_attribute", _("本机关牵头的，公开属性由本机关认定，这一项不填")
    elif bonds.lead_attribute:
        yield "lead_attribute", _("没有写联合发文的机关，请补写机关，或者不填这一项")


def settled(proposed: str, reason: str, bonds: Bonds, body: Body) -> tuple[str, str]:
    """Return the attribute of a document and its reason: its own, or as it has to follow.

    What is forwarded goes out with the document, so that one for everybody forwards
    nothing that is not (条例第十七条). Raises `ValidationError` with the engine's words.
    """
    rows = list(followed(bonds, body))
    if not rows or proposed not in {"", *Attribute}:
        return proposed, reason
    attribute = Attribute(proposed) if proposed else None
    choices = rulebook(body).choices
    try:
        for each in rows:
            attribute, reason, _whom = settle(attribute, reason, each, choices)
        if bonds.original_attribute and attribute is not None:
            refuse_enclosed(attribute, [Attribute(bonds.original_attribute)])
    except RefusedError as why:
        raise ValidationError({"attribute": _not_so(proposed, why)}) from why
    return str(attribute), reason[:_REASON]


def _not_so(proposed: str, why: RefusedError) -> str:
    """Return why an attribute cannot stand: first the field and what was chosen there."""
    said = {"chosen": _label(proposed), "why": spoken(str(why))}
    if not proposed:
        return _("“公开属性”没有选。%(why)s") % said
    return _("“公开属性”选的“%(chosen)s”定不了。%(why)s") % said


def preset(original: Document, body: Body) -> tuple[str, str]:
    """Return the attribute, and its reason, of a document that will forward an original.

    Both blank where the body judges anew (``forwarded_attribute``).
    """
    try:
        return settled("", "", completed(Bonds(forwards=original)), body)
    except ValidationError:
        return "", ""


def followed(bonds: Bonds, body: Body) -> Iterator[Followed]:
    """Yield whose attributes a document follows: the lead body's first."""
    if bonds.led_elsewhere(body) and bonds.lead_attribute:
        lead = Attribute(bonds.lead_attribute)
        yield Followed(Bond.JOINT, lead, bonds.issuers[0].name)
    if bonds.original_attribute:
        attribute = Attribute(bonds.original_attribute)
        yield Followed(Bond.FORWARDED, attribute, _called(bonds))


def own_reason(revision: Revision) -> str:
    """Return the reason that somebody wrote, blank for one that says whom it follows."""
    body = revision.document.body
    told = {settle(None, "", each).reason for each in followed(Bonds.of(revision), body)}
    said = revision.attribute_reason
    return "" if said in {each[:_REASON] for each in told} else said


def changed(revision: Revision) -> str:
    """Return what stands against a revision whose original has changed since, if anything.

    A document follows what its original is, not what it was when the draft was saved.
    """
    if revision.forwards is None:
        return ""
    now = attribute_of(revision.forwards)
    if now == revision.original_attribute:
        return ""
    known = {"was": _label(revision.original_attribute), "now": _label(now)}
    return (
        _("原件的公开属性已由“%(was)s”改为“%(now)s”；请修改文件，重新认定公开属性") % known
    )


def _wrong_issuers(issuers: tuple[Issuer, ...], body: Body) -> Iterator[tuple[str, str]]:
    names = [each.name for each in issuers]
    if len(names) == 1:
        yield "issuers", _("联合发文至少有两个机关；只有本机关的，这一项不填")
    elif len(names) > MOST:
        said = _("写了%(n)s个机关，最多%(most)s个")
        yield "issuers", said % {"n": len(names), "most": MOST}
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        yield "issuers", _("“%(name)s”写了两次，请删去一个") % {"name": twice}
    long = next((name for name in names if len(name) > LONGEST), "")
    if long:
        said = _("机关名称“%(name)s…”超过%(most)s字，请一行写一个机关")
        yield "issuers", said % {"name": long[:20], "most": LONGEST}
    if body.code not in {each.code for each in issuers}:
        why = _("联合发文的机关里没有本机关“%(name)s”，请按全称加上")
        yield "issuers", why % {"name": body.name}


def _wrong_original(bonds: Bonds) -> Iterator[tuple[str, str]]:
    needed = {
        "original_title": _("转发的原件须写名称"),
        "original_issuer": _("转发的原件须写发文机关"),
        "original_attribute": _("转发的原件须写公开属性，本文件随原件；不会替您推定"),
    }
    if bonds.typed or bonds.original_attribute:
        for name, why in needed.items():
            if not getattr(bonds, name):
                yield name, why


def _called(bonds: Bonds) -> str:
    """Return how a reason calls an original: nothing of one that is not public."""
    document = bonds.forwards
    if document is None:
        return bonds.original_number or bonds.original_title[:80]
    if document.is_out and document.published is not None:
        return document.published.document_number or document.published.title[:80]
    return _("本站登记的原件")


def _label(attribute: str) -> str:
    return spoken(ATTRIBUTE_NAMES[Attribute(attribute)]) if attribute else _("未填")
