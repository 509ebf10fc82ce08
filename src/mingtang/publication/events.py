"""What can happen to a normative document, each thing with the day it happened.

Events hold no text and name no person; what a document says, and who entered what, a
site keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityEvent:
    """Something that happened to a normative document, on a day in Shanghai."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(ValidityEvent):
    """It was issued (印发、公布), in force from `effective_on`, or from this day.

    `expires_on` is its last day of force (有效期至), None where it has none; `trial` says
    that it is on trial (试行、暂行).
    """

    effective_on: date | None = None
    expires_on: date | None = None
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(ValidityEvent):
    """It was amended (修改、修订) by what `by` names, in force so from `effective_on`.

    `expires_on` is the new last day of force, None where that stays as it was.
    """

    by: str | None = None
    effective_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repealed(ValidityEvent):
    """It was repealed (废止) by what `by` names, out of force from `effective_on`.

    `on` is the day the repeal was issued; `campaign` the clean-up (清理) it was part of.
    """

    by: str | None = None
    effective_on: date | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredVoid(ValidityEvent):
    """It was declared void (宣布失效) in a clean-up, out of force from this day."""

    campaign: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(ValidityEvent):
    """It was kept (继续有效), with a new last day of force, None for no end."""

    expires_on: date | None = None
    campaign: str | None = None


EVENT_KINDS: Mapping[str, type[ValidityEvent]] = MappingProxyType(
    {
        "issued": Issued,
        "amended": Amended,
        "kept": Kept,
        "repealed": Repealed,
        "declared_void": DeclaredVoid,
    }
)
"""Every kind of event by its name, in the order in which they may first happen.

`case.recording` writes such events as plain values and reads them by this table.
"""
EVENT_NAMES: Mapping[type[ValidityEvent], str] = MappingProxyType(
    {
        Issued: "印发",
        Amended: "修改",
        Kept: "继续有效",
        Repealed: "废止",
        DeclaredVoid: "宣布失效",
    }
)
