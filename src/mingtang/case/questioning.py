"""What is asked about what is entered: it is taken, and explained.

条例第三十一条: the term runs from the day the request was received, whenever somebody
writes it down; days that lay in a drawer are the body's own.
行政复议法第六十四条第二款, 行政诉讼法第七十一条: an answer that was set aside is not given
again on the same facts and reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.deadlines import answer_term
from mingtang.case.events import Submitted
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.delivery import receipt
from mingtang.law.grounds import ground

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Decided
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case

_NOT_AGAIN = {
    "review": "行政复议法（2023年修订）第六十四条第二款",
    "judgment": "行政诉讼法（2017年修正）第七十一条",
}
"""What forbids the same answer on the same facts and reasons, by what ordered a new one."""
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


def same_ground(event: Decided, case: Case) -> str | None:
    """Return what is asked of an answer on the ground of the one set aside, in Chinese.

    None in a round that no review or judgment opened, and on another ground. Whether
    facts and reasons are new nobody here can tell: whoever decides says it.
    Source: `_NOT_AGAIN`.

    >>> from datetime import date
    >>> from mingtang.case.events import Decided
    >>> from mingtang.case.state import Case, Decision, Round
    >>> day = date(2026, 3, 2)
    >>> first = Round(answer=Decision(on=day, ground="N6"))
    >>> anew = Round(opened=date(2026, 6, 2), cause="review")
    >>> case = Case("in_person", "person", day, day, rounds=(first, anew))
    >>> same_ground(Decided(on=date(2026, 6, 9), ground="G2"), case)
    >>> str(same_ground(Decided(on=date(2026, 6, 9), ground="N6"), case))[:14]
    '2026-03-02的原答复'
    """
    earlier = [each.answer for each in case.rounds[:-1] if each.answer]
    cite = _NOT_AGAIN.get(case.round.cause or "")
    if cite is None or not earlier or earlier[-1].ground != event.ground:
        return None
    before, title = earlier[-1], ground(event.ground).title
    return (
        f"{before.on}的原答复也是“{title}”，复议决定、判决责令重新处理后，"
        f"不能凭同一的事实和理由再作相同或者基本相同的答复（{cite}）；"
        "请写明这次有哪些新的事实、理由，或者原答复只因程序违法被撤销"
    )


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
