"""The paths of a case through its phases, as steps that people take on the screens.

A path begins with requests that have come so far by their events; then each step
says on which day who does what, what they type, and what the page says after.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case import events as e

if TYPE_CHECKING:
    from collections.abc import Mapping

D = date
DAY = D(2026, 3, 2)


class Step(NamedTuple):
    """One thing that one person does.

    ``act`` is an act of acts.yaml, or an answer to a proposal. Without one, the way
    leads ``by`` links from the case (or from ``at``) to a form that is sent with the
    button ``press``. ``case`` names the case by its subject, the first one otherwise.
    ``{number}`` and ``{letter}`` stand for the case's number and its last letter.
    """

    on: date
    who: str
    typed: Mapping[str, object]
    seen: str
    act: str = ""
    by: tuple[str, ...] = ()
    press: str = ""
    at: str = ""
    case: str = ""


class Start(NamedTuple):
    """A request as it was registered, and what has happened to it already."""

    events: tuple[e.Event, ...] = ()
    known: Mapping[str, object] = MappingProxyType({})


def on(day: str, who: str, act: str, seen: str, **typed: object) -> Step:
    """An act, or an answer to a proposal."""
    case = str(typed.pop("case", ""))
    return Step(_day(day), who, typed, seen, act, case=case)


def by(day: str, who: str, way: str, press: str, seen: str, **typed: object) -> Step:
    """A form that is reached by links, named in turn, and sent with a button."""
    at = str(typed.pop("at", ""))
    links = tuple(filter(None, way.split(" > ")))
    return Step(_day(day), who, typed, seen, by=links, press=press, at=at)


def _day(day: str) -> date:
    month, number = map(int, day.split("-"))
    return D(2026, month, number)


SAID = {
    "note": "档案分存两处，经核对认为应当这样办理",
    "correction_items": "写明需要哪一幢楼的备案表",
    "frequency_facts": "自一月以来提出申请六十三件，其中四十一件内容相近",
    "delay_reason": "所涉信息较多，需要逐件审查",
    "concerned_information": "青云小区一号楼竣工验收备案表",
    "reply_by": "2026-04-15",
    "extension_reason": "所涉档案分存两处，尚需核对",
    "pay_method": "到西山区政务服务大厅缴纳",
    "expected_receipt": "2026-03-20",
    "provide_way": "邮寄纸质复印件",
    "access": "登录西山区人民政府网站查阅",
    "unclear_points": "补正后仍没有写明是哪一幢楼",
    "applicant_reason": "想多了解情况",
    "unreasonable_because": "没有说明为何需要短期内反复提出",
    "refusal_reason": "公开会影响内部管理",
    "handling_facts": "该申请由其他机关负责",
    "handling_result": "已移送",
    "legal_basis": "国办公开办函〔2019〕14号",
    "what": "内部会签意见",
    "reason": "属于讨论记录",
    "name": "青云置业有限公司",
    "disclosed_content": "一号楼竣工验收备案表第三页",
    "disclosure_reason": "备案表是住户了解房屋质量的主要材料",
    "record_title": "不动产登记簿第十二页",
    "record_error": "门牌号记为九号，应为六号",
    "record_correction": "门牌号为六号",
}
"""What is typed into a field that must be filled, unless a step says otherwise."""
TO_HELD = ("要求公开政府信息", "没有", "明确")
TO_READ = (*TO_HELD, "有，由本机关负责公开", "已经公开，查得到")
TO_PART = (*TO_HELD, "有，由本机关负责公开", "还没有", "有一部分不能公开")
TO_ALL = (*TO_HELD, "有，由本机关负责公开", "还没有", "可以全部公开")
ASKED = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
REASON = e.ReasonAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
FEE = (
    e.FeeNotified(on=D(2026, 3, 5), basis="pages", pieces=68, yuan=380),
    e.FeeNoticeDelivered(on=D(2026, 3, 6)),
)
CONSULTED = e.Consulted(on=D(2026, 3, 5), party="1", role="third_party")
GRANTED = e.Decided(on=D(2026, 3, 9), ground="G2")
SENT = e.Dispatched(on=D(2026, 3, 10), mode="post")
ONLINE = {"channel": "online"}
SCAN = {"name": "回执.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" * 4}
PARTIAL = {
    "withheld-0-what": "第三方报价",
    "withheld-0-ground": "第三方",
    "withheld-0-reason": "属于商业秘密，第三方不同意公开",
}


RULED = {"ruling_number": "行政复议决定书（西政复〔2026〕1号）"}

LISTED = "/cases/?tab=all&q=成批发出"
FINISHED = "/cases/?tab=all&state=closed&q=成批发出"


def signed(day: str, *more: str, **where: str) -> tuple[Step, ...]:
    """The answers of those who must consent, the legal reviewer first where she must."""
    who = {"lawyer": "同意，转送审批", "approver": "已批准"}
    return tuple(on(day, each, "agree", who[each], **where) for each in more or who)


WALKS: dict[str, tuple[tuple[Start, ...], tuple[Step, ...]]] = {
    "from a web form, corrected, with a reason, to what stays unclear": (
        (Start(known=ONLINE),),
        (
            on("3-2", "clerk", "reclassify", "待确认", applicant="科研机构"),
            on("3-3", "clerk", "confirm", "办理中"),
            on("3-3", "clerk", "reclassify", "办理中", applicant="商业企业"),
            on("3-5", "handler", "ask_correction", "待补正"),
            by("3-6", "clerk", "补正告知书 > 登记送达", "登记", "签收 2026-03-06",
               dispatched="2026-03-06", received="2026-03-06", reference="XA00100200311"),
            on("3-9", "clerk", "reclassify", "待补正", applicant="科研机构"),
            on("3-12", "clerk", "receive_correction", "办理中"),
            on("3-13", "handler", "ask_reason", "待说明理由"),
            on("3-16", "handler", "extend", "的送审"),
            *signed("3-17", "approver"),
            on("3-18", "clerk", "reclassify", "待说明理由", applicant="其他"),
            on("3-19", "clerk", "receive_reason", "待说明理由"),
            on("3-19", "handler", "accept_reason", "办理中"),
            on("3-23", "handler", "decide", "的送审",
               replies=("要求公开政府信息", "没有", "已经补正，仍然不明确")),
            *signed("3-24"),
            on("3-24", "clerk", "reclassify", "已决定", applicant="自然人"),
            on("3-25", "clerk", "dispatch", "已发出"),
            on("3-25", "clerk", "reclassify", "已发出", applicant="其他"),
            on("3-30", "clerk", "record_delivery", "已送达"),
            on("3-30", "clerk", "reclassify", "已送达", applicant="自然人"),
            on("4-1", "clerk", "archive", "已归档"),
            on("4-1", "clerk", "reclassify", "的送审", applicant="其他"),
            *signed("4-1", "approver"),
        ),
    ),
    "a correction that lapses": (
        (Start(),),
        (
            on("3-5", "handler", "ask_correction", "待补正"),
            by("3-6", "handler", "补正告知书 > 登记送达", "登记", "签收 2026-03-06",
               dispatched="2026-03-06", received="2026-03-06", reference="XA00100200312"),
            on("4-2", "handler", "decide", "的送审"),
            *signed("4-3"),
            on("4-7", "clerk", "dispatch", "已发出"),
        ),
    ),
    "an excess that no reason excuses": (
        (Start(),),
        (
            on("3-5", "handler", "ask_reason", "待说明理由"),
            by("3-6", "handler", "说明理由告知书 > 登记送达", "登记", "签收",
               dispatched="2026-03-06", received="2026-03-06"),
            on("3-10", "clerk", "receive_reason", "待说明理由"),
            on("3-12", "handler", "decide", "的送审"),
            *signed("3-13"),
            on("3-16", "clerk", "dispatch", "已发出"),
        ),
    ),
    "three consulted, a part given, reviewed, disputed and decided anew": (
        (Start(),),
        (
            on("3-4", "handler", "consult_co_author", "征求意见中", name="西山区水务局"),
            on("3-4", "handler", "consult_third_party", "征求意见中", kind="商业企业"),
            on("3-4", "handler", "consult_other_body", "征求意见中", name="西山区档案馆"),
            on("3-5", "clerk", "record_consultation_delivery", "征求意见中", party="共同"),
            on("3-5", "clerk", "record_consultation_delivery", "征求意见中",
               party="第三方"),
            on("3-6", "clerk", "reclassify", "征求意见中", applicant="商业企业"),
            on("3-9", "handler", "extend", "的送审"),
            *signed("3-9", "approver"),
            on("3-13", "clerk", "receive_opinion", "征求意见中", party="第三方",
               stance="不同意公开"),
            on("3-30", "handler", "note_silence", "征求意见中"),
            on("3-30", "handler", "recall_consultation", "办理中"),
            on("3-31", "handler", "decide", "的送审",
               replies=TO_PART, **PARTIAL),
            on("3-31", "lawyer", "return", "已退回", opinion="漏写了会签意见的依据"),
            on("3-31", "handler", "decide", "的送审",
               replies=TO_PART, **PARTIAL),
            on("3-31", "handler", "take_back", "已撤回送审"),
            on("4-1", "handler", "decide", "的送审",
               replies=TO_PART, **PARTIAL),
            *signed("4-2"),
            on("4-2", "clerk", "dispatch", "已发出"),
            on("4-7", "clerk", "record_delivery", "已送达"),
            by("5-8", "lawyer", "登记一件", "登记", "复议2026-001", at="/disputes/",
               procedure="行政复议", filed="2026-05-06", organ="西山区人民政府",
               numbers="{number}"),
            by("5-8", "lawyer", "复议2026-001 > 收到申请书", "登记", "提交答复",
               at="/disputes/",
               on="2026-05-08"),
            by("5-12", "lawyer", "复议2026-001 > 提交答复", "登记", "2026-05-12",
               at="/disputes/",
               on="2026-05-12"),
            by("6-15", "lawyer", "复议2026-001 > 登记决定", "登记", "责令重新处理 1 件",
               at="/disputes/",
               on="2026-06-15", outcome="撤销", reopens="{number}",
               document="西政复〔2026〕7号", answer_by="2026-07-06"),
            on("6-16", "handler", "decide", "的送审", replies=TO_ALL,
               overrides="公共利益", **RULED),
            *signed("6-16"),
            on("6-17", "clerk", "dispatch", "已发出"),
            by("6-18", "handler", "复议2026-001 > 登记后续办理", "保存", "履行完毕",
               at="/disputes/",
               on="2026-06-18", text="已重新答复并寄出", performs="已履行完毕"),
        ),
    ),
    "searched for and not found, its letter mended": (
        (Start(),),
        (
            by("3-9", "handler", "/decide/", "", "申请人要的是什么"),
            by("3-9", "handler", "登记检索记录", "登记", "检索记录已登记",
               scope="2019年以来本局验收档案", method="档案系统检索", result="没有查到"),
            on("3-9", "handler", "decide", "的送审", replies=(*TO_HELD, "经检索没有")),
            on("3-10", "lawyer", "agree", "同意，转送审批"),
            on("3-10", "approver", "return", "已退回", opinion="请再查一次电子档案"),
            on("3-10", "handler", "decide", "的送审", replies=(*TO_HELD, "经检索没有")),
            *signed("3-11"),
            by("3-11", "handler", "告知书 > 改正后重新出具", "送审", "重新出具已送审",
               why="漏写了检索的年份", request_summary="青云小区一号楼竣工验收备案表"),
            *signed("3-11"),
            on("3-11", "clerk", "dispatch", "已发出"),
            by("3-16", "clerk", "/letters/{letter}/ > 登记送达", "登记",
               "同时记入案件：送达 2026-03-16",
               dispatched="2026-03-11", received="2026-03-16", reference="XA00100200313",
               file=SCAN),
            on("4-1", "handler", "reopen", "的送审", cause="自行纠正"),
            *signed("4-1", "approver"),
        ),
    ),
    "entered by mistake and struck; late, urged and explained": (
        (Start(),),
        (
            on("3-5", "handler", "ask_correction", "待补正"),
            by("3-6", "approver", "补正告知书 > 作废", "作废", "已作废", why="发错了案件"),
            by("3-6", "approver", "更正请申请人补正", "更正", "已更正", why="登记错了案件"),
            by("3-9", "clerk", "征求内设机构意见", "征求内设机构意见", "待答复",
               at="exchanges/", section="业务股", words="是否内部事务", until="2026-03-11"),
            by("3-10", "handler", "答复", "答复", "不是", at="exchanges/", words="不是"),
            by("4-2", "supervisor", "督办", "督办", "请于三日内办结", at="exchanges/",
               words="请于三日内办结", until="2026-04-07"),
            by("4-2", "approver", "批示", "批示", "抓紧办理", at="exchanges/",
               words="抓紧办理"),
            by("4-3", "handler", "答复", "答复", "明日送审", at="exchanges/",
               words="已找到档案，明日送审"),
            by("4-3", "handler", "说明逾期原因", "说明逾期原因", "档案室搬迁",
               at="exchanges/",
               words="档案室搬迁", cause="其他"),
            on("4-3", "handler", "decide", "已决定",
               replies=TO_READ),
        ),
    ),
    "paid, refunded bit by bit, asked and consulted, given and filed": (
        (Start(),),
        (
            on("3-5", "handler", "notify_fee", "待缴费", basis="按量", pages="68"),
            on("3-6", "clerk", "record_fee_delivery", "待缴费"),
            on("3-6", "clerk", "reclassify", "待缴费", applicant="商业企业"),
            on("3-9", "clerk", "record_payment", "办理中"),
            on("3-9", "handler", "record_refund", "办理中", yuan="10"),
            on("3-9", "handler", "extend", "的送审"),
            *signed("3-9", "approver"),
            on("3-10", "handler", "ask_reason", "待说明理由"),
            on("3-10", "handler", "record_refund", "待说明理由", yuan="10"),
            on("3-12", "clerk", "receive_reason", "待说明理由"),
            on("3-12", "handler", "accept_reason", "办理中"),
            on("3-12", "handler", "consult_other_body", "征求意见中", name="西山区档案馆"),
            on("3-12", "handler", "record_refund", "征求意见中", yuan="10"),
            on("3-13", "handler", "consult_co_author", "征求意见中", name="西山区水务局"),
            on("3-16", "clerk", "receive_opinion", "征求意见中", party="共同",
               stance="同意"),
            on("3-17", "clerk", "receive_opinion", "办理中", stance="同意"),
            on("3-18", "handler", "decide", "已决定",
               replies=TO_ALL),
            on("3-18", "handler", "record_refund", "已决定", yuan="10"),
            on("3-19", "clerk", "dispatch", "已发出"),
            on("3-19", "handler", "record_refund", "已发出", yuan="10"),
            on("3-20", "clerk", "record_delivery", "已送达"),
            on("3-20", "handler", "record_refund", "已送达", yuan="10"),
            on("4-1", "clerk", "archive", "已归档"),
            on("4-1", "handler", "record_refund", "已归档", yuan="10"),
            on("4-2", "handler", "reopen", "的送审", cause="行政诉讼"),
            *signed("4-2", "approver"),
        ),
    ),
    "told a fee that is never paid": (
        (Start(FEE),),
        (
            on("5-12", "handler", "decide", "的送审", no_letter="申请人已书面表示放弃"),
            *signed("5-12"),
        ),
    ),
    "paid, then withdrawn": (
        (Start((*FEE, e.FeePaid(on=D(2026, 3, 9), yuan=380))),),
        (
            on("3-10", "handler", "consult_third_party", "征求意见中", kind="商业企业"),
            on("3-11", "clerk", "withdraw", "已终结", note="来函撤回"),
            on("3-12", "handler", "record_refund", "已终结", yuan="380"),
            on("3-12", "clerk", "reclassify", "的送审", applicant="商业企业"),
            *signed("3-12", "approver"),
            on("3-13", "clerk", "archive", "已归档"),
        ),
    ),
    "answered and reopened before it arrived": (
        (Start((GRANTED, SENT)),),
        (on("3-11", "handler", "reopen", "的送审", cause="自行纠正"),
         *signed("3-11", "approver")),
    ),
    "withdrawn, wherever it stands": (
        (
            Start(known=ONLINE | {"subject": "撤回一"}),
            Start((), {"subject": "撤回二"}),
            Start((ASKED,), {"subject": "撤回三"}),
            Start((REASON,), {"subject": "撤回四"}),
            Start(FEE, {"subject": "撤回五"}),
            Start((GRANTED,), {"subject": "撤回六"}),
        ),
        tuple(
            on("3-11", "clerk", "withdraw", "已终结", case=f"撤回{each}", note="来函撤回")
            for each in "一二三四五六"
        ),
    ),
    "of another body": (
        (Start(), Start(known=ONLINE | {"subject": "水务局的管网图"})),
        (
            on("3-4", "handler", "transfer", "的送审", to="西山区水务局"),
            *signed("3-5", "approver"),
            by("3-5", "water", "青云小区竣工验收备案表", "", "由西山区住房", at="/cases/"),
            on("3-4", "handler", "transfer", "的送审", other="", to="西山区水务局",
               case="水务局的管网图"),
        ),
    ),
    "several matters, each a case": (
        (Start(),),
        (
            on("3-4", "handler", "split", "拆分为",
               subjects="一号楼竣工验收备案表\n二号楼竣工验收备案表"),
            by("3-4", "handler", "2026-", "", "拆分"),
        ),
    ),
    "asked twice": (
        (
            Start(known={"subject": "同一件"}),
            Start((), {"subject": "并入一"}),
            Start((ASKED,), {"subject": "并入二"}),
            Start(known=ONLINE | {"subject": "并入三"}),
        ),
        tuple(
            step
            for each in "一二三"
            for step in (
                on("3-6", "handler", "merge", "的送审", case=f"并入{each}", into="同一件"),
                *signed("3-6", "approver", case=f"并入{each}"),
            )
        ),
    ),
    "several at once": (
        (
            Start(known={"subject": "成批发出的一件"}, events=(GRANTED,)),
            Start(known={"subject": "成批发出的二件"}, events=(GRANTED,)),
        ),
        (
            by("3-10", "clerk", "", "下一步…", "登记发出：1 件",
               case="{number}", what="登记发出", at=LISTED),
            by("3-10", "clerk", "", "确认，共 1 件", "办成 1 件", at="/cases/many/"),
            on("3-12", "clerk", "record_delivery", "已送达"),
            by("3-16", "clerk", "", "下一步…", "归档：1 件",
               case="{number}", what="归档", at=FINISHED),
            by("3-16", "clerk", "", "确认，共 1 件", "办成 1 件", at="/cases/many/"),
        ),
    ),
    "a record that is wrong, in the register": (
        (Start(),),
        (
            by("3-6", "clerk", "登记一件", "登记", "门牌号记录有误",
               at="/registers/correction/",
               received="2026-03-06", channel="当面", kind="自然人", name="何小满",
               subject="门牌号记录有误", about="不动产登记簿", description="门牌号写错了"),
            by("3-9", "handler", "2026- > 登记办理情况", "登记", "核对了原件",
               at="/registers/correction/", on="2026-03-09", text="核对了原件"),
            by("3-10", "handler", "2026- > 审核属实，予以更正", "先看样子", "将出具的文书",
               at="/registers/correction/"),
            by("3-10", "handler", "", "登记答复，出具文书", "已登记答复", at="/corrected/"),
            by("3-12", "clerk", "2026- > 办结", "登记", "已办结",
               at="/registers/correction/", on="2026-03-12"),
        ),
    ),
}  # fmt: skip
