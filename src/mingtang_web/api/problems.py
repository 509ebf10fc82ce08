"""What the channel answers when it does nothing: one problem, in Chinese, with the article.

The shape is that of RFC 9457 (``application/problem+json``); ``article`` is what the
refusal rests on, ``errors`` tells at which field of what was sent: its place, what the
field is called at the desk, and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mingtang.case.act import act
from mingtang.case.permitting import NotPermittedError
from mingtang.case.recording import InvalidEventError
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.actions import FutureError, SignOffError, StaleError
from mingtang_web.cases.backing import MistypedError
from mingtang_web.cases.consulting import NobodyElseError
from mingtang_web.cases.fitting import OtherLetterError
from mingtang_web.cases.labels import label
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.cases.naming import NamedError
from mingtang_web.cases.searching import ThinRecordError
from mingtang_web.files.actions import AlteredFileError, RefusedFileError
from mingtang_web.ledger.actions import KeyTakenError, PersonalDataError
from mingtang_web.letters.actions import AlteredLetterError, LetterError
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.letters.orders import InvalidOrderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest, HttpResponse
    from ninja import NinjaAPI

TYPE = "application/problem+json"
CONFLICT, UNFIT, TOO_MANY = 409, 422, 429


class WordsError(ValueError):
    """Something that was sent and does not fit; says at which place."""

    def __init__(self, why: object, where: str) -> None:
        self.where = where
        super().__init__(str(why))


class UnknownParameterError(ValueError):
    """Parameters of an address that it does not know, and those it does."""

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        self.names, self.known = tuple(names), tuple(known)
        super().__init__("、".join(self.names))


class OnlyLookingError(PermissionError):
    """A change with a token that is for looking alone."""

    def __init__(self) -> None:
        super().__init__(
            _("这个令牌只能查看，没有改动；要办理的，请用范围是“查看和办理”的令牌")
        )


class _Case(NamedTuple):
    status: int
    title: object


NOT_ONE = gettext_lazy("没有这个取值，请对照接口说明改正")
NOT_A_PLACE = gettext_lazy("应为上一页给出的接续位置，请原样填写，或者从头读起")
UNSURE_TITLE = gettext_lazy("存档内容与发布时不一致")
UNSURE_WHY = gettext_lazy("没有给出；请过些时候再试，或者联系发布机关")
_FORBIDDEN = _Case(403, gettext_lazy("没有权限"))
_REFUSED = _Case(CONFLICT, gettext_lazy("没有办成"))
_WRONG = _Case(UNFIT, gettext_lazy("内容须更正"))
_KINDS: Mapping[type[Exception], _Case] = {
    NotAllowedError: _FORBIDDEN,
    OnlyLookingError: _FORBIDDEN,
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
    "missing": gettext_lazy("缺少这一项，请填写"),
    "extra": gettext_lazy("没有这一项，请删去"),
    "unknown": gettext_lazy("没有这种办理事项，请核对"),
    "day": gettext_lazy("应为形如 2026-03-02 的日期，请改正"),
    "date_from_datetime_parsing": gettext_lazy("应为形如 2026-03-02 的日期，请改正"),
    "date_parsing": gettext_lazy("应为形如 2026-03-02 的日期，请改正"),
    "date_type": gettext_lazy("应为形如 2026-03-02 的日期，请改正"),
    "text": gettext_lazy("应为文字，不能空着，请填写"),
    "list": gettext_lazy("应为列表，请改正"),
    "whole": gettext_lazy("应为整数，请改正"),
    "flag": gettext_lazy("应为是或否，请改正"),
    "too_large": gettext_lazy("这个数太大，请核对有没有多输"),
    "greater_than_equal": gettext_lazy("这个数太小，请核对"),
    "less_than_equal": gettext_lazy("这个数太大，请核对有没有多输"),
    "string_pattern_mismatch": gettext_lazy("不是可以用的取值，请对照接口说明改正"),
    "dict_type": gettext_lazy("应为一组内容，请改正"),
    "model_attributes_type": gettext_lazy("应为一组内容，请改正"),
    "too_long": gettext_lazy("项数太多，请删减"),
    "extra_forbidden": gettext_lazy("没有这一项，请删去"),
    "string_too_short": gettext_lazy("不能空着，请填写"),
    "int_type": gettext_lazy("应为整数，请改正"),
    "int_parsing": gettext_lazy("应为整数，请改正"),
    "string_type": gettext_lazy("应为文字，请改正"),
    "bool_type": gettext_lazy("应为是或否，请改正"),
    "list_type": gettext_lazy("应为列表，请改正"),
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
    api.exception_handler(MistypedError)(_mistyped)
    api.exception_handler(UnknownParameterError)(_unasked)
    api.exception_handler(NamedError)(_named)
    api.exception_handler(ThinRecordError)(_named)
    api.exception_handler(PersonalDataError)(_personal)
    api.exception_handler(Http404)(_missing)
    api.exception_handler(AuthenticationError)(_unknown)
    api.exception_handler(HttpError)(_http)
    api.exception_handler(ValidationError)(_unfit)


def _refused(request: HttpRequest, why: Exception) -> HttpResponse:
    case = next(_KINDS[kind] for kind in type(why).__mro__ if kind in _KINDS)
    if isinstance(why, NotPermittedError):
        nobody = why.at if isinstance(why, NobodyElseError) else ""
        at = [_error(request, nobody, why.why)] if nobody else []
        told = {"act": why.title, "article": why.cite, "errors": at}
        return problem(case.status, case.title, why.why, **told)
    errors = [_error(request, at, what) for at, what in _places(why)]
    whole = isinstance(why, InvalidEventError | InvalidOrderError)
    detail = _in_all(errors) if whole and errors else str(why)
    expected = getattr(why, "expected", "")
    return problem(case.status, case.title, detail, errors=errors, expected=expected)


_AT: Mapping[type[Exception], str] = {
    StaleError: "version",
    KeyTakenError: "Idempotency-Key",
    FutureError: "event.on",
    LetterMissingError: "letter",
}
"""At which field a refusal stands that names none itself."""


def _places(why: Exception) -> list[tuple[str, str]]:
    """Return what is wrong by the place in what was sent; empty where it is no field's."""
    if isinstance(why, InvalidEventError):
        return [(f"event.{name}", _what(fault, {})) for name, fault in why.faults.items()]
    if isinstance(why, InvalidOrderError):
        return [("letter.particulars", _("文书要素的写法不对，请对照接口说明改正"))]
    if isinstance(why, NotReadyError):
        whole = "kind" if isinstance(why, OtherLetterError) else ""
        places = (f"letter.{each.id or whole}".rstrip(".") for each in why.problems)
        return list(zip(places, map(str, why.problems), strict=True))
    if isinstance(why, WordsError):
        return [(why.where, str(why))]
    if isinstance(why, LetterError):
        return [(f"letter.{why.field or ''}".rstrip("."), str(why))]
    at = next((_AT[kind] for kind in type(why).__mro__ if kind in _AT), "")
    return [(at, str(why))] if at else []


