"""An office's own wording, taken only where a template leaves it free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.drafting.fields import FieldError, names
from mingtang.drafting.letter import Origin
from mingtang.drafting.template import known_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang.drafting.template import Passage, Template


class EditError(ValueError):
    """An edit names no passage, or loses or invents a field; says which."""


class LockedTextError(EditError):
    """An edit would change words of law (锁定的法定文字)."""


def edited(made: Template, edits: Mapping[str, str]) -> Iterator[tuple[Passage, Origin]]:
    """Yield the passages of a letter with their origin, edits in place of free ones.

    An edit keeps every field of what it replaces, so that no required element is
    lost, and may use the other fields of the letter. Raises `LockedTextError`
    for a locked passage and `EditError` for any other edit that cannot be made.
    """
    for name, text in edits.items():
        check_edit(made, name, text)
    for passage in made.passages:
        if passage.id in edits:
            yield passage._replace(text=edits[passage.id]), Origin.EDITED
        else:
            yield passage, Origin.LOCKED if passage.locked else Origin.TEMPLATE


def check_edit(made: Template, name: str, text: str) -> None:
    """Check one edit of a passage, as an office saves it; raises what `edited` raises."""
    passage = made.passage(name)
    where = f"《{made.title}》的“{name}”段"
    if passage is None:
        free = "、".join(known.id for known in made.passages if not known.locked)
        message = f"《{made.title}》没有“{name}”段，可以改写的有：{free}"
        raise EditError(message)
    if passage.locked:
        message = f"{where}是法定文字，已锁定，不能改写；确需变更的，请法制机构修订模板"
        raise LockedTextError(message)
    if not text.strip():
        message = f"{where}改写后是空的，请写明内容或者恢复原文"
        raise EditError(message)
    try:
        used = names(text)
    except FieldError as fault:
        message = f"{where}改写有误：{fault}"
        raise EditError(message) from fault
    lost = passage.fields() - used
    if lost:
        message = f"{where}改写后少了字段{'、'.join(sorted(lost))}，这些要素不能缺，请补上"
        raise EditError(message)
    unknown = used - known_fields(made, passage)
    if unknown:
        message = f"{where}改写用了不认识的字段{'、'.join(sorted(unknown))}，请改正"
        raise EditError(message)
