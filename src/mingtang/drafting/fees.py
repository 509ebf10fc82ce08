"""The bill in a fee notice (信息处理费计算明细): every line from the law's bands.

A bill is by items or by pages, never both (国办函〔2020〕109号第三条). Amounts are whole
yuan and are said in the capital numerals of Chinese bookkeeping too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting.citing import said
from mingtang.law.calendar import Calendar, UncoveredYearError
from mingtang.law.fees import FeeCountError, FeeLine, item_lines, page_lines
from mingtang.law.parameter import parameter
from mingtang.law.terms import term_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

HEAD = ("计收区间", "数量", "单价（元）", "小计（元）")
MOST_ITEMS, MOST_PAGES = 10_000, 1_000_000
"""No applicant asks for more in a month, and no item has more pages: a slip of the hand."""
SHARES = (0.4, 0.2, 0.2, 0.2)
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_GROUP = 10000


class ItemFee(NamedTuple):
    """A fee by items (按件): the applicant's `first` to `last` item of a calendar month."""

    first: int
    last: int


class PageFee(NamedTuple):
    """A fee by pages (按量): how many pages one item has."""

    pages: int


Fee = ItemFee | PageFee


class Bill(NamedTuple):
    """A fee with its lines: what is counted, the article, the lines, the sum in yuan."""

    counted: str
    unit: str
    cite: str
    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> int:
        """Return the sum in yuan."""
        return sum(line.amount for line in self.lines)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the bill as rows of texts, head and sum included."""
        pieces = sum(line.last - line.first + 1 for line in self.lines)
        total = ("合计", f"{pieces}{self.unit}", "", str(self.total))
        return (HEAD, *self._lines(), total)

    def _lines(self) -> Iterator[tuple[str, ...]]:
        for first, last, price in self.lines:
            span = f"第{first}" if first == last else f"第{first}至{last}"
            amount = str(price * (last - first + 1))
            yield f"{span}{self.unit}", f"{last - first + 1}{self.unit}", str(price), amount


def bill(fee: Fee, on: date) -> Bill:
    """Return how a fee comes about on a day.

    Raises `FeeCountError` for numbers that count nothing or a fee of zero, which
    nobody is notified of, and `UncoveredDayError` before 2021.

    >>> from datetime import date
    >>> bill(ItemFee(11, 14), date(2026, 3, 2)).total
    400
    """
    made = _by_pages(fee, on) if isinstance(fee, PageFee) else _by_items(fee, on)
    if not made.total:
        message = "按规定应收金额为 0 元，不发收费通知；请直接答复"
        raise FeeCountError(message)
    return made


def _by_pages(fee: PageFee, on: date) -> Bill:
    if type(fee.pages) is int and fee.pages > MOST_PAGES:
        message = f"页数不得多于 {MOST_PAGES}，却是 {fee.pages}；请核对"
        raise FeeCountError(message)
    cite = said(parameter("fee_by_pages").at(on).cite)
    counted = f"本件申请所提供的信息共{fee.pages}页"
    return Bill(counted, "页", cite, page_lines(fee.pages, on))


def _by_items(fee: ItemFee, on: date) -> Bill:
    whole = type(fee.first) is int and type(fee.last) is int
    if not whole or not 1 <= fee.first <= fee.last <= MOST_ITEMS:
        message = (
            f"件的序号须为 1 至 {MOST_ITEMS} 的整数、由小到大，"
            f"却是第 {fee.first!r} 至 {fee.last!r} 件"
        )
        raise FeeCountError(message)
    lines = tuple(
        line._replace(first=max(line.first, fee.first))
        for line in item_lines(fee.last, on)
        if line.last >= fee.first
    )
    which = f"第{fee.first}件" if fee.first == fee.last else f"第{fee.first}至{fee.last}件"
    counted = f"本次计收的是申请人当月向本机关提出的{which}申请"
    return Bill(counted, "件", said(parameter("fee_by_items").at(on).cite), lines)


def pay_by(received: date) -> date | None:
    """Return the last day to pay a notice received on a day; None where not yet known.

    None where the term runs into a year whose holidays are not announced.

    >>> from datetime import date
    >>> pay_by(date(2026, 3, 13))
    datetime.date(2026, 4, 13)
    """
    try:
        return term_due("fee_payment", received, Calendar())
    except UncoveredYearError:
        return None


def capitals(yuan: int) -> str:
    """Return an amount in capital numerals (大写金额).

    >>> capitals(380), capitals(10050), capitals(2000)
    ('叁佰捌拾元整', '壹万零伍拾元整', '贰仟元整')
    """
    words, skipped = "", False
    for power in reversed(range(len(_GROUPS))):
        group = yuan // _GROUP**power % _GROUP
        if not group:
            skipped = bool(words)
            continue
        if words and (skipped or group < _GROUP // 10):
            words += "零"
        words += _said(group) + _GROUPS[power]
        skipped = False
    return f"{words or '零'}元整"


def _said(group: int) -> str:
    """Return a number from 1 to 9999 in capital numerals."""
    words, skipped = "", False
    for power in reversed(range(len(_PLACES))):
        digit = group // 10**power % 10
        if digit:
            words += ("零" if skipped and words else "") + _CAPITALS[digit] + _PLACES[power]
        skipped = not digit
    return words
