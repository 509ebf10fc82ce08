"""What stands in an applicant's course beside the law's acts: codes, fees in dispute."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.state import Phase
from mingtang_web.asking.actions import HELD
from mingtang_web.asking.shelf import KEPT_CASE, LET_GO
from mingtang_web.cases.models import Attachment
from mingtang_web.cases.objecting import CHECKED, FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.utils.functional import _StrOrPromise

    from mingtang_web.asking.following import Followed, Said


class Line(NamedTuple):
    """Something that happened: the day, plain words, the law's term, what more to know."""

    day: date
    plain: str
    term: str = ""
    more: str = ""


_FIRST = (gettext_lazy("机关当面把查询码交给您"), gettext_lazy("核对证件后发给"))
_OPENING: Mapping[str, tuple[_StrOrPromise, ...]] = {
    HELD: (
        gettext_lazy("机关当面把新的查询码交给您"),
        gettext_lazy("核对证件后换发"),
        gettext_lazy("以前的查询码从此打不开；不是您或者您委托的人办的，请马上告诉机关"),
    ),
    KEPT_CASE: (
        gettext_lazy("这件申请保存到了一个账号"),
        gettext_lazy("凭编号和查询码保存"),
        gettext_lazy(
            "用那个账号也打得开；不是您保存的，请带证件到窗口换查询码，并请工作人员解除账号"
        ),
    ),
    LET_GO: (gettext_lazy("这件申请从一个账号里移除"),),
}
"""What an applicant is told of the ways by which the case opens."""


def beside(seen: Followed) -> Iterator[tuple[int, Line]]:
    """Yield what is no act of the law's, each with its place in the ledger's order."""
    held = False
    for said in seen.openings:
        words = _OPENING[said.kind]
        if said.kind == HELD:
            words, held = (words if held else _FIRST), True
        if "on" in said.content:
            yield said.place, Line(_on(said), *map(str, words))
    for said in seen.about_fees:
        yield said.place, _of_fee(seen, said)


def objection_waits(seen: Followed) -> bool:
    """Return whether the body still has to say what it found of an objection to a fee."""
    told = [said for said in seen.about_fees if _objects(said) or said.kind == CHECKED]
    return bool(told) and _objects(told[-1])


def _of_fee(seen: Followed, said: Said) -> Line:
    if said.kind == CHECKED:
        result = str(FINDINGS[said.content["result"]])
        return Line(_on(said), _("机关核对了您的收费异议"), result, said.content["words"])
    if not _objects(said):
        return Line(said.day, _("您交了缴费凭证"), _("机关核对到账后登记"))
    return Line(said.day, _("您对收费提出异议"), _state(seen, said))


def _state(seen: Followed, objection: Said) -> str:
    """Return how an objection stands: answered, being looked into, or left behind."""
    since = (said for said in seen.about_fees if said.place > objection.place)
    if any(said.kind == CHECKED for said in since):
        return _("已经核对，结果见后")
    if seen.history.phase is Phase.FEE:
        return _("由机关核对，缴费期限照旧")
    return _("机关还没有说核对的结果；请打电话问机关")


def _objects(said: Said) -> bool:
    return said.content.get("what") == Attachment.What.OBJECTION


def _on(said: Said) -> date:
    return date.fromisoformat(said.content["on"])
