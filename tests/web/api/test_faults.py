"""What does not fit is told by the name that officers know, with what to do."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case.act import acts
from mingtang.case.recording import KINDS
from mingtang_web.api.telling import KNOWN_BY_ITSELF
from mingtang_web.bodies.models import Role
from mingtang_web.cases.labels import label
from mingtang_web.ledger.models import Entry
from tests.web.api.test_channel import act, post, signed_in
from tests.web.cases.requests import Office, at
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTS = {each.id: each for each in acts()}
CODE = re.compile(r"[a-z]{2,}")
WRONG = {
    "date": "明天", "date | None": "明天", "str": 7, "str | None": 7, "int": "七",
    "bool": "是", "tuple[str, ...]": "一",
}  # fmt: skip
GIVEN = {
    "date": "2026-03-18", "date | None": "2026-03-18", "str": "x", "str | None": "x",
    "int": 1, "bool": True, "tuple[str, ...]": [],
}  # fmt: skip


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(date(2026, 3, 18)):
        made = Office()
        made.everybody = person("everybody", "全能者")
        for role in (Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER):
            appointed(made.everybody, made.housing, role)
        yield made


def in_words(answer: object, at: str) -> dict[str, str]:
    """The error of an answer at a place: named and told without a word of code."""
    said = answer.json()
    assert answer.status_code == 422, said
    [error] = [each for each in said["errors"] if each["at"] == at]
    for words in (error["label"], error["what"]):
        assert re.search(r"[\u4e00-\u9fff]", words), words
        assert not CODE.search(words), words
    assert not CODE.search(said["detail"]), said["detail"]
    return error


@pytest.mark.parametrize("name", ACTS)
def test_every_part_of_every_act_is_named_where_it_is_wrong(office, name):
    case = office.registered()
    client = signed_in(office.everybody)
    told = ACTS[name]
    own = {each.name: each for each in fields(KINDS[told.event])}
    hidden = KNOWN_BY_ITSELF if told.event in {"consulted", "split"} else set()
    whole = {n: GIVEN[str(f.type)] for n, f in own.items() if n not in hidden}
    more = {"person": {"name": "清河公司"}, "subjects": ["一", "二"]}
    for part in whole:
        wrong = whole | {part: WRONG[str(own[part].type)]}
        answer = act(client, case, name, wrong, **more)
        error = in_words(answer, f"event.{part}")
        assert error["label"] == label(f"event.{part}", told.event)
        assert error["label"] not in {"所填内容", "办理内容"}
        assert f"“{error['label']}”" in answer.json()["detail"]
        if part != "on" and own[part].default is MISSING:
            less = {n: value for n, value in whole.items() if n != part}
            error = in_words(act(client, case, name, less, **more), f"event.{part}")
            assert "请填写" in error["what"]
    foreign = act(client, case, name, whole | {"foreign": "x"}, **more)
    assert "请删去" in in_words(foreign, "event.foreign")["what"]
    assert Entry.objects.filter(case_id=case.pk).count() == 1


@pytest.mark.parametrize(
    ("place", "sent", "at", "words"),
    [
        ("acts/withdraw", {"note": "张\u200b三"}, "note", "第1个字后面有看不见的字符"),
        ("acts/withdraw", {"note": "\ud800"}, "note", "U+D800"),
        ("acts/withdraw", {"note": "长" * 501}, "note", "最多500个字"),
        ("acts/withdraw", {"version": 10**12}, "version", "太大"),
        ("acts/withdraw", {"version": -1}, "version", "太小"),
        ("acts/withdraw", {"version": "一"}, "version", "应为整数"),
        ("acts/withdraw", {"event": {"on": "2026-12-01"}}, "event.on", "还没有到"),
        ("acts/extend", {"event": {"days": 10**30}}, "event.days", "太大"),
        ("acts/withdraw", {"letter": {"kind": "x"}}, "letter.kind", "没有"),
        ("acts/consult_third_party", {"person": {"name": ""}}, "person.name", "不能空着"),
        ("acts/consult_third_party", {}, "person", "须写明"),
        ("acts/withdraw", {"foreign": 1}, "foreign", "请删去"),
        ("searches", {}, "scope", "缺少这一项"),
        ("searches", {"on": "x"}, "on", "2026-03-02"),
        (
            "searches",
            {"on": "2026-03-17", "scope": "档", "method": "逐卷翻查", "result": "没有"},
            *("scope", "至少写4个汉字"),
        ),
        ("strikes", {"version": 1, "place": 7, "why": "错"}, "place", "没有这一条"),
        ("proposals/7", {"answer": "maybe"}, "answer", "取值"),
    ],
)
def test_a_part_that_does_not_fit_is_named(office, place, sent, at, words):
    case = office.registered()
    whole = {"version": 1, "event": {"on": "2026-03-18"}} if "acts" in place else {}
    whole |= {"event": {"on": "2026-03-18"} | sent["event"]} if "event" in sent else {}
    rest = {name: value for name, value in sent.items() if name != "event"}
    answer = post(signed_in(office.everybody), f"cases/{case.pk}/{place}", whole | rest)
    error = in_words(answer, at)
    assert words in error["what"]


def test_a_query_that_does_not_fit_is_named(office):
    answer = signed_in(office.everybody).get("/api/cases?size=0")
    assert in_words(answer, "size")["label"] == "每页件数"


@pytest.mark.parametrize(
    "place", ["cases?stage=fee", "session?stage=fee", "cases/1?stage=a"]
)
def test_a_parameter_that_an_address_does_not_know_is_refused_by_name(office, place):
    office.registered()
    answer = signed_in(office.everybody).get(f"/api/{place}")
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["at"], error["label"]) == ("stage", "地址参数")
    assert "没有“stage”这一项" in error["what"]
    assert ("phase" in error["what"]) == place.startswith("cases?")
    assert signed_in(office.everybody).get("/api/cases?phase=fee").json()["count"] == 0


@pytest.mark.parametrize("to", ["西山区水务局", "11990000MB0000003X"])
def test_a_mistyped_code_of_a_body_is_a_typing_error_and_no_law_forbids_it(office, to):
    case = office.registered()
    answer = act(signed_in(office.everybody), case, "transfer", {"to": to})
    error = in_words(answer, "event.to")
    assert (error["label"], "统一社会信用代码" in error["what"]) == ("移送给", True)
    assert "article" not in answer.json()
    own = act(signed_in(office.everybody), case, "transfer", {"to": case.body.code})
    assert (own.status_code, "本机关" in own.text) == (409, True)


def test_a_letter_of_the_same_title_is_told_apart_by_its_result(office):
    case = office.registered()
    letter = {"kind": "disclosure"}
    decided = {"ground": "G1"}
    answer = act(signed_in(office.everybody), case, "decide", decided, letter=letter)
    error = in_words(answer, "letter.kind")
    for words in ("G1 ", "G2 ", "同名的那一种"):
        assert words in error["what"]
    assert answer.json()["expected"] == "disclosed_already"
    letter = {"kind": "fee_notice"}
    answer = act(signed_in(office.everybody), case, "decide", decided, letter=letter)
    assert "应为政府信息予以公开告知书" in in_words(answer, "letter.kind")["what"]


def test_a_case_that_has_moved_on_says_at_which_field(office):
    case = office.registered()
    answer = act(signed_in(office.everybody), case, "withdraw", {}, version=9)
    assert answer.status_code == 409
    [error] = answer.json()["errors"]
    assert (error["at"], error["label"]) == ("version", "案件版本")


def test_what_is_harmless_at_the_ends_is_taken_off(office):
    case = office.registered()
    act(signed_in(office.everybody), case, "withdraw", {}, note="\ufeff来信撤回\u200b")
    told = Entry.objects.filter(case_id=case.pk).last()
    assert told.content["note"] == "来信撤回"


def test_a_case_says_in_what_form_and_how_it_is_wanted_and_nothing_of_an_agent(office):
    case = office.registered(form="paper")
    said = signed_in(office.everybody).get(f"/api/cases/{case.pk}").json()
    assert (said["form"], said["delivery"]) == ("paper", "post")
    assert not {"agent", "authority"} & set(said)
