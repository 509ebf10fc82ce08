"""The screens that stand before any work: profile, larger letters, faults."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.policy import NotAllowedError, NowhereAllowedError
from mingtang_web.desk.context import ELDER
from mingtang_web.desk.forms import ProfileForm
from mingtang_web.desk.unsent import keeps
from mingtang_web.ledger.actions import KeyTakenError
from mingtang_web.toggling import toggled

if TYPE_CHECKING:
    from django.http import HttpRequest

_MEGA = 1024 * 1024


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show the person's own account, and let them mend name and ways to reach them."""
    form = ProfileForm(request.POST or None, instance=signed_in(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("已保存"))
        return redirect("profile")
    return render(
        request,
        "desk/profile.html",
        {"form": form, "second_factor": is_mfa_enabled(request.user)},
    )


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Turn larger letters on or off, and go back to the page."""
    return toggled(request, ELDER, "1")


@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that site and database answer, to whatever watches over them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Say who makes accounts."""
    return _fault(
        request, 403, _("不能自行注册"), _("账号由本机关的管理员建立。请与管理员联系。")
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request was not understood, or that a form's words are too many."""
    if isinstance(exception, RequestDataTooBig):
        return too_wordy(request)
    return _fault(
        request,
        400,
        _("请求不完整"),
        _("浏览器发来的内容不完整，系统没有执行任何操作。请返回后重试。"),
    )


_IN_WORDS = NotAllowedError, NowhereAllowedError
"""Refusals that say themselves what is not allowed."""


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what is not allowed, and who could help."""
    why = str(exception) if isinstance(exception, _IN_WORDS) else ""
    return _fault(
        request,
        403,
        _("没有权限"),
        why or _("您没有查看或者办理此项的权限。确有需要，请联系本机关的管理员。"),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that nothing is at this address."""
    return _fault(
        request,
        404,
        _("没有这个页面"),
        _("地址可能抄错，或者内容已不在这里。请从首页进入。"),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours. Touches neither database nor session."""
    return _fault(
        request,
        500,
        _("系统出错"),
        _(
            "这是系统的问题，不是您的操作有误；未完成的操作没有保存。请稍后再试，仍不行请告知管理员。"
        ),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that more was sent than may be."""
    most = settings.UPLOAD_LIMIT // 1024 // 1024
    return _fault(
        request,
        413,
        _("内容太大"),
        _(
            "一次最多提交 %(most)s MB，系统没有收下这次提交。"
            "请返回上一页，换较小的文件，或者分几次提交。"
        )
        % {"most": most},
    )


def too_wordy(request: HttpRequest) -> HttpResponse:
    """Say how much a form may hold beside files, and how much was sent."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    known = {"n": ceil(sent / _MEGA * 10) / 10, "most": ceil(most / _MEGA * 10) / 10}
    return _fault(
        request,
        413,
        _("填写的文字太多"),
        _(
            "这次提交有 %(n)s MB，一张表单里的文字最多 %(most)s MB，系统没有收下，也没有"
            "改动任何内容。请用浏览器的“后退”回到刚才的页面，填写的还在那里：把正文分成几件，或者把"
            "长表、附录做成文件作为附件，再提交。"
        )
        % known,
        lost=True,
    )


def refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Say why a form was not taken: it was used before, or holds a person's number."""
    taken = isinstance(problem, KeyTakenError)
    said = _("内容里有证件号码或者手机号码，系统没有保存任何内容。请返回删去后重试。")
    return _fault(request, 409, _("没有办成"), str(problem) if taken else said)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Say that the form's token is not valid, usually because it stood open for long."""
    return _fault(
        request,
        403,
        _("页面已过期"),
        _(
            "为防止他人冒用，表单放久或者重新登录后失效，系统没有执行任何操作。请返回上一页，先把填写的内容复制出来，再重新打开页面提交。"
        ),
    )


KEPT = frozenset({403, 413})
"""Faults after which a page is opened again, with what was kept of it."""


def _fault(
    request: HttpRequest, status: int, title: str, text: str, *, lost: bool = False
) -> HttpResponse:
    """Show a fault; ``lost`` is what was too much to be kept as it was typed."""
    kept = status in KEPT and keeps(request.path) and not lost
    context = {"title": title, "text": text, "status": status}
    context |= {"again": request.path if kept else ""}
    return render(request, "errors/fault.html", context, status=status)
