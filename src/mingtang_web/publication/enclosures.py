"""What screening stops at in the files that go out with a document.

A file is looked into once by a process and list of words: what was found is kept in
memory only, for it holds what nobody may see.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from mingtang.screening.files import FileScreening, UnscreenableError, screen_file
from mingtang_web.files.actions import content

if TYPE_CHECKING:
    from mingtang.screening import Lexicon
    from mingtang_web.publication.models import Attachment

MOST = 64
"""So many files are remembered by a process."""


class Looked(NamedTuple):
    """What was found in a file; ``broken`` says why it could not be looked into at all."""

    screening: FileScreening
    broken: str = ""


_known: OrderedDict[tuple[str, str, int], tuple[Lexicon, Looked]] = OrderedDict()


def looked_into(row: Attachment, lexicon: Lexicon) -> Looked:
    """Return what screening stops at in an attachment; raises `AlteredFileError`."""
    key = row.file.sha256, row.name, id(lexicon)
    held = _known.get(key)
    if held is None:
        held = lexicon, _looked(row, lexicon)  # with its words, whose id it goes by
        _known[key] = held
        while len(_known) > MOST:
            _known.popitem(last=False)
    else:
        _known.move_to_end(key)
    return held[1]


def _looked(row: Attachment, lexicon: Lexicon) -> Looked:
    try:
        found = screen_file(content(row.file), row.name, lexicon)
    except UnscreenableError as why:
        return Looked(FileScreening("", ()), str(why))
    return Looked(found)
