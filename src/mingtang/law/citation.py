"""Where a rule of law stands: instrument, article, paragraph, item.

Every dated value, every ground and every rule of the checker names its source
as one line of Chinese. A line that cannot be taken apart is refused, so that
no value rests on a source nobody can look up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mingtang.text import chinese_number

_NUMERAL = r"(?:[〇零一二三四五六七八九十百千]+|[0-9]+)"
_DOCUMENT = r"[\u4e00-\u9fff]{1,12}〔[0-9]{4}〕[0-9]+号|[\u4e00-\u9fff]{2,4}令第[0-9]+号"
_ARTICLE = (
    rf"第(?P<article>{_NUMERAL})条(?:之(?P<inserted>{_NUMERAL}))?"
    rf"(?:第(?P<paragraph>{_NUMERAL})款)?"
    rf"(?:第(?:（(?P<item>{_NUMERAL})）|(?P<bare_item>{_NUMERAL}))项)?"
)
_STEP = "[一二三四五六七八九十]+"
_OUTLINE = rf"(?P<outline>{_STEP}(?:、?（{_STEP}）)?(?:、?[0-9]+)?)"
_BY_NUMBER = rf"(?P<number>{_DOCUMENT})(?:{_ARTICLE}|{_OUTLINE})?"
_BY_NAME = (
    r"(?:《(?P<title>[^《》；]+)》|(?P<name>[^《》（）〔〕；，。\s]+?))"
    rf"(?:（(?:(?P<number>{_DOCUMENT})|(?P<version>[^（）]+))）)?"
    rf"(?:{_ARTICLE}|(?<=[》）]){_OUTLINE})?"
)
_IN_TITLE = re.compile(r"(?P<name>[^（）]+)（(?P<version>[^（）]+)）")
"""A title with its bracket inside its marks: 《统计资料管理条例（试行）》."""
_INSTRUMENTS = (
    "法", "法典", "条例", "办法", "规定", "规则", "细则", "格式", "通知",
    "解释", "意见", "决定", "标准", "方案", "指引", "函",
)  # fmt: skip
_LAST = 9999
_DIGITS = "零一二三四五六七八九"


class CitationError(ValueError):
    """A line names no source of law that can be looked up."""


def numeral(number: int) -> str:
    """Return a number from 1 to 9999 in the numerals statutes print.

    >>> numeral(10), numeral(33), numeral(105), numeral(1011)
    ('十', '三十三', '一百零五', '一千零一十一')
    """
    if not 1 <= number <= _LAST:
        message = f"条文序号须在 1 到 9999 之间，却是 {number}"
        raise CitationError(message)
    written, skipped = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += ("零" if skipped and written else "") + _DIGITS[digit] + word
        skipped = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


class Citation(NamedTuple):
    """One source of law (条文出处).

    `instrument` is its name as printed, `version` what stands in brackets
    after it (2019年修订), `number` its document number (文号). `outline` is the
    heading of an instrument without articles, such as 二（一）.
    """

    instrument: str | None = None
    version: str | None = None
    number: str | None = None
    article: int | None = None
    inserted: int | None = None
    paragraph: int | None = None
    item: int | None = None
    outline: str | None = None

    def __str__(self) -> str:
        """Return the citation as it is printed in a letter or a message."""
        note = self.version or (self.number if self.instrument else None)
        bracket = f"（{note}）" if note else ""
        source = f"{self.instrument or self.number}{bracket}"
        return source + self.provision

    @property
    def provision(self) -> str:
        """Return the place inside the instrument: 第三十三条第二款第（一）项.

        >>> parse_citation("民法典第二百零二条").provision
        '第二百零二条'
        """
        if self.article is None:
            return self.outline or ""
        places = f"第{numeral(self.article)}条"
        places += f"之{numeral(self.inserted)}" if self.inserted else ""
        places += f"第{numeral(self.paragraph)}款" if self.paragraph else ""
        return places + (f"第（{numeral(self.item)}）项" if self.item else "")


def _ordinal(printed: str | None, line: str) -> int | None:
    if printed is None:
        return None
    ascii_digits = printed.isascii()
    number = int(printed) if ascii_digits else chinese_number(printed)
    if number is None or not 1 <= number <= _LAST:
        message = f"“{line}”中的序号“{printed}”读不成数，请按“第三十三条第二款”的样子写"
        raise CitationError(message)
    return number


def _refusal(line: str) -> CitationError:
    return CitationError(
        f"“{line}”不是可以查到的依据。"
        "请写明文件名或者文号，需要时加条、款、项，"
        "例如“政府信息公开条例（2019年修订）第三十三条第二款”"
    )


@lru_cache(maxsize=4096)
def parse_citation(line: str) -> Citation:
    """Return the source that one line names.

    Raises `CitationError` when any part of the line is not understood.

    >>> parse_citation("行政复议法第二十三条第一款第四项").item
    4
    >>> parse_citation("国办函〔2020〕109号第四条").article
    4
    >>> str(parse_citation("政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）二"))
    '政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）二'
    """
    tidy = line.strip()
    match = re.fullmatch(_BY_NUMBER, tidy) or re.fullmatch(_BY_NAME, tidy)
    if match is None:
        raise _refusal(line)
    found = match.groupdict()
    name = found.get("title") or found.get("name")
    version = found.get("version")
    inside = _IN_TITLE.fullmatch(name or "")
    if inside and version is None:
        name, version = inside["name"], inside["version"]
    if name is not None and not name.endswith(_INSTRUMENTS):
        raise _refusal(line)
    return Citation(
        instrument=name,
        version=version,
        number=found["number"],
        article=_ordinal(found["article"], line),
        inserted=_ordinal(found["inserted"], line),
        paragraph=_ordinal(found["paragraph"], line),
        item=_ordinal(found["item"] or found["bare_item"], line),
        outline=found["outline"],
    )


def parse_citations(line: str) -> tuple[Citation, ...]:
    """Return the sources of a line that joins several with ；.

    Raises `CitationError` when one of them is not understood.

    >>> [str(source) for source in parse_citations("民诉法第八十五条；民法典第201条")]
    ['民诉法第八十五条', '民法典第二百零一条']
    """
    return tuple(parse_citation(part) for part in line.split("；"))
