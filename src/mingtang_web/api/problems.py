"""What the channel answers when it does nothing: one problem, in Chinese, with the article.

The shape is that of RFC 9457 (``application/problem+json``); ``article`` is what the
refusal rests on, ``errors`` tells at which field of what was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mingtang.case.permitting import NotPermittedError
from mingtang.case.recording import InvalidEventError
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.actions import FutureError, SignOffError, StaleError
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.cases.naming import NamedError
from mingtang_web.files.actions import AlteredFileError, RefusedFileError
from mingtang_web.ledger.actions import KeyTakenError, PersonalDataError
from mingtang_web.letters.actions import AlteredLetterError, LetterError
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.letters.orders import InvalidOrderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

TYPE = "application/problem+json"
CONFLICT, UNFIT = 409, 422


class WordsError(ValueError):
    """Something that was sent and does not fit; says at which place."""

    def __init__(self, why: str, where: str) -> None:
        self.where = where
        super().__init__(why)


class _Case(NamedTuple):
    status: int
    title: object


_FORBIDDEN = _Case(403, gettext_lazy("没有权限"))
_REFUSED = _Case(CONFLICT, gettext_lazy("没有办成"))
_WRONG = _Case(UNFIT, gettext_lazy("内容须更正"))
_KINDS: Mapping[type[Exception], _Case] = {
    NotAllowedError: _FORBIDDEN,
    NotPermittedError: _Case(CONFLICT, gettext_lazy("依法现在不能办")),
    StaleError: _REFUSED,
    SignOffError: _REFUSED,
    KeyTakenError: _REFUSED,
    ErasedError: _REFUSED,
    AlteredLetterError: _REFUSED,
    AlteredFileError: _REFUSED,
    LetterError: _WRONG,
    LetterMissingError: _WRONG,
    NotReadyError: _WRONG,
    RefusedFileError: _WRONG,
    FutureError: _WRONG,
    InvalidEventError: _WRONG,
    InvalidOrderError: _WRONG,
    WordsError: _WRONG,
}
_SHAPES = {
    "missing": gettext_lazy("缺少这一项"),
    "extra_forbidden": gettext_lazy("没有这一项，请删去"),
    "string_too_long": gettext_lazy("太长"),
    "string_too_short": gettext_lazy("不能空着"),
    "int_type": gettext_lazy("应为整数"),
    "int_parsing": gettext_lazy("应为整数"),
    "string_type": gettext_lazy("应为文字"),
    "bool_type": gettext_lazy("应为是或否"),
    "list_type": gettext_lazy("应为列表"),
}


def problem(status: int, title: object, detail: object, **more: object) -> JsonResponse:
    """Return one problem as an answer."""
    said = {"type": "about:blank", "title": str(title), "status": status}
    said |= {"detail": str(detail)} | {k: v for k, v in more.items() if v}
    chinese = {"ensure_ascii": False}
    return JsonResponse(said, status=status, content_type=TYPE, json_dumps_params=chinese)


def install(api: NinjaAPI) -> None:
    """Let the channel answer every refusal of an action as a problem."""
    for kind in _KINDS:
        api.exception_handler(kind)(_refused)
    api.exception_handler(NamedError)(_named)
    api.exception_handler(PersonalDataError)(_personal)
    api.exception_handler(Http404)(_missing)
    api.exception_handler(AuthenticationError)(_unknown)
    api.exception_handler(HttpError)(_http)
    api.exception_handler(ValidationError)(_unfit)


def _refused(_request: HttpRequest, why: Exception) -> HttpResponse:
    case = next(_KINDS[kind] for kind in type(why).__mro__ if kind in _KINDS)
    if isinstance(why, NotPermittedError):
        return problem(case.status, case.title, why.why, act=why.title, article=why.cite)
    errors = []
    if isinstance(why, NotReadyError):
        errors = [{"at": f"letter.{p.id}", "what": str(p)} for p in why.problems]
    elif isinstance(why, WordsError):
        errors = [{"at": why.where, "what": str(why)}]
    return problem(case.status, case.title, why, errors=errors)


def _personal(_request: HttpRequest, _why: Exception) -> HttpResponse:
    detail = _("写入台账的内容里有证件号码或者手机号码，没有改动；请删去再提交")
    return problem(UNFIT, _WRONG.title, detail)


def _named(_request: HttpRequest, why: NamedError) -> HttpResponse:
    errors = [{"at": why.field, "what": str(why)}]
    return problem(UNFIT, _WRONG.title, why, errors=errors)


def _missing(_request: HttpRequest, _why: Exception) -> HttpResponse:
    return problem(404, _("没有这一项"), _("编号可能抄错，或者不在您能看到的范围之内"))


def _unknown(_request: HttpRequest, _why: Exception) -> HttpResponse:
    return problem(401, _("尚未登录"), _("请先登录，再调用接口"))


def _http(_request: HttpRequest, why: Exception) -> HttpResponse:
    """Answer what the framework itself refuses: a form without its token, no JSON."""
    status = getattr(why, "status_code", 400)
    if status == _FORBIDDEN.status:
        detail = _("请求缺少有效的防伪凭证（X-CSRFToken），没有改动")
        return problem(status, _FORBIDDEN.title, detail)
    return problem(status, _("请求不完整"), _("请求的内容不是完整的 JSON，没有改动"))


def _what(kind: str, bounds: Mapping[str, object]) -> str:
    """Return what is wrong with one part, by its kind and the bounds it broke."""
    least = bounds.get("min_length", 1)
    if kind == "string_too_short" and least != 1:
        return _("太短，至少要%(least)s个字符") % {"least": least}
    return str(_SHAPES.get(kind, _("不符合要求")))


def _unfit(_request: HttpRequest, why: Exception) -> HttpResponse:
    told = why.errors if isinstance(why, ValidationError) else []
    errors = [
        {
            "at": ".".join(str(part) for part in each["loc"]),
            "what": _what(each["type"], each.get("ctx", {})),
        }
        for each in told
    ]
    return problem(UNFIT, _WRONG.title, _("有内容不符合要求，没有改动"), errors=errors)
