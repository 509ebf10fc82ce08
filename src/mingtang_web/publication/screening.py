"""What screening stops at in a revision, and what of it somebody answers for.

Screened before a document is sent to review and again as it goes out: a word that was
listed in between is seen. Personal data are shown in part only, here as everywhere.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.screening import HIDDEN, PRIVATE, Hit, Kind, screen
from mingtang_web import clock, masking
from mingtang_web.publication import policy
from mingtang_web.publication.enclosures import in_files
from mingtang_web.publication.found import Found, known_by, told
from mingtang_web.publication.links import KIND as DEAD_LINK
from mingtang_web.publication.links import dead_links
from mingtang_web.publication.models import READY, State, Waiver
from mingtang_web.publication.recording import (
    OutOfTurnError,
    begin,
    in_turn,
    made,
    record,
    repeated,
)
from mingtang_web.richtext.reading import plain
from mingtang_web.wordlists.lexicons import lexicon_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening import Lexicon
    from mingtang_web.ledger.doing import Doing
    from mingtang_web.publication.models import Document, Revision

WORDED = {
    "title": gettext_lazy("名称"),
    "keywords": gettext_lazy("主题词"),
    "abstract": gettext_lazy("概述"),
    "issuer": gettext_lazy("发布机构"),
    "original_title": gettext_lazy("原件名称"),
    "original_issuer": gettext_lazy("原件的发文机关"),
}
"""What is screened beside the text, each by itself."""
SEEN_BY_REVIEWERS = PRIVATE | HIDDEN
"""What nobody lets out alone: personal data and what the readers of a page do not see."""
_ADDRESS = re.compile(r'href="([^"]*)"')


class UnscreenedError(Exception):
    """Something that screening stopped at, of which nobody said that it may stay."""


def screened(revision: Revision) -> list[Found]:
    """Return everything that screening stops at in a revision, waived or not."""
    rows = Waiver.objects.filter(document=revision.document_id).select_related("by")
    waivers = {row.fingerprint: row for row in rows}
    found = _found(revision)
    return [each._replace(waiver=waivers.get(each.fingerprint)) for each in found]


def open_ones(revision: Revision) -> list[Found]:
    """Return what screening stops at and nobody has answered for."""
    return [each for each in screened(revision) if each.waiver is None]


def waived_ones(revision: Revision) -> list[Found]:
    """Return what screening stops at and somebody gave a reason for."""
    return [each for each in screened(revision) if each.waiver is not None]


def require_screened(revision: Revision) -> None:
    """Let a revision pass that screening stops at nowhere any more.

    Raises `UnscreenedError`, naming the first place and how many there are.
    """
    left = open_ones(revision)
    if left:
        known = {"n": len(left), "name": left[0].name, "where": left[0].where}
        raise UnscreenedError(
            _(
                "筛查发现%(n)s处没有处理，第一处是%(where)s的%(name)s；请修改，"
                "或者逐处说明不改的理由"
            )
            % known
        )


def may_stay(document: Document, hit: Found) -> bool:
    """Return whether a reason is enough for a hit, as far as the document has come."""
    return not (document.state in READY and hit.kind in SEEN_BY_REVIEWERS)


@transaction.atomic
def waive(document: Document, fingerprint: str, doing: Doing) -> Document:
    """Say why something that screening stopped at may stay, in ``doing.note``.

    Whoever does is a writer of the document and does not review it. What tells of a
    person, or is hidden, is not waived once the reviews are through: they would not see
    it. Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = begin(document, policy.WAIVE, doing)
    if repeated(present, "waived", doing, fingerprint):
        return present
    in_turn(present, doing, State.DRAFTING, State.RETURNED, *READY)
    masking.to_keep(doing.note, "note")
    found = [each for each in open_ones(present.newest) if each.fingerprint == fingerprint]
    if not found:
        raise ValidationError(_("这一处已经修改或者已有理由，请看过最新的筛查结果"))
    if not may_stay(present, found[0]):
        raise OutOfTurnError(
            _(
                "审核通过以后发现的个人信息、隐藏内容，不能只说明理由就公开；请点“修订”，改好或者说明理由后重新审核"
            )
        )
    row = Waiver(
        fingerprint=fingerprint,
        kind=found[0].kind,
        shown=found[0].shown[:100],
        reason=doing.note.strip()[:200],
    )
    made(present, row, doing)
    return record(present, "waived", doing, [row], fingerprint)


def found_in(
    revision: Revision, text: str | None = None, lexicon: Lexicon | None = None
) -> Iterator[Found]:
    """Yield everything that screening stops at in a revision's words, saved or not.

    ``text`` is its plain text and ``lexicon`` its body's, for whoever has them at hand.
    """
    words = lexicon or lexicon_of(revision.document.body, clock.today())
    for part, label in WORDED.items():
        if part == "issuer" and not revision.issuers:
            continue  # a body of this site alone
        yield from _in_text(getattr(revision, part), part, str(label), words)
    said = plain(revision.html) if text is None else text
    yield from _in_text(said, "html", "", words)
    addresses = "\n".join(map(unescape, _ADDRESS.findall(revision.html)))
    yield from _in_text(addresses, "links", _("正文中的链接"), words)
    if "<a " in revision.html:
        yield from _dead(revision.html, said)


def _found(revision: Revision) -> Iterator[Found]:
    lexicon = lexicon_of(revision.document.body, clock.today())
    yield from found_in(revision, lexicon=lexicon)
    yield from in_files(revision, lexicon)


def _in_text(text: str, part: str, label: str, lexicon: Lexicon) -> Iterator[Found]:
    """Yield what is found in a text; the same words in one part are told apart."""
    seen: dict[str, int] = {}
    paragraph, counted = 1, 0
    for hit in screen(text, lexicon):
        seen[hit.text] = seen.get(hit.text, 0) + 1
        paragraph += text.count("\n", counted, hit.start)
        counted = hit.start
        where = label or _in_paragraph(paragraph)
        known = known_by(hit.kind, hit.text, part, seen[hit.text])
        yield told(hit, part, where, text)._replace(fingerprint=known)


def _dead(html: str, text: str) -> Iterator[Found]:
    """Yield the links that lead nowhere, each at the words it stands on."""
    seen: dict[str, int] = {}
    after = 0
    for link in dead_links(html):
        seen[link.address] = seen.get(link.address, 0) + 1
        at = text.find(link.words, after) if link.words else -1
        start, end = (at, at + len(link.words)) if at >= 0 else (after, after)
        after = end
        hit = Hit(Kind.WORDING, start, end, link.address, link.why)
        paragraph = text.count("\n", 0, start) + 1
        found = told(hit, "html", _in_paragraph(paragraph), text)
        yield found._replace(
            kind=DEAD_LINK,
            name=_("失效链接"),
            fingerprint=known_by(DEAD_LINK, link.address, "html", seen[link.address]),
        )


def _in_paragraph(number: int) -> str:
    return _("正文第%(n)s段") % {"n": number}
