"""What screening finds: a place in a text, what it is, and what to do about it."""

from __future__ import annotations

from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple


class Kind(StrEnum):
    """What a hit is; the Chinese names stand in `NAMES`."""

    RESIDENT_NUMBER = "resident_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    ADDRESS = "address"
    PLATE = "plate"
    PASSPORT = "passport"
    EMAIL = "email"
    ACCOUNT = "account"
    BIRTH_DATE = "birth_date"
    WORDING = "wording"
    TYPO = "typo"
    RESIDUE = "residue"
    COMMENT = "comment"
    REVISION = "revision"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    METADATA = "metadata"
    EXTERNAL_LINK = "external_link"
    EMBEDDED = "embedded"
    MACRO = "macro"
    COVERED = "covered"
    ANNOTATION = "annotation"
    ATTACHMENT = "attachment"
    SCRIPT = "script"
    FORM_FIELD = "form_field"


NAMES = {
    Kind.RESIDENT_NUMBER: "居民身份证号码",
    Kind.PHONE: "个人电话号码",
    Kind.BANK_CARD: "银行卡号",
    Kind.ADDRESS: "家庭住址",
    Kind.PLATE: "机动车号牌",
    Kind.PASSPORT: "出入境、军人等证件号码",
    Kind.EMAIL: "个人电子邮箱",
    Kind.ACCOUNT: "个人账号",
    Kind.BIRTH_DATE: "出生日期",
    Kind.WORDING: "错敏词",
    Kind.TYPO: "错别字",
    Kind.RESIDUE: "排版残留",
    Kind.COMMENT: "批注",
    Kind.REVISION: "修订痕迹",
    Kind.HIDDEN_TEXT: "隐藏的文字",
    Kind.HIDDEN_SHEET: "隐藏的工作表",
    Kind.HIDDEN_CELLS: "隐藏的行或列",
    Kind.METADATA: "文档属性",
    Kind.EXTERNAL_LINK: "指向外部的链接",
    Kind.EMBEDDED: "嵌入的文件",
    Kind.MACRO: "宏",
    Kind.COVERED: "被遮盖或看不见的文字",
    Kind.ANNOTATION: "页面注释",
    Kind.ATTACHMENT: "PDF附件",
    Kind.SCRIPT: "脚本",
    Kind.FORM_FIELD: "表单填写项",
}
PRIVATE = frozenset(
    {
        Kind.RESIDENT_NUMBER, Kind.PHONE, Kind.BANK_CARD, Kind.ADDRESS, Kind.PLATE,
        Kind.PASSPORT, Kind.EMAIL, Kind.ACCOUNT, Kind.BIRTH_DATE,
    }
)  # fmt: skip
"""What tells of a person (个人信息保护法第二十五条、第二十八条)."""


HIDDEN = frozenset(list(Kind)[list(Kind).index(Kind.COMMENT) :])
"""What a file holds beside what it shows; only files have it, texts do not."""


class Hit(NamedTuple):
    """A place that screening stops at: characters `start` to `end` of the text.

    `why` says in Chinese what was seen, `suggestion` what to write in its place, and
    is empty where only a person can say.
    """

    kind: Kind
    start: int
    end: int
    text: str
    why: str
    suggestion: str = ""


def settled(hits: list[Hit]) -> tuple[Hit, ...]:
    """Return hits in order, of those of one kind that overlap the longest only.

    Wrong characters and wrong phrases are one kind here: what is written wrongly is
    told once.

    >>> long = Hit(Kind.WORDING, 0, 6, "中国共产党党", "")
    >>> settled([long, Hit(Kind.WORDING, 2, 5, "共产党", "")]) == (long,)
    True
    """
    families: dict[Kind, list[Hit]] = {}
    for hit in hits:
        kind = hit.kind
        families.setdefault(Kind.WORDING if kind is Kind.TYPO else kind, []).append(hit)
    kept: list[Hit] = []
    for family in sorted(families):
        start = end = -1
        for hit in sorted(families[family], key=_by_place):
            if hit.start >= end:
                kept.append(hit)
            elif hit.end - hit.start > end - start:
                kept[-1] = hit
            else:
                continue
            start, end = hit.start, hit.end
    return tuple(sorted(kept, key=itemgetter(1, 2)))


def _by_place(hit: Hit) -> tuple[int, int, Kind]:
    return hit.start, -hit.end, hit.kind
