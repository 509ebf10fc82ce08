"""What a letter's surroundings are: whose it is, its day, how it is delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

ELECTRONIC = "electronic"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_SECRETS: Mapping[str, Sequence[str]] = MappingProxyType({})


class SettingError(ValueError):
    """A body's particulars or the delivery do not suffice for a letter; says what lacks."""


class Office(NamedTuple):
    """The body that signs (落款机关), by its full name, and whom to turn to.

    `code_word` opens the numbers of its documents (机关代字); `section` is its office
    for information disclosure. `review_organ` and `court` are the full names of
    those that an applicant may turn to, `review_online` where a review can be
    asked for on the internet.
    """

    name: str
    code_word: str
    section: str
    address: str
    telephone: str
    review_organ: str | None = None
    court: str | None = None
    review_online: str | None = None

    def contact(self) -> str:
        """Return the line that says whom to ask.

        >>> Office("清河市档案局", "清档", "办公室", "清河市河滨路1号", "010-1").contact()
        '联系单位：办公室；地址：清河市河滨路1号；电话：010-1'
        """
        return f"联系单位：{self.section}；地址：{self.address}；电话：{self.telephone}"


class Setting(NamedTuple):
    """A letter's office, day, number in its series, and way of delivery.

    `delivery` is a mode of `mingtang.law.delivery`; where it is ``electronic``,
    `system` names the applicant's system or mailbox. `choices` settle open points
    of the law by id, `edits` reword passages by id, `secrets` are words that
    must not be shown, by the id of what they betray; `hides` names of these what this
    very letter must not show beside what its kind never does.
    """

    office: Office
    day: date
    number: int | None = None
    delivery: str = "post"
    system: str | None = None
    choices: Mapping[str, str] = _NOTHING
    edits: Mapping[str, str] = _NOTHING
    secrets: Mapping[str, Sequence[str]] = _NO_SECRETS
    hides: tuple[str, ...] = ()
