"""Whether a document is for everybody, on request, or for nobody (公开属性).

The drafter settles it with the document, and says why where it is not for everybody
(国办发〔2016〕80号, as remembered, to be verified). A joint document takes the lead
body's attribute, a forwarded one that of the document it forwards.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.option import option
from mingtang.publication.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CITE = "国办发〔2016〕80号"
ENCLOSED_CITE = "政府信息公开条例（2019年修订）第十七条"
_SETTLE, _DISCLOSE = "认定公开属性", "公开文件"
DEFAULTS: Mapping[str, str] = MappingProxyType({})
"""No choice made on any open point: each has its default."""


class Attribute(StrEnum):
    """The attribute of disclosure (公开属性); 条例第十三条 has the two ways to disclose.

    `PROACTIVE` on the body's own motion, `ON_REQUEST` to who asks, `WITHHELD` to nobody.
    """

    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"


ATTRIBUTE_NAMES: Mapping[Attribute, str] = MappingProxyType(
    {
        Attribute.PROACTIVE: "主动公开",
        Attribute.ON_REQUEST: "依申请公开",
        Attribute.WITHHELD: "不予公开",
    }
)


class Bond(StrEnum):
    """Why a document takes another's attribute: issued jointly, or forwarding it."""

    JOINT = "joint"
    FORWARDED = "forwarded"


_BOND_NAMES = {Bond.JOINT: "联合发文，随牵头机关", Bond.FORWARDED: "转发文件，随原件"}


class Followed(NamedTuple):
    """The attribute that a document follows, and `of` whom or what it is.

    `of` names the lead body (牵头机关) of a joint document, or the document that is
    forwarded (原件), by its title or number.
    """

    bond: Bond
    attribute: Attribute
    of: str


class Disclosure(NamedTuple):
    """The attribute of a document as settled, with its reason where one is needed."""

    attribute: Attribute
    reason: str = ""
    followed: Followed | None = None


def settle(
    proposed: Attribute | None,
    reason: str = "",
    followed: Followed | None = None,
    choices: Mapping[str, str] = DEFAULTS,
) -> Disclosure:
    """Return the attribute of a document; raises `RefusedError` where it cannot stand.

    A document that follows another has that one's attribute, and its reason says so
    where none is given; with another attribute proposed it is refused. Whether a
    forwarding body may judge anew is an open point (``forwarded_attribute``).
    国办发〔2016〕80号; that it follows is a rule of local provisions.

    >>> settle(Attribute.PROACTIVE).attribute.value
    'proactive'
    >>> settle(None, "", Followed(Bond.JOINT, Attribute.ON_REQUEST, "甲局")).reason
    '联合发文，随牵头机关“甲局”的认定：依申请公开'
    """
    bound = None if followed is None or _anew(followed, choices) else followed
    if bound is None:
        return Disclosure(_own(proposed, reason), reason.strip(), followed)
    if proposed not in {None, bound.attribute}:
        wanted = ATTRIBUTE_NAMES[bound.attribute]
        why = f"{_following(bound)}；请改为“{wanted}”，或者先商请改变认定"
        raise RefusedError(_SETTLE, why, CITE)
    told = reason.strip()
    if bound.attribute is not Attribute.PROACTIVE:
        told = told or _following(bound)
    return Disclosure(bound.attribute, told, followed)


def refuse_enclosed(attribute: Attribute, enclosed: Iterable[Attribute]) -> None:
    """Return if a document may carry what it encloses; raises `RefusedError`.

    What is for everybody must not carry what is not (主动公开件不得夹带非公开内容).
    """
    if attribute is not Attribute.PROACTIVE:
        return
    other = [ATTRIBUTE_NAMES[each] for each in enclosed if each is not attribute]
    if other:
        why = (
            f"主动公开的文件夹带了{'、'.join(dict.fromkeys(other))}的内容；"
            "请移出，或者作区分处理后另成一件"
        )
        raise RefusedError(_DISCLOSE, why, ENCLOSED_CITE)


def _anew(followed: Followed, choices: Mapping[str, str]) -> bool:
    if followed.bond is Bond.JOINT:
        return False
    point = option("forwarded_attribute")
    return point.choose(choices.get(point.id)) == "own"


def _own(proposed: Attribute | None, reason: str) -> Attribute:
    """Return the attribute that a body settles itself; raises `RefusedError`."""
    if proposed is None:
        why = "没有认定；请在主动公开、依申请公开、不予公开中选一种"
        raise RefusedError(_SETTLE, why, CITE)
    if proposed is not Attribute.PROACTIVE and not reason.strip():
        name = ATTRIBUTE_NAMES[proposed]
        why = f"认定为“{name}”的，须写明理由；请写明依据哪一条、为什么"
        raise RefusedError(_SETTLE, why, CITE)
    return proposed


def _following(followed: Followed) -> str:
    name = ATTRIBUTE_NAMES[followed.attribute]
    return f"{_BOND_NAMES[followed.bond]}“{followed.of}”的认定：{name}"
