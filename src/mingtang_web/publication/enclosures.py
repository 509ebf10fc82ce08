"""What screening stops at in the files that go out with a document.

A file is looked into once by a process and list of words: what was found is kept in
memory only, for it holds what nobody may see.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.screening import NAMES, screen
from mingtang.screening.files import FileScreening, UnscreenableError, screen_file
from mingtang_web import masking
from mingtang_web.files.actions import content
from mingtang_web.publication.found import Found, known_by, masked_words, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening import Lexicon
    from mingtang.screening.files import FileHit
    from mingtang_web.publication.models import Attachment, Revision

UNLOOKED = "unlooked"
"""The kind of what could not be looked into: a person looks, and says so."""

MOST = 64
"""So many files are remembered by a process."""


class Looked(NamedTuple):
    """What was found in a file; ``broken`` says why it could not be looked into at all."""

    screening: FileScreening
    broken: str = ""


_known: OrderedDict[tuple[str, str, int], tuple[Lexicon, Looked]] = OrderedDict()


def in_files(revision: Revision, lexicon: Lexicon) -> Iterator[Found]:
    """Yield what screening stops at in the attachments of a revision and their names.

    What cannot be looked into is something to stop at too. Raises `AlteredFileError`.
    """
    for row in revision.attachments.select_related("file"):
        part = file_part(row)
        where = _("附件“%(name)s”") % {"name": masking.masked(row.name)}
        counts: Counter[tuple[str, str]] = Counter()
        for hit in screen(row.name, lexicon):
            known = known_by(hit.kind, hit.text, "file", 1)
            yield told(hit, part, _("附件的名称"), row.name)._replace(fingerprint=known)
        looked = looked_into(row, lexicon)
        for each in looked.screening.hits:
            counts[each.kind, each.text] += 1
            count = counts[each.kind, each.text]
            yield _of_file(each, part, where, count)
        unlooked = (looked.broken,) if looked.broken else looked.screening.not_looked
        for words in unlooked:
            yield _unlooked(words, part, where)


def file_part(row: Attachment) -> str:
    """Return what the hits of an attachment have for their part."""
    return f"file:{row.file.sha256[:16]}"


def _of_file(hit: FileHit, part: str, where: str, count: int) -> Found:
    return Found(
        fingerprint=known_by(hit.kind, f"{hit.where.words}{hit.text}", part, count),
        kind=hit.kind,
        name=_(NAMES[hit.kind]),
        where=f"{where} {masking.masked(hit.where.words)}",
        part=part,
        start=hit.start,
        end=hit.end,
        shown=masked_words(hit.kind, hit.text),
        around="",
        why=hit.why,
        suggestion=hit.suggestion,
    )


def _unlooked(words: str, part: str, where: str) -> Found:
    return Found(
        fingerprint=known_by(UNLOOKED, words, part, 1),
        kind=UNLOOKED,
        name=_("没有查的附件"),
        where=where,
        part=part,
        start=0,
        end=0,
        shown="",
        around="",
        why=masking.masked(words),
        suggestion="",
    )


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
