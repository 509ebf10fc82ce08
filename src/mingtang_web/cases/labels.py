"""What every part of an act is called in Chinese, wherever a fault in it is told.

Forms and the JSON channel name a part alike: nobody at a desk knows ``answer_by``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.drafting.particulars import particulars
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

DAYS: Mapping[str, str | _StrPromise] = {
    "confirmed": gettext_lazy("与申请人确认之日"),
    "correction_asked": gettext_lazy("告知申请人之日"),
    "corrected": gettext_lazy("收到补正之日"),
    "reason_asked": gettext_lazy("告知申请人之日"),
    "reason_given": gettext_lazy("收到理由说明之日"),
    "consulted": gettext_lazy("征求意见书发出之日"),
    "consultation_delivered": gettext_lazy("对方收到征求意见书之日"),
    "opinion_received": gettext_lazy("收到意见之日"),
    "fee_notified": gettext_lazy("收费通知发出之日"),
    "fee_notice_delivered": gettext_lazy("申请人收到收费通知之日"),
    "fee_paid": gettext_lazy("缴费完成之日"),
    "decided": gettext_lazy("作出决定之日"),
    "dispatched": gettext_lazy("发出、交邮之日"),
    "delivered": gettext_lazy("申请人收到之日"),
    "withdrawn": gettext_lazy("申请人撤回之日"),
    "searched": gettext_lazy("检索日期"),
}
"""The day of each event, in the words of whoever enters it."""
_PARTS: Mapping[str, str | _StrPromise] = {
    "version": gettext_lazy("案件版本"),
    "Idempotency-Key": gettext_lazy("提交编号"),
    "event": gettext_lazy("办理内容"),
    "event.kind": gettext_lazy("办理事项"),
    "on": gettext_lazy("日期"),
    "channel": gettext_lazy("收到渠道"),
    "applicant": gettext_lazy("申请人类型"),
    "until": gettext_lazy("请申请人答复至"),
    "answer_by": gettext_lazy("答复期限至"),
    "days": gettext_lazy("延长的工作日数"),
    "party": gettext_lazy("被征求意见者"),
    "role": gettext_lazy("征求对象"),
    "stance": gettext_lazy("对方的意见"),
    "basis": gettext_lazy("计费方式（同一件只用一种）"),
    "pieces": gettext_lazy("件数或者页数"),
    "yuan": gettext_lazy("金额（元）"),
    "ground": gettext_lazy("办理结果"),
    "withheld": gettext_lazy("剔除的部分依据哪几条"),
    "remedy": gettext_lazy("告知怎样的救济途径"),
    "overrides": gettext_lazy("为什么不采纳第三方的意见"),
    "mode": gettext_lazy("送达方式"),
    "to": gettext_lazy("移送给"),
    "parts": gettext_lazy("拆分后的编号"),
    "subjects": gettext_lazy("拆分为哪几件"),
    "into": gettext_lazy("并入哪一件"),
    "cause": gettext_lazy("重新处理的原因"),
    "entry": gettext_lazy("第几条记录"),
    "place": gettext_lazy("第几条记录"),
    "note": gettext_lazy("说明"),
    "no_letter": gettext_lazy("不发文书的理由"),
    "why": gettext_lazy("理由"),
    "scope": gettext_lazy("检索范围"),
    "method": gettext_lazy("检索方式"),
    "result": gettext_lazy("检索结果"),
    "answer": gettext_lazy("审批答复"),
    "opinion": gettext_lazy("意见"),
    "letter": gettext_lazy("文书"),
    "further": gettext_lazy("一并发出的文书"),
    "particulars": gettext_lazy("文书要素"),
    "letter.kind": gettext_lazy("文书种类"),
    "letter.day": gettext_lazy("落款日期"),
    "letter.delivery": gettext_lazy("送达方式"),
    "letter.system": gettext_lazy("接收电子文书的系统"),
    "person": gettext_lazy("被征求意见者"),
    "person.name": gettext_lazy("姓名或者单位名称"),
    "person.kind": gettext_lazy("第三方是"),
    "person.phone": gettext_lazy("联系电话"),
    "person.address": gettext_lazy("通信地址"),
    "state": gettext_lazy("办理状态"),
    "phase": gettext_lazy("环节"),
    "page": gettext_lazy("页码"),
    "size": gettext_lazy("每页件数"),
}


def label(place: str, event: str = "") -> str:
    """Return what a part of an act is called, by its place in what was sent.

    ``event`` is the kind of the act's event, whose day has a name of its own. What is
    no part of any act is called by the part that holds it.

    >>> label("event.until"), label("letter.search_scope"), label("event.case")
    ('请申请人答复至', '检索范围', '办理内容')
    """
    names = [name for name in place.split(".") if name and not name.isdecimal()]
    if names[-1:] == ["on"] and event in DAYS:
        return str(DAYS[event])
    for end in range(len(names), 0, -1):
        found = _PARTS.get(".".join(names[end - 2 : end])) if end > 1 else None
        found = found or _PARTS.get(names[end - 1]) or _of_letter(names[:end])
        if found:
            return str(found)
    return _("所填内容")


def _of_letter(names: list[str]) -> str:
    """Return the label of a letter's particular, blank where it is none."""
    if not {"letter", "further"} & set(names):
        return ""
    known = {each.id: each.label for each in particulars()}
    return spoken(known.get(names[-1], ""))
