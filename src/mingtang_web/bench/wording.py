"""How far a check has come, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web.bench.queries import Stage
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from mingtang_web.bench.queries import State

STEPS = {
    "begun": gettext_lazy("准备"),
    "opened": gettext_lazy("读取页面"),
    "laid": gettext_lazy("整理版面"),
    "recognised": gettext_lazy("识别图像"),
    "before": gettext_lazy("读上一年度的报告"),
    "drawn": gettext_lazy("检查并画表"),
    "marked": gettext_lazy("写标注版"),
}

FAULTS = {
    "memory": gettext_lazy(
        "这份文件展开以后超过了内存的上限，没有查完；"
        "请只给出年报正文，或者另存为网页、Word 再试"
    ),
    "bug": gettext_lazy(
        "明堂自身出错，没有查完；可以换一种格式再试，并请把这份文件的格式告诉维护者"
    ),
}


def told_of(state: State) -> str:
    """Return in words where a check stands, whatever came of it."""
    if state.stage is Stage.FAULTY:
        why = state.said.get("why", "")
        return str(FAULTS.get(why, "")) or spoken(state.said.get("words", ""))
    if state.stage is Stage.LOST:
        return _lost(state)
    return _("检查完成") if state.stage is Stage.DONE else under_way(state)


def under_way(state: State) -> str:
    """Return in words where a check stands that waits or is worked on."""
    if state.stage is Stage.WAITING:
        return _("等候开始：同时检查的文件多时要排队")
    step = STEPS.get(state.step, "")
    of = {"page": state.page, "pages": state.pages}
    pages = _("第%(page)s页，共%(pages)s页") % of if state.pages else ""
    return f"{step}：{pages}" if pages else str(step)


def _lost(state: State) -> str:
    if not state.step:
        return _("还没有轮到这份文件，检查的进程就停了（多半是系统重新启动）；可以再试一次")
    return _(
        "做到“%(step)s”时，检查的进程停了，没有结果；多半是系统重新启动，或者文件太大、"
        "超过了时间和内存的上限。可以再试一次"
    ) % {"step": STEPS.get(state.step, state.step)}
