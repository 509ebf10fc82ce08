"""What an officer writes, as a revision: every field that cannot stand named at once."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.publication.matters import genre, matter, topic
from mingtang_web import clock
from mingtang_web.days import EARLIEST, implausible
from mingtang_web.publication import bonds
from mingtang_web.publication.models import Attribute, Revision
from mingtang_web.richtext.cleaning import clean
from mingtang_web.richtext.limits import TooLargeError

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.drafting import Draft

MOST = 30
"""So many attachments a document may have."""
_KNOWN = {"matter": matter, "topic": topic, "genre": genre}
_APART = {"enclosed", "bonds"}


def written(draft: Draft, body: Body) -> Revision:
    """Return a revision, unsaved; raises `ValidationError`, every field at once."""
    said = {
        each.name: getattr(draft, each.name)
        for each in fields(draft)
        if each.name not in _APART
    }
    held = {n: v.strip() if isinstance(v, str) else v for n, v in said.items()}
    row = Revision(**held, number=1)
    row.issuer = draft.bonds.as_issuer or row.issuer or body.name
    wrong = _wrong(draft, body) | _bound(row, draft, body)
    if wrong:
        raise ValidationError(dict(wrong))
    try:
        row.html = clean(draft.html)
    except TooLargeError as why:
        raise ValidationError({"html": str(why)}) from why
    row.clean_fields(exclude=["document", "content", "by", "at"])
    row.validate_constraints(exclude=["document", "content", "by", "at", "number"])
    return row


def _bound(row: Revision, draft: Draft, body: Body) -> dict[str, str]:
    """Let a revision say its bonds and the attribute that follows; return what is wrong."""
    wrong = dict(bonds.wrong(draft.bonds, body))
    if wrong:
        return wrong
    try:
        bound = bonds.completed(draft.bonds)
        settled = bonds.settled(row.attribute, row.attribute_reason, bound, body)
    except ValidationError as why:
        return {name: said[0] for name, said in why.message_dict.items()}
    row.attribute, row.attribute_reason = settled
    bound.put(row)
    proactive = row.attribute == Attribute.PROACTIVE
    if not proactive and not row.attribute_reason:
        return {"attribute_reason": _("不主动公开的，请写明理由（国办发〔2016〕80号）")}
    if proactive and row.attribute_reason:
        return {"attribute_reason": _("主动公开的不填理由，请删去或者改公开属性")}
    return {}


def _wrong(draft: Draft, body: Body) -> dict[str, str]:
    days = ("effective_on", "expires_on")
    found = dict(implausible({name: getattr(draft, name) for name in days}))
    joint = draft.bonds.as_issuer
    if joint and draft.issuer.strip() not in {"", body.name, joint}:
        found["issuer"] = _("联合发文的，发布机构即所填的各机关，这一项请不填")
    for name in _KNOWN:
        if not _is_known(name, getattr(draft, name)):
            found[name] = _("没有这一项，请从列出的里面选")
    if not EARLIEST <= draft.formed_on <= clock.today():
        found["formed_on"] = _("成文日期早于1949年10月1日，或者还没有到，请核对年份")
    if len(draft.enclosed) > MOST:
        found["enclosed"] = _("附件最多%(most)s个") % {"most": MOST}
    if not all(each.name.strip() for each in draft.enclosed):
        found["enclosed"] = _("请给每个附件写上名称")
    return found


def _is_known(name: str, value: str) -> bool:
    try:
        _KNOWN[name](value)
    except KeyError:
        return not value
    return True
