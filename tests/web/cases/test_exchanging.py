"""What people say about a case is kept once, answered once, and names nobody."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web.applicants.betraying import traces
from mingtang_web.bodies.models import Role, Section
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import exchanging as x
from mingtang_web.cases.exchanging import ExchangeError, Saying, WordsError
from mingtang_web.cases.models import Comment, Explanation, Urging
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from tests.web.cases.requests import ASKER, Office, at
from tests.web.people import appointed, person

D = date
SOON = D(2026, 3, 25)


def test_a_supervisor_urges_and_the_handler_answers(office: Office) -> None:
    case = office.registered()
    urging = x.urge(case, SOON, Saying("请三日内报办理进展", office.supervisor, "k1"))
    assert (
        x.urge(case, SOON, Saying("请三日内报办理进展", office.supervisor, "k1")) == urging
    )
    for somebody in (office.clerk, office.supervisor, office.stranger):
        with pytest.raises(NotAllowedError):
            x.answer_urging(urging, Saying("已办", somebody))
    answered = x.answer_urging(urging, Saying("档案已找到，明日送审", office.handler, "k2"))
    assert not answered.is_open
    with pytest.raises(ExchangeError, match="不能重复"):
        x.answer_urging(urging, Saying("再答一次", office.handler, "k3"))
    kinds = list(Entry.objects.filter(case_id=case.pk).values_list("kind", flat=True))
    assert kinds == ["event.submitted", "case.urged", "case.urging_answered"]
    assert list(faults(office.housing)) == []


def test_only_a_supervisor_urges_and_only_what_is_open(office: Office) -> None:
    case = office.registered()
    for somebody in (office.clerk, office.approver, office.stranger):
        with pytest.raises(NotAllowedError):
            x.urge(case, SOON, Saying("请抓紧", somebody))
    with pytest.raises(ExchangeError, match="已经过去"):
        x.urge(case, D(2026, 3, 19), Saying("请抓紧", office.supervisor))
    assert Urging.objects.count() == 0


def test_a_section_gives_its_opinion(office: Office) -> None:
    law = Section.objects.create(body=office.housing, name="法规股")
    there, elsewhere = person("there", "吴某"), person("elsewhere", "郑某")
    appointed(there, office.housing, Role.HANDLER, section=law)
    appointed(elsewhere, office.housing, Role.HANDLER)
    case = office.registered()
    asked = x.ask_section(case, law, SOON, Saying("是否属于过程性信息", office.handler))
    with pytest.raises(NotAllowedError):
        x.answer_section(asked, Saying("属于", elsewhere))
    assert x.answer_section(asked, Saying("属于，可不公开", there)).answered_by == there
    water = Section.objects.create(body=office.water, name="水政股")
    with pytest.raises(ExchangeError, match="本机关"):
        x.ask_section(case, water, SOON, Saying("请提意见", office.handler))


def test_comments_and_reasons(office: Office) -> None:
    case = office.registered()
    x.comment(case, Saying("从严把握", office.approver))
    x.comment(case, Saying("已阅", office.supervisor))
    assert Comment.objects.count() == 2
    with pytest.raises(ExchangeError, match="没有逾期"):
        x.explain(case, "search", Saying("档案分散", office.handler))
    with at(D(2026, 4, 2)):
        said = x.explain(case, "search", Saying("档案分散三处", office.handler))
    assert said.cause == Explanation.Cause.SEARCH


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("", "请写明"),
        ("长" * 2001, "2001字"),
        (f"已电话告知{ASKER.name}", "第6个字起的“张\\*”像是申请人的姓名"),
        ("电话13900139000联系过", "手机号码"),
        (f"住{ASKER.address}", "地址"),
    ],
)
def test_words_that_may_not_stay_leave_nothing(
    office: Office, words: str, what: str
) -> None:
    case = office.registered()
    with pytest.raises(WordsError, match=what):
        x.comment(case, Saying(words, office.approver))
    assert (Comment.objects.count(), Entry.objects.count()) == (0, 1)


def test_the_public_name_of_a_company_is_no_personal_data() -> None:
    company = ASKER.__class__(name="西山区青云物业服务有限公司", contact="李四海")
    text = "青云物业服务有限公司的备案，经办李四海"
    assert [trace.shown for trace in traces(text, company)] == ["李*"]
