"""What is asked about a request that is entered late: it is taken, and explained.

条例第三十一条: the term runs from the day the request was received, whenever somebody
writes it down; days that lay in a drawer are the body's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.deadlines import answer_term
from mingtang.case.events import Submitted
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.delivery import receipt

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.rulebook import Rulebook

UNASKED = 2
"""Working days after it came in which nobody asks why a request is entered only now."""


def late_entry(request: Submitted, today: date, rulebook: Rulebook) -> str | None:
    """Return what the days between a request and its entry cost, in Chinese.

    None within `UNASKED` working days. A year without its notice of holidays counts no
    days: then every later day is asked about, and no number is told.

    >>> from datetime import date
    >>> from mingtang.case.rulebook import Rulebook
    >>> came = Submitted(on=date(2026, 3, 2), channel="in_person", applicant="person")
    >>> late_entry(came, date(2026, 3, 4), Rulebook())
    >>> late_entry(came, date(2026, 3, 31), Rulebook())
    '2026-03-02收到，21个工作日后才登记：答复期限已于2026-03-30届满，登记后即为逾期'
    """
    if today <= request.on:
        return None
    try:
        passed = rulebook.calendar.count_working_days(request.on, today)
    except UncoveredYearError:
        return f"{request.on}来件，今天才登记；放假安排未录入，用去多少工作日还算不出"
    return _cost(request, today, passed, rulebook) if passed > UNASKED else None


def _cost(request: Submitted, today: date, passed: int, rulebook: Rulebook) -> str:
    came = request.on
    if receipt(request.channel).awaits_confirmation:
        return (
            f"{came}来件，{passed}个工作日后才登记，其间没有与申请人确认；"
            "确认之日才起算答复期限，请今天就联系"
        )
    term = answer_term(replay((request,)), rulebook)
    due = term.due if term else None
    if due is None:
        return f"{came}收到，{passed}个工作日后才登记：这些天计入答复期限，到期日待定"
    if today > due:
        return (
            f"{came}收到，{passed}个工作日后才登记：答复期限已于{due}届满，登记后即为逾期"
        )
    left = rulebook.calendar.count_working_days(today, due)
    return (
        f"{came}收到，{passed}个工作日后才登记：这些天计入答复期限，"
        f"只剩{left}个工作日，最迟{due}答复"
    )
