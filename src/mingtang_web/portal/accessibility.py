"""The accessibility statement (无障碍说明): what was tried, how, and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise


class Tried(NamedTuple):
    """A thing that is tried with every change, and by which test (`tests/`)."""

    words: _StrPromise
    test: str


TRIED = (
    Tried(
        _("各页用无障碍检查程序查过，没有发现问题：浅色和深色、电脑和手机的宽度"),
        "tests/looking.py",
    ),
    Tried(
        _("申请、查找、指出网页的错，只用键盘走完"),
        "tests/web/test_portal_browser.py",
    ),
    Tried(
        _("查找页念给读屏软件的名称、角色和层次，逐项核对"),
        "tests/web/test_search_browser.py",
    ),
    Tried(
        _("大字版不用横向滚动；按钮、选项在手机上不小于手指能点准的尺寸"),
        "tests/web/browser.py",
    ),
    Tried(_("不用脚本也能申请、撤回申请、查找"), "tests/web/test_portal_browser.py"),
)
UNTRIED = (
    _("没有请使用读屏软件的人实际用过；只核对了浏览器交给读屏软件的内容"),
    _("机关上传的附件（扫描件、旧文档）是否便于读屏，要看原件"),
    _("英文界面里，法律条文和文书只有中文"),
)
"""What nobody has tried, and what is known to be lacking."""


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Say what was tried and what was not, and whom to tell of an obstacle."""
    context = {"tried": TRIED, "untried": UNTRIED}
    return render(request, "portal/accessibility.html", context)


urlpatterns = [path("accessibility/", statement, name="accessibility")]
