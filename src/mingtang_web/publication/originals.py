"""What is shown of a forwarded document's original, to whom, and what became of it.

The title of an original of this site that somebody may not see is told them nowhere: the
public is shown one that is out, an officer one of a body whose documents they see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.publication import queries
from mingtang_web.publication.bonds import Bonds, issuers_of
from mingtang_web.publication.models import Document, State
from mingtang_web.publication.norms import Validity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.policy import Standing
    from mingtang_web.publication.models import Revision

TOLD = 5
"""So many documents are named where what was typed is not one."""


class Original(NamedTuple):
    """An original as somebody is shown it: words, the page they may open, what became.

    ``words`` are blank where nothing of it may be said; ``document`` is None for one that
    is not on this site, or whose page they may not open. ``inside`` says that it is the
    officers' page that they may open, else the public's.
    """

    words: str
    document: Document | None = None
    notices: tuple[str, ...] = ()
    inside: bool = False


def original_of(revision: Revision, held: Standing | None = None) -> Original | None:
    """Return what a person is shown of what a revision forwards, None where of nothing.

    Without ``held`` it is the public. What was typed is the drafter's own text.
    """
    if revision.original_title:
        return Original(_typed(revision))
    original = revision.forwards
    if original is None:
        return None
    if held is not None and queries.visible(held).filter(pk=original.pk).exists():
        told = tuple(_inside(original))
        return Original(_words(original.newest), original, told, inside=True)
    if original.published is not None:
        words = _words(original.published) if original.is_out else ""
        return Original(words, original, tuple(became(original)))
    unseen = Original(_("本站的一份文件，没有公开，您无权查看"))
    return None if held is None else unseen


def became(original: Document) -> Iterator[str]:
    """Yield what became of an original that was public: taken down, no longer in force."""
    known = {"on": f"{original.withdrawn_on:%Y-%m-%d}"} if original.withdrawn_on else None
    if known:
        yield _("转发的原件已于%(on)s撤下") % known
    if original.validity == Validity.REPEALED:
        yield _("转发的原件已经废止")
    elif original.validity == Validity.LAPSED:
        yield _("转发的原件已经失效")
    elif not original.norm and original.published is not None:
        last = original.published.expires_on
        if last and last < clock.today():
            yield _("转发的原件已于%(on)s失效") % {"on": f"{last:%Y-%m-%d}"}


def joint(revision: Revision) -> str:
    """Return who issued a joint document, in one line that says who leads."""
    bodies = issuers_of(revision)
    if not bodies:
        return ""
    lead, *others = bodies
    named = _("%(name)s（牵头）") % {"name": lead.name}
    return "、".join((named, *(each.name for each in others)))


def found(typed: str, held: Standing, but: Document | None = None) -> Document | None:
    """Return the document that a person means by its index number, number or title.

    Of those they may see; None for nothing typed. Raises `ValidationError`, which names
    some where it may be several.
    """
    words = typed.strip()
    if not words:
        return None
    rows = queries.visible(held).exclude(state=State.DISCARDED)
    rows = rows.select_related("published", "current")
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    same = Q(index_number=words) | Q(document_number=words) | Q(title=words)
    exact = list(rows.filter(same)[: TOLD + 1])
    if len(exact) == 1:
        return exact[0]
    near = Q(title__icontains=words) | Q(document_number__icontains=words)
    several = exact or list(rows.filter(near)[: TOLD + 1])
    if not several:
        said = _("没有找到您能看到的这份文件；请核对，或者按不在本站的原件填写")
        raise ValidationError({"forwards": said})
    listed = "；".join(f"{row.index_number}《{row.title}》" for row in several[:TOLD])
    if several[TOLD:]:
        listed += "……"
    said = _("可能是：%(documents)s。请填其中一份的索引号") % {"documents": listed}
    raise ValidationError({"forwards": said})


def _inside(original: Document) -> Iterator[str]:
    """Yield what an officer is told of an original that they see."""
    yield from became(original)
    if original.published_id is None:
        yield _("原件没有公开，公众页面不显示原件")


def _words(revision: Revision) -> str:
    return _told(revision.title, revision.document_number, revision.issuer)


def _typed(revision: Revision) -> str:
    bonds = Bonds.of(revision)
    return _told(bonds.original_title, bonds.original_number, bonds.original_issuer)


def _told(title: str, number: str, issuer: str) -> str:
    beside = "，".join(filter(None, (issuer, number)))
    return f"《{title}》（{beside}）" if beside else f"《{title}》"
