"""Plates of vehicles, numbers of papers, mailboxes, accounts, birth dates."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from mingtang.screening.calling import a_place, called_as_other
from mingtang.screening.context import sentence_before
from mingtang.screening.hits import Hit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening.context import Page

PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新"
_PLATE = re.compile(
    rf"[{PROVINCES}][ ]?[A-HJ-NP-Z][ ]?[·•.]?[ ]?"
    r"(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警]|[A-HJ-NP-Z0-9]{3,4}[港澳])"
    r"(?![A-Z0-9]|[-—–][12][0-9]{3}(?![0-9]))"
)
_FEWEST_DIGITS = 2
_PAPER = re.compile(
    r"(?:护照|(?<!车辆)(?<!货车)通行证|回乡证|台胞证|军官证|警官证|警察证|士兵证|士官证|义务兵证"
    r"|军人证|退伍证|文职证|文职人员证|海员证|旅行证|居留证|居留许可|passport)",
    re.IGNORECASE,
)
_PAPER_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z]{1,2}[0-9]{7,10}|[A-Z](?=[0-9A-Z]{8}(?![0-9A-Z]))[0-9A-Z]*[0-9]{3}|[0-9]{8,9})"
    r"(?![0-9A-Za-z*])|[\u4e00-\u9fff]字第?[0-9]{6,8}号?"
)
_PAPER_BEFORE = re.compile(
    r"(?<![0-9A-Za-z*])(?:[A-Z]{1,2}[0-9]{7,10}|[\u4e00-\u9fff]字第?[0-9]{6,8}|[0-9]{8,9})"
    r"(?=号的?[\u4e00-\u9fff]{0,10}$)"
)
"""A number that its paper is named behind: “持…号中国护照”."""
_PAPER_LABEL = re.compile(r"(?:证件?)?(?:号码?|编号)[:：]?[ \t]*\n\s*|[:：][ \t]*\n\s*")
"""A label that stands on a line of its own, above the number."""
_DOMAIN = re.compile(r"[A-Za-z0-9\-]+(?:[.\uff0e][A-Za-z0-9\-]+)*[.\uff0e][A-Za-z]{2,}")
_MAIL = re.compile(rf"[A-Za-z0-9][A-Za-z0-9._%+\-]*[@\uff20]{_DOMAIN.pattern}")
_NAMING = digits + ascii_letters + "._%+-"
"""What the name of a mailbox consists of."""
_OFFICE_MAIL = re.compile(
    r"我[局委办厅院校馆站]|本[局委办厅院校馆站机关单位]|[局委厅办科处室股站][^当申]{0,6}$|专用|中心|招标|代理机构|"
    r"公开信箱|办公|监督|报名|咨询|举报|技术支持|征求意见|投稿|业务|公司"
)
_PERSON = re.compile(
    r"个人|本人|当事人|申请人|家属|某|先生|女士|专家|校长|联系人|作者|读者"
    r"|(?:投稿|咨询|报名|举报|来信|投诉|信访|参与)[者人](?![可请应须将通向们])"
)
OWN_ACCOUNTS = (
    "银行账户", "个人账户", "养老金账户", "公积金账户", "医保账户", "社保账户", "储蓄账户",
    "结算账户", "资金账户", "证券账户", "股东账户", "工资账户", "存款账户", "基金账户",
)  # fmt: skip
"""What accounts are called that persons have."""
_CALLED_ACCOUNT = re.compile(
    r"(?P<chat>微信(?:同)?号?(?:码)?|QQ号?码?|支付宝(?:账号)?)"
    rf"|(?P<bank>(?:银行|个人|存款|收款|工资)?账号|{'|'.join(OWN_ACCOUNTS)}|存折(?:账)?号)"
    r"|(?P<social>社(?:会)?保(?:障)?卡卡?号码?)"
)
_JOIN = r"(?:是|为|码|[:：，,（(\s]|号码){0,4}"
_VALUES = {
    "chat": re.compile(
        rf"{_JOIN}(?P<value>[A-Za-z][-_A-Za-z0-9]{{5,19}}|[1-9][0-9]{{4,11}})(?![0-9A-Za-z])"
    ),
    "bank": re.compile(rf"{_JOIN}(?P<value>[0-9](?:[ \-]?[0-9]){{8,29}})(?![0-9A-Za-z*])"),
    "social": re.compile(rf"{_JOIN}(?P<value>[A-Z]?[0-9]{{8,10}})(?![0-9A-Za-z*])"),
}
_OFFICE_ACCOUNT = re.compile(
    r"对公|专用账户|专户|保证金|慈善|基金会|开户单位|财政|缴纳账户|公众号|QQ群|微信群|"
    r"户名[^，。；]{0,12}(?:中心|局|会|公司|院|校)"
)
_BORN = re.compile(
    r"出生(?:年月日|日期|时间|于)?|生于|生日|[日0-9]生(?=于|[，,。；;、）)\s]|$)"
)
_DAY = re.compile(
    r"(?<![0-9])(?:1[89]|20)[0-9]{2}"
    r"(?: ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|([-./])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
    r"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
    r"|[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)


PAPER_TRIGGERS = (
    "护照", "通行证", "回乡证", "台胞证", "军官证", "警官证", "警察证", "士兵证", "士官证",
    "义务兵证", "军人证", "退伍证", "文职证", "文职人员证", "海员证", "旅行证", "居留证",
    "居留许可", "passport", "Passport", "PASSPORT",
)  # fmt: skip
MAIL_TRIGGERS = ("@", "\uff20")
ACCOUNT_TRIGGERS = (
    "微信", "QQ", "支付宝", "账号", "银行账号", "个人账号", "存款账号", "收款账号",
    "工资账号", *OWN_ACCOUNTS, "存折号", "存折账号", "社保卡", "社会保障卡",
)  # fmt: skip
HEAD_TRIGGERS = ("账号", *OWN_ACCOUNTS, "存折号", "卡号")
"""What stands in every head that names a column of accounts."""
BIRTH_TRIGGERS = ("出生", "生于", "生日", "日生", *(f"{digit}生" for digit in digits))


def plate_starts() -> Iterator[str]:
    """Yield how plates begin: a province and a letter, or with a blank between."""
    for province in PROVINCES:
        for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ":
            yield province + letter
        yield province + " "


def plate(text: str, at: int) -> Iterator[Hit]:
    """Yield the plate that begins at a place (GA 36—2018)."""
    found = _PLATE.match(text, at)
    if found is None or (at and text[at - 1].isascii() and text[at - 1].isalnum()):
        return
    rest = found[0][2:]
    if sum(each.isdigit() for each in rest) < _FEWEST_DIGITS:
        return
    if a_place(text, at, found.end()):
        return
    yield Hit(Kind.PLATE, at, found.end(), found[0], "机动车号牌")


def paper(page: Page, at: int) -> Iterator[Hit]:
    """Yield the numbers of a travel or service paper that is named at a place.

    They stand behind the name, before it, on the line below or in the column below.
    """
    text = page.text
    named = _PAPER.match(text, at)
    if named is None:
        return
    for number in _numbered(page, named):
        yield Hit(Kind.PASSPORT, *number.span(), number[0], f"旁边写明是{named[0]}")


def _numbered(page: Page, named: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield the numbers that the name of a paper says something of."""
    text = page.text
    before = _PAPER_BEFORE.search(text, max(0, named.start() - 24), named.start())
    if before:
        yield before
    label = _PAPER_LABEL.match(text, named.end())
    below = _PAPER_NUMBER.match(text, label.end()) if label else None
    if below:
        yield below
    end = _reach(text, named.end(), 30)
    number = None
    for number in _PAPER_NUMBER.finditer(text, named.end(), end):
        between = text[named.end() : number.start()]
        if "*" in between:
            break
        if not called_as_other(between):
            yield number
            break
    if not number:
        cells = (_PAPER_NUMBER.match(text, at) for at in page.column_below(named.start()))
        yield from (each for each in cells if each)


