"""The passage that tells what the reader may do against a letter (救济告知).

Its words are locked: a term told wrong binds the body (法释〔2026〕3号第五条). The
terms are those in force on the letter's day, and begin when it is received.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import sheets
from mingtang.drafting.citing import term_in_words
from mingtang.drafting.fields import fill
from mingtang.drafting.setting import ELECTRONIC, SettingError
from mingtang.law.delivery import deliveries
from mingtang.law.grounds import OpenRemedyError, Remedy, ground, remedy_for
from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.drafting.setting import Setting

_COURT = "法院"
_STARTS = {ELECTRONIC: "arrived", "announcement": "announced"}
"""What the terms start with, where not the letter's receipt (国务院令第836号)."""


class Reader(NamedTuple):
    """How the letter calls its reader and itself: 您, 本告知书."""

    you: str = "您"
    paper: str = "本告知书"


@cache
def wording() -> dict[str, str]:
    """Return the locked words by their ids, with fields; raises `InvalidDataError`."""
    found = {}
    for name, row in sheets.read("remedies.yaml").entries():
        row.allow("text")
        found[name] = sheets.prose(row)
    return found


def remedy_paragraph(
    remedy: Remedy, setting: Setting, reader: Reader | None = None
) -> str | None:
    """Return the passage for a remedy, None where the letter has none on its own.

    A letter delivered electronically names the channel of the internet for a
    review too (行政复议法第二十二条第二款).

    Raises `SettingError` where review organ, court or channel are not known,
    `OpenRemedyError` where a person must choose the remedy first, and
    `UncoveredDayError` where the law's data does not reach the letter's day.
    """
    if remedy in (Remedy.BY_PART, Remedy.BY_CASE):
        message = "救济途径尚未选定：请先写明剔除部分的依据，或者由经办人选定后再出具"
        raise OpenRemedyError(message)
    if remedy is Remedy.NA:
        return None
    _complete(setting)
    reader = reader or Reader()
    office, words = setting.office, reader._asdict()
    electronic = setting.delivery == ELECTRONIC
    start = wording()[_STARTS.get(setting.delivery, "received")]
    words |= {
        "organ": office.review_organ or "",
        "court": office.court or "",
        "online": office.review_online or "",
        "receipt": fill(start, {**words, "system": setting.system or ""}),
        "review": term_in_words("review_application", setting.day),
        "suit": term_in_words("suit_direct", setting.day),
        "after": term_in_words("suit_after_review", setting.day),
    }
    told = fill(wording()[remedy.value], words)
    return told + fill(wording()["online"], words) if electronic else told


def fee_paragraph(reader: Reader) -> str:
    """Return what a fee notice says: no remedy on its own, and what follows its end."""
    return fill(wording()["fee_notice"], reader._asdict())


def remedy_told(code: str, setting: Setting, withheld: Iterable[str] = ()) -> Remedy:
    """Return the remedy that a letter on a result tells, by the setting's choices.

    Results that some hold to be plainly beyond a court have none where the body
    chose so (``plainly_inadmissible_remedy``). Raises what `remedy_for` raises.
    """
    choice = setting.choices.get("plainly_inadmissible_remedy")
    stated = option("plainly_inadmissible_remedy").choose(choice) == "stated"
    if ground(code).plainly_inadmissible and not stated:
        return Remedy.NA
    return remedy_for(code, setting.day, withheld)


def remedy_for_silence(choice: str | None = None) -> Remedy:
    """Return what an applicant may do when no answer came in time.

    The law is not settled (``silence_remedy``): raises `OpenRemedyError` unless
    the body chose.

    >>> remedy_for_silence("review_or_suit").value
    'RS'
    """
    known = option("silence_remedy")
    chosen = known.choose(choice)
    found = {"review_first": Remedy.RF, "review_or_suit": Remedy.RS}
    if chosen not in found:
        message = f"{known.what}：{dict(known.choices)[chosen]}（{known.cite}）"
        raise OpenRemedyError(message)
    return found[chosen]


def _complete(setting: Setting) -> None:
    """Check that everything a remedy names is known; one error tells all that lacks."""
    office = setting.office
    electronic = setting.delivery == ELECTRONIC
    lacking = []
    if not (office.review_organ or "").strip():
        lacking.append("行政复议机关的全称")
    if not (office.court or "").strip().endswith(_COURT):
        lacking.append("管辖法院的全称")
    if setting.delivery not in {known.mode for known in deliveries()}:
        lacking.append(f"送达方式（没有“{setting.delivery}”）")
    if electronic and not (office.review_online or "").strip():
        lacking.append("提交行政复议申请的互联网渠道（行政复议法第二十二条第二款）")
    told = []
    if lacking:
        told.append(f"“{office.name}”没有登记{'、'.join(lacking)}，请在机关资料中补上")
    if electronic and not (setting.system or "").strip():
        told.append(
            "申请人要求电子送达，但没有登记接收的系统或者邮箱，"
            "请在案件页“更正申请人信息”中补上，或者改用其他送达方式"
        )
    if told:
        message = f"写不出救济告知：{'；'.join(told)}"
        raise SettingError(message)
