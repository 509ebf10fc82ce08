"""Who asks, as an old ledger says it: held against what the desk's own form would take.

A number that cannot be one is refused at its cell, and never quoted: it finds nobody,
and joins requests of different people. What the ledger does not say stays blank.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.proving import (
    ID_CARD,
    PAPERS,
    UNIFIED_CODE,
    check_number,
    check_phone,
    plain_number,
)
from mingtang_web.importing.fields import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.importing.cells import Cells

_POSTCODE = re.compile(r"\d{6}")
_EIGHTEEN = re.compile(r"[0-9A-Z]{18}")
_DIGITS = re.compile(r"\d{15}|\d{17}[\dX]")
_AS_A_NUMBER = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{15}000")
"""A number that a sheet has kept as a quantity: it keeps fifteen digits and no more."""
_OTHERWISE = tuple(paper for paper in PAPERS if paper not in (ID_CARD, UNIFIED_CODE))
_LOST = (
    "像是以数值存过的号码：表格的数值只留15位，后几位已经丢失",
    "请从原始登记找回号码，把这一列设为“文本”再录入；找不回的，请清空这一格",
)
_CHECK = "请对照证件核对；核对不了的，请清空这一格，原号码留在旧台账"
_REACH = "请核对这一格；不止一个号码或者另有说明的，请只留一个"


def hold(cells: Cells, kind: str) -> None:
    """Note what of a row's people the desk's form would not take.

    ``kind`` is the applicant's, blank where the row does not say it.
    """
    paper = cells.text(Key("identity_kind"))
    _number(cells, Key("identity_number"), paper, of_person=kind == Kind.PERSON)
    _number(cells, Key("agent_identity_number"), "", of_person=True)
    for name in ("phone", "fax", "agent_phone"):
        _held(cells, Key(name), check_phone, "不是可以拨打的号码")
    _held(cells, Key("email"), _check_email, "不是可以收信的电子邮箱")
    _held(cells, Key("postcode"), _check_postcode, "不是6位数字的邮政编码")


def _number(cells: Cells, key: Key, paper: str, *, of_person: bool) -> None:
    number = plain_number(cells.text(key))
    if not number:
        return
    papers = _papers(cells.column(key) + paper, number, of_person=of_person)
    faults = [_fault(each, number) for each in papers]
    if not faults or "" in faults:
        return
    if _AS_A_NUMBER.fullmatch(number):
        cells.refuse(key, *_LOST)
    else:
        cells.refuse(key, faults[0], _CHECK)


def _papers(said: str, number: str, *, of_person: bool) -> tuple[str, ...]:
    """Return of which papers a number may be; none where nothing can be held against it."""
    if _AS_A_NUMBER.fullmatch(number):
        return (ID_CARD,) if of_person else (ID_CARD, UNIFIED_CODE)
    if any(paper in said for paper in _OTHERWISE):
        return ()
    if UNIFIED_CODE in said or "营业执照" in said:
        return (UNIFIED_CODE,)
    if "身份证" in said or (of_person and _DIGITS.fullmatch(number)):
        return (ID_CARD,)
    return (UNIFIED_CODE, ID_CARD) if _EIGHTEEN.fullmatch(number) else ()


def _fault(paper: str, number: str) -> str:
    try:
        check_number(paper, number)
    except ValidationError as fault:
        return "".join(fault.messages).partition("，请")[0]
    return ""


def _held(cells: Cells, key: Key, check: Callable[[str], None], why: str) -> None:
    said = cells.text(key).strip()
    try:
        check(said)
    except ValidationError:
        cells.refuse(key, why, _REACH)


def _check_email(said: str) -> None:
    if said:
        validate_email(said)


def _check_postcode(said: str) -> None:
    if said and not _POSTCODE.fullmatch(said):
        raise ValidationError(said)