def _error(request: HttpRequest, at: str, what: str) -> dict[str, str]:
    """Return one fault: its place, what the field is called, and what to do."""
    return {"at": at, "label": label(at, _event_of(request)), "what": what}


def _event_of(request: HttpRequest) -> str:
    """Return the kind of event of the act that an address names, blank for another."""
    route = request.resolver_match
    name = str(route.kwargs.get("name", "")) if route else ""
    try:
        return act(name).event
    except KeyError:
        return "searched" if request.path.endswith("/searches") else ""


def _in_all(errors: list[dict[str, str]]) -> str:
    """Return every fault in one sentence, each with the name of its field."""
    each = _("“%(label)s”%(what)s")
    return _("没有改动：%(faults)s") % {"faults": "；".join(each % one for one in errors)}


def _personal(request: HttpRequest, _why: Exception) -> HttpResponse:
    detail = _("写入台账的内容里有证件号码或者手机号码，没有改动；请删去再提交")
    return problem(UNFIT, _WRONG.title, detail, errors=[_error(request, "note", detail)])


def _mistyped(request: HttpRequest, why: MistypedError) -> HttpResponse:
    """Answer a typing error as one: no article forbids it."""
    errors = [_error(request, f"event.{why.field}", why.why)]
    return problem(UNFIT, _WRONG.title, _in_all(errors), errors=errors)