def mail(text: str, at: int) -> Iterator[Hit]:
    """Yield the mailbox around an @ that is a person's."""
    domain = _DOMAIN.match(text, at + 1)
    if domain is None or domain[0].lower().endswith(".gov.cn"):
        return
    start = at
    while name := _last_of(text[max(0, start - 32) : start]):
        start -= len(name)
    found = _MAIL.match(text, start)
    if found is None:
        return
    if _MASK_BEFORE.search(text, max(0, start - 8), start) or _MASK.search(found[0]):
        return
    before = sentence_before(text, start)
    near = before[-24:]
    if _OFFICE_MAIL.search(near) and not _PERSON.search(near):
        return
    yield Hit(Kind.EMAIL, *found.span(), found[0], "电子邮箱，没有写明是机关的")


_MASK_BEFORE = re.compile(r"(?:[0-9A-Za-z._][*\uff0a×●■□○◯•·…#\uff03]|[*\uff0a×●■□○◯]{2})$")
_MASK = re.compile(r"^[^@\uff20]*(?:\.\.|x{3}|X{3})")
"""Signs in the place of others: what is left of a mailbox is no mailbox."""


def _last_of(before: str) -> str:
    """Return how much of the end of a text may belong to the name of a mailbox."""
    return before[len(before.rstrip(_NAMING)) :]


