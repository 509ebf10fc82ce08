"""What is entered for a period: possible, over, told by somebody, and counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.form.loading import NoEditionError
from mingtang_web import clock, masking
from mingtang_web.figures import plain, wrong
from mingtang_web.publication.queries import public
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.models import Spell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mingtang_web.publication.models import Document


class Said(NamedTuple):
    """What somebody enters: the figure of a cell for a period, and where it comes from."""

    cell: str
    first: date
    last: date
    value: str
    source: str
    provider: str
    document: Document | None = None


class OverlapError(ValidationError):
    """Days of a cell that another figure covers already; ``other`` is that one."""

    def __init__(self, other: Spell, name: str = "") -> None:
        """``name`` is what the other is called, its number where none is given."""
        self.other = other
        why = _(
            "与%(other)s（%(cell)s，%(first)s至%(last)s，填报%(value)s）重叠，会重复计算；"
            "请核对起止日期，或者更正、作废那一条"
        )
        told = {
            "other": name or other.number,
            "cell": other.label,
            "first": other.first,
            "last": other.last,
            "value": other.value,
        }
        super().__init__({"first": why % told})


def put(spell: Spell, said: Said) -> None:
    """Let a row say what was entered; raises `ValidationError`, which names the field.

    To be called with the body's chain locked, so that no two overlap.
    """
    _period(said.first, said.last)
    known = cells_of(said.first.year)
    if said.cell not in known:
        why = _("%(year)s年的表式里没有这一格，或者它不按时段相加")
        raise ValidationError({"cell": why % {"year": said.first.year}})
    masking.to_keep(said.source, "source")
    masking.to_keep(said.provider, "provider")
    if said.document and not public().filter(pk=said.document.pk).exists():
        why = _("这份文件没有公开，不能用来说明来源；请写公开文件的索引号，或者不填")
        raise ValidationError({"document": why})
    spell.value = _value(said.cell, said.value)
    spell.cell, spell.first, spell.last = said.cell, said.first, said.last
    spell.source, spell.provider = said.source.strip(), said.provider.strip()
    spell.document = said.document
    _alone(spell)


def _period(first: date, last: date) -> None:
    """Refuse what is no period of a year that has a form and is over."""
    if first > last:
        raise ValidationError({"last": _("止日早于起日，请核对")})
    if first.year != last.year:
        why = _(
            "起止日期跨了年（%(first)s至%(last)s），加不进任何一年；请按年度分成两条登记"
        )
        raise ValidationError({"last": why % {"first": first, "last": last}})
    try:
        cells_of(first.year)
    except NoEditionError as problem:
        raise ValidationError({"first": str(problem)}) from problem
    if last >= clock.today():
        why = _(
            "%(last)s还没有过完，数还会变动，没有登记；过了这一天再登记，或者把止日改到已经过完的一天"
        )
        raise ValidationError({"last": why % {"last": last}})


def _value(cell: str, text: str) -> str:
    try:
        found = plain(text)
    except ValidationError as problem:
        raise ValidationError({"value": problem.messages}) from problem
    if not found:
        raise ValidationError(
            {"value": _("请填写这一项：没有发生的填 0，不知道的不登记，空白不是零")}
        )
    why = wrong({cell: found}).get(cell)
    if why:
        raise ValidationError({"value": why})
    return found


def _alone(spell: Spell) -> None:
    """Refuse days that another figure of the cell covers: raises `OverlapError`."""
    rows = Spell.objects.filter(body=spell.body_id, cell=spell.cell, struck=False)
    rows = rows.filter(first__lte=spell.last, last__gte=spell.first)
    other = rows.exclude(pk=spell.pk).order_by("first").first()
    if other:
        raise OverlapError(other)


def told(problem: ValidationError) -> Mapping[str, list[str]]:
    """Return why something was refused, by field; blank for what is of none."""
    if hasattr(problem, "error_dict"):
        return {name: list(whys) for name, whys in problem.message_dict.items()}
    return {"": list(problem.messages)}