def _unasked(_request: HttpRequest, why: UnknownParameterError) -> HttpResponse:
    """Answer a parameter that would have been passed over: it is named."""
    if why.known:
        words = _("没有“%(name)s”这一项，可以用的有：%(known)s；请改正")
    else:
        words = _("没有“%(name)s”这一项，这个地址不带参数，请删去")
    known = "、".join(why.known)
    errors = [
        {
            "at": name,
            "label": _("地址参数"),
            "what": words % {"name": name, "known": known},
        }
        for name in why.names
    ]
    return problem(UNFIT, _WRONG.title, _in_all(errors), errors=errors)


def _named(request: HttpRequest, why: NamedError | ThinRecordError) -> HttpResponse:
    errors = [_error(request, why.field, str(why))]
    return problem(UNFIT, _WRONG.title, why, errors=errors)


def _missing(_request: HttpRequest, _why: Exception) -> HttpResponse:
    return problem(404, _("没有这一项"), _("编号可能抄错，或者不在您能看到的范围之内"))


def _unknown(_request: HttpRequest, _why: Exception) -> HttpResponse:
    return problem(401, _("尚未登录"), _("请先登录，或者带上有效的接口令牌，再调用接口"))


def _http(_request: HttpRequest, why: Exception) -> HttpResponse:
    """Answer what the framework itself refuses: a form without its token, no JSON."""
    status = getattr(why, "status_code", 400)
    if status == TOO_MANY:
        wait = max(1, round(getattr(why, "wait", None) or 1))
        told = _("请求太多，请等%(wait)s秒再试") % {"wait": wait}
        answer = problem(status, _("请求太多"), told)
        answer["Retry-After"] = str(wait)
        return answer
    if status == _FORBIDDEN.status:
        detail = _("请求缺少有效的防伪凭证（X-CSRFToken），没有改动")
        return problem(status, _FORBIDDEN.title, detail)
    return problem(status, _("请求不完整"), _("请求的内容不是完整的 JSON，没有改动"))


def _what(kind: str, bounds: Mapping[str, object]) -> str:
    """Return what is wrong with one part, by its kind and the bounds it broke."""
    least = bounds.get("min_length", 1)
    if kind == "unseen":
        return str(bounds["what"])
    if kind == "string_too_short" and least != 1:
        return _("太短，至少要%(least)s个字符") % {"least": least}
    if kind == "string_too_long":
        most = {"most": bounds.get("max_length")}
        return _("太长，最多%(most)s个字，请删减") % most
    return str(_SHAPES.get(kind, _("不符合要求，请对照接口说明改正")))


def _unfit(request: HttpRequest, why: Exception) -> HttpResponse:
    told = why.errors if isinstance(why, ValidationError) else []
    errors = []
    for each in told:
        bounds = each.get("ctx", {})
        # The first two say where it came: the body, and the name it has in our code.
        inner = each["loc"][2:] if each["loc"][:1] == ("body",) else each["loc"][1:]
        at = ".".join(str(part) for part in (*inner, bounds.get("at", "")) if part != "")
        errors.append(_error(request, at, _what(each["type"], bounds)))
    return problem(UNFIT, _WRONG.title, _in_all(errors), errors=errors)
