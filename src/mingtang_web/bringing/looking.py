"""What screening stops at in a row: in its words, and in each file that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.screening import NAMES, PRIVATE
from mingtang.screening.files import UnscreenableError, screen_file
from mingtang_web import masking
from mingtang_web.bringing.prepared import Told, Weight
from mingtang_web.publication.screening import found_in

if TYPE_CHECKING:
    from mingtang.screening import Lexicon
    from mingtang_web.bringing.mapping import Reading
    from mingtang_web.bringing.prepared import Prepared

MOST_TOLD = 10
"""So many places of a row are told one by one; of more, how many there are."""
_QUOTED = 30
_AFTER = {
    Weight.DRAFT: gettext_lazy("导入后是草稿，请删去或者说明理由，审核以后再公开"),
    Weight.TOLD: gettext_lazy("照样导入；请在导入以后修订"),
}


def look(made: Prepared, text: str, lexicon: Lexicon, reading: Reading) -> None:
    """Note what screening stops at; what tells of a person makes the row a draft."""
    for found in found_in(made.revision, text, lexicon):
        _stopped(made, found.where, found.kind, (found.name, found.shown, found.suggestion))
    column = reading.shown("attachments")
    for name, held in made.enclosed:
        try:
            looked = screen_file(held.data, name, lexicon)
        except UnscreenableError as problem:
            _unlooked(made, column, str(problem))
            continue
        for why in looked.not_looked:
            _unlooked(made, column, why)
        for hit in looked.hits:
            where = f"{column}：{name}，{hit.where.words}"[:200]
            private = hit.kind in PRIVATE
            shown = masking.masked_number(hit.text) if private else hit.text
            _stopped(made, where, hit.kind, (_(NAMES[hit.kind]), shown, hit.suggestion))


def _unlooked(made: Prepared, column: str, why: str) -> None:
    advice = _("没有筛查到的附件请人工看过，再送审")
    made.told.append(Told(Weight.TOLD, column, why[:500], advice))
    made.unlooked += 1


def _stopped(made: Prepared, where: str, kind: str, hit: tuple[str, str, str]) -> None:
    """Note what screening stopped at; of very much no more than the first places."""
    name, shown, suggestion = hit
    weight = Weight.DRAFT if kind in PRIVATE else Weight.TOLD
    so_far = [each.weight for each in made.told]
    if len(so_far) < MOST_TOLD or weight not in so_far:
        told = {"name": name, "shown": masking.masked(shown)[:_QUOTED]}
        said = _("筛查发现%(name)s“%(shown)s”") % told
        made.told.append(Told(weight, where, said, str(suggestion or _AFTER[weight])))
