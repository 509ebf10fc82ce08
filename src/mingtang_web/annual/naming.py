"""What cells are called: the words of the form, as people at the screen know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.form.loading import edition_for
from mingtang_web.figures import label_of
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang.compiling import CompileError
    from mingtang_web.annual.models import Annual


def label_in(annual: Annual, cell: str) -> str:
    """Return what a cell is called in the form of a report's year."""
    return label_of(edition_for(annual.year), cell)


def refusal(annual: Annual, problem: CompileError, field: str = "") -> ValidationError:
    """Return why a report cannot be made, the cell called as the form calls it.

    It stands at a field, that of the cell where none is named.
    """
    if not problem.cell:
        return ValidationError(spoken(problem))
    known = edition_for(annual.year).cell_ids()
    name = label_in(annual, problem.cell) if problem.cell in known else problem.cell
    why = {"cell": name, "why": spoken(problem.why)}
    said = _("“%(cell)s”%(why)s，没有保存；请核对") % why
    return ValidationError({field or problem.cell: said})
