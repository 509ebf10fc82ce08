"""How far a check has come, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web.bench.queries import Stage

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


def under_way(state: State) -> str:
    """Return in words where a check stands that waits or is worked on."""
    if state.stage is Stage.WAITING:
        return _("等候开始：同时检查的文件多时要排队")
    step = STEPS.get(state.step, "")
    of = {"page": state.page, "pages": state.pages}
    pages = _("第%(page)s页，共%(pages)s页") % of if state.pages else ""
    return f"{step}：{pages}" if pages else str(step)
