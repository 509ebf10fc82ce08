"""What proves who somebody is, and whether a number can be one of that kind."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang_web.bodies.codes import validate_unified_code
from mingtang_web.masking import IDENTITY_NUMBER, personal_data

ID_CARD, UNIFIED_CODE = "身份证", "统一社会信用代码"
PAPERS = (
    ID_CARD,
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    UNIFIED_CODE,
    "其他证件",
)
_PHONE = re.compile(r"\+?[0-9 ()-]{1,24}")
FEWEST_DIGITS = 7
"""Of a telephone's number: no one is called by less."""


def plain_number(number: str) -> str:
    """Return a number as it is kept: without blanks, in capitals, of half width."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def check_number(paper: str, number: str) -> None:
    """Let a number pass that the paper can bear, or none; raises `ValidationError`."""
    if paper == ID_CARD and number and not _is_id_card(number):
        raise ValidationError(_("身份证号码应为18位且校验码相符，请对照证件核对"))
    if paper == UNIFIED_CODE and number:
        validate_unified_code(number)


def check_phone(phone: str) -> None:
    """Let a number pass that can be called, or none; raises `ValidationError`."""
    if phone and not _PHONE.fullmatch(phone):
        raise ValidationError(_("联系电话只写数字、空格、横线和括号；分机号写在横线后"))
    if phone and sum(each.isdigit() for each in phone) < FEWEST_DIGITS:
        raise ValidationError(_("联系电话至少7位；固定电话请写上区号"))


def _is_id_card(number: str) -> bool:
    return bool(IDENTITY_NUMBER.fullmatch(number)) and personal_data(number) is not None
