"""The metadata of a revision, in words, in the order in which sites show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.publication.matters import genre, matter, topic
from mingtang_web.publication.originals import joint, original_of
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.publication.models import Revision


def named(revision: Revision, held: Standing | None = None) -> list[tuple[str, str]]:
    """Return every item of the metadata with its words, blank ones included.

    As an officer is shown them, or the public, which is not told what an original was
    settled to be.
    """
    original = original_of(revision, held)
    attribute = str(revision.get_attribute_display())
    if revision.attribute_reason:
        attribute += f"（{revision.attribute_reason}）"
    return [
        (_("索引号"), revision.document.index_number),
        (_("名称"), revision.title),
        (_("文号"), revision.document_number),
        (_("发布机构"), revision.issuer),
        (_("联合发文"), joint(revision)),
        (_("牵头机关的认定"), _inside(revision.get_lead_attribute_display(), held)),
        (_("转发自"), original.words if original else ""),
        (_("原件的公开属性"), _inside(revision.get_original_attribute_display(), held)),
        (_("成文日期"), _day(revision.formed_on)),
        (_("施行日期"), _day(revision.effective_on)),
        (_("失效日期"), _day(revision.expires_on)),
        (_("公开属性"), attribute),
        (_("公开事项"), spoken(matter(revision.matter).label) if revision.matter else ""),
        (_("主题分类"), spoken(topic(revision.topic).label) if revision.topic else ""),
        (_("体裁分类"), spoken(genre(revision.genre).label) if revision.genre else ""),
        (_("规章、规范性文件"), _normative(revision)),
        (_("主题词"), revision.keywords),
        (_("概述"), revision.abstract),
    ]


def _inside(words: object, held: Standing | None) -> str:
    """Return what only officers are shown."""
    return "" if held is None else str(words)


def _normative(revision: Revision) -> str:
    return str(revision.get_normative_display()) if revision.normative else ""


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