def account(text: str, at: int) -> Iterator[Hit]:
    """Yield what an account that is named at a place is."""
    named = _CALLED_ACCOUNT.match(text, at)
    if named is None or named.lastgroup is None:
        return
    kind = named.lastgroup
    span, group = _VALUES[kind].match(text, named.end()), "value"
    if span is None and kind == "bank" and any(map(str.isdigit, text[max(0, at - 2) : at])):
        span, group = _BEHIND.search(text, max(0, at - 40), at), ""
    if span is None:
        return
    before = sentence_before(text, at)
    if _OFFICE_ACCOUNT.search(before[-40:] + text[at : named.end() + 4]):
        return
    start, end = span.span(group or 0)
    yield Hit(Kind.ACCOUNT, start, end, text[start:end], f"旁边写明是{named[0]}")


_BEHIND = re.compile(r"[0-9](?:[ \-]?[0-9]){8,29}$")
"""An account whose name stands behind it."""


def names_account(head: str) -> str:
    """Return what a head says that its column holds, of accounts; else nothing."""
    named = _CALLED_ACCOUNT.search(head)
    return named[0] if named and named.lastgroup in {"bank", "social"} else ""


def in_column(page: Page, run: re.Match[str]) -> Iterator[Hit]:
    """Yield an account or paper that the head of its column names."""
    if not page.columns.holds(*run.span()):
        return
    named = names_account(page.head_of(run.start()))
    if named:
        yield Hit(Kind.ACCOUNT, *run.span(), run[0], f"这一列是{named}")


def birth(page: Page, at: int) -> Iterator[Hit]:
    """Yield the days of birth that a word at a place tells of."""
    text = page.text
    named = _BORN.match(text, at)
    if named is None:
        return
    end = _reach(text, named.end(), 36)
    cursor = named.end()
    for day in _DAY.finditer(text, named.end(), end):
        between = text[cursor : day.start()]
        if len(between) > 10 or re.search(r"参加|工作|死亡|去世|入党|毕业", between):  # noqa: PLR2004
            break
        if not _a_range(text, day):
            yield _birth(day)
        cursor = day.end()
    if named[0] != "生日":
        here = at + (named[0][0] not in "出生")
        before = _DAY_BEFORE.search(text, max(0, here - 18), here)
        if before and not _a_range(text, before):
            yield _birth(before)
    yield from _born_in_column(page, named)


_DAY_BEFORE = re.compile(f"(?:{_DAY.pattern})$")


def _born_in_column(page: Page, named: re.Match[str]) -> Iterator[Hit]:
    """Yield the days below a head that says birth, as far as the table goes."""
    for cell in page.column_below(named.start()):
        day = _DAY.match(page.text, cell)
        if day and not _a_range(page.text, day):
            yield _birth(day)


def _a_range(text: str, day: re.Match[str]) -> bool:
    """Return whether a day is an end of a range: a condition, and no one's birth."""
    return bool(
        _RANGE_BEFORE.search(text, max(0, day.start() - 14), day.start())
        or _RANGE_BEHIND.match(text, day.end())
    )


_TO = r"(?:至|到|—+|\uff0d|-+|~|\uff5e|–)"
_RANGE_BEFORE = re.compile(
    rf"(?:[年月日0-9时](?:（含）|\(含\)|起)? ?{_TO} ?|截[至止]|不[早晚]于|早于|晚于)$"
)
_RANGE_BEHIND = re.compile(
    r"(?: ?[（(](?:含|不含)[^）)\n]{0,6}[）)]|零时|[0-9]{1,2}时)?"
    rf"(?: ?{_TO} ?(?:1[89]|20|[0-9]{{1,2}}月)"
    r"|[及之]? ?以[前后]|之?[前后](?![来往进因随于在期])|起|之?间|期间)"
)


def _birth(day: re.Match[str]) -> Hit:
    return Hit(Kind.BIRTH_DATE, *day.span(), day[0], "写明是出生日期")


def _reach(text: str, start: int, far: int) -> int:
    """Return how far words at a place may reach: to the end of the sentence at most."""
    end = min(len(text), start + far)
    stops = [at for stop in "。；;\n" if (at := text.find(stop, start, end)) >= 0]
    return min([end, *stops])
