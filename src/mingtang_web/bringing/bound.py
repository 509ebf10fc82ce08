"""What a row says of joint issue and forwarding, as the revision it becomes says it.

What came in was public on the old site. Its attribute is the lead body's or the
original's, which need not be told again; one that is told and is another refuses it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.law.option import option
from mingtang_web.bringing.prepared import Told, Weight
from mingtang_web.cases.rules import rulebook
from mingtang_web.publication import bonds
from mingtang_web.publication.bonds import Bonds, issuers_named
from mingtang_web.publication.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang_web.bodies.models import Body
    from mingtang_web.bringing.mapping import Reading
    from mingtang_web.publication.models import Revision

_APART = re.compile(r"[\n;；|、]")


def bind(
    revision: Revision, said: Mapping[str, object], body: Body, reading: Reading
) -> Iterator[Told]:
    """Let a revision say what its row says; yield what stands against it, or is told."""
    for weight, field, why, advice in _bind(revision, said, body):
        yield Told(weight, reading.shown(field), why, advice or _("请在旧站核对后改正"))


def _bind(
    revision: Revision, said: Mapping[str, object], body: Body
) -> Iterator[tuple[str, str, str, str]]:
    words = {name: str(value or "") for name, value in said.items()}
    bound = Bonds(
        issuers=issuers_named(_APART.split(words["issuers"])),
        lead_attribute=words["lead_attribute"],
        original_title=words["original_title"],
        original_number=words["original_number"],
        original_issuer=words["original_issuer"],
        original_attribute=words["original_attribute"],
    )
    if bound.led_elsewhere(body):
        lead = bound.lead_attribute or revision.attribute
        bound = bound._replace(lead_attribute=lead)
    number = words["forwards"]
    original = _public(number) if number else None
    if original is not None:
        bound = bound._replace(
            forwards=original, original_title="", original_number="", original_issuer=""
        )
    elif number and bound.typed:
        why = _("本站没有公开索引号为“%(n)s”的原件，按名称带入，没有链接")
        advice = _("先导入原件，再导入转发它的文件，就会链接上")
        yield Weight.TOLD, "forwards", why % {"n": number[:60]}, advice
    elif number:
        why = _("本站没有公开索引号为“%(n)s”的原件，也没有写原件名称")
        advice = _("请先导入原件，或者写明原件")
        yield Weight.REFUSED, "forwards", why % {"n": number[:60]}, advice
    if bound.typed and not bound.original_attribute and _follows(body):
        bound = bound._replace(original_attribute=revision.attribute)
    yield from _put(revision, bound, body)


def _put(
    revision: Revision, bound: Bonds, body: Body
) -> Iterator[tuple[str, str, str, str]]:
    if revision.issuer not in {"", body.name, bound.as_issuer} and bound.issuers:
        yield Weight.REFUSED, "issuer", _("发布机构与联合发文的机关不同"), ""
    wrong = list(bonds.wrong(bound, body))
    yield from ((Weight.REFUSED, field, why, "") for field, why in wrong)
    if wrong:
        return
    try:
        bound = bonds.completed(bound)
        bonds.settled(revision.attribute, "", bound, body)
    except ValidationError as problem:
        for field, why in problem.message_dict.items():
            yield Weight.REFUSED, field, why[0], ""
        return
    bound.put(revision)
    revision.issuer = bound.as_issuer or revision.issuer


def _public(number: str) -> Document | None:
    rows = Document.objects.filter(published__isnull=False, withdrawn_on__isnull=True)
    return rows.select_related("published", "body").filter(index_number=number).first()


def _follows(body: Body) -> bool:
    """Return whether a forwarded document has its original's attribute, by the choices."""
    point = option("forwarded_attribute")
    return point.choose(rulebook(body).choices.get(point.id)) == "original"


def told_of(revision: Revision) -> dict[str, object]:
    """Return what an export says of them; of an original here only what is out."""
    held = Bonds.of(revision)
    original = held.forwards
    out = original.published if original is not None and original.is_out else None
    if out is not None and original is not None:
        said = (original.index_number, out.title, out.document_number, out.issuer)
    else:
        said = ("", held.original_title, held.original_number, held.original_issuer)
    names = ("forwards", "original_title", "original_number", "original_issuer")
    told = out is not None or original is None
    return {
        "issuers": "；".join(each.name for each in held.issuers),
        "lead_attribute": held.lead_attribute,
        **dict(zip(names, said, strict=True)),
        "original_attribute": held.original_attribute if told else "",
    }
