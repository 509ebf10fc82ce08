"""The menus: what this person may open, and where the page stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from mingtang_web.desk.sitting import desk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from mingtang_web.bodies.policy import Standing


class Entry(NamedTuple):
    """A menu's entry: where it leads, whom it is shown, and which pages belong to it."""

    address: str
    label: _StrPromise
    shown: Callable[[Standing], bool]
    below: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


class Item(NamedTuple):
    """An entry as a page shows it; ``current`` is ``page``, ``true`` or blank."""

    address: str
    url: str
    label: str
    current: str


def _always(held: Standing) -> bool:  # noqa: ARG001 - one of several alike
    return True


def _works(held: Standing) -> bool:
    return bool(held.holdings)


def _supervises(held: Standing) -> bool:
    return bool(held.seen_paths())


def _administers(held: Standing) -> bool:
    return bool(held.managed_paths())


def _is_supervised(held: Standing) -> bool:
    return bool(held.holdings) and not held.seen_paths()


_BELOW_SUPERVISION = (
    *("/inspections/", "/rectifications/", "/quarterly/", "/assessments/"),
    "/indicators/",
)
MAIN = (
    Entry("home", _("首页"), _always),
    Entry("worklist", _("案件"), _works, ("/cases/", "/exchanges/", "/letters/")),
    Entry("overview", _("各机关"), _supervises, _BELOW_SUPERVISION),
    Entry("supervision_orders", _("整改"), _is_supervised, _BELOW_SUPERVISION),
    Entry("figures", _("统计"), _works, ("/figures/",)),
    Entry(
        "disputes",
        _("登记簿"),
        _works,
        (
            *("/disputes/", "/registers/", "/fees/", "/activities/", "/spells/"),
            "/errata/",
        ),
    ),
    Entry(
        "documents",
        _("文件"),
        _works,
        ("/documents/", "/norms/", "/guides/", "/words/", "/matters/"),
    ),
    Entry("annuals", _("年报"), _works, ("/annual/", "/collecting/")),
    Entry("notices", _("通知"), _always, ("/notices/",)),
    Entry(
        "keeping",
        _("管理"),
        _administers,
        ("/manage/", "/wording/", "/jobs/", "/recounts/", "/import/"),
    ),
)
REGISTERS = (
    Entry("disputes", _("复议诉讼"), _works, ("/disputes/",)),
    Entry("table_four", _("表四"), _works),
    Entry("matters", _("更正申请"), _works, ("/registers/correction/",), ("correction",)),
    Entry("matters", _("投诉举报"), _works, ("/registers/complaint/",), ("complaint",)),
    Entry("fees", _("收费"), _works),
    Entry("activities", _("工作登记"), _works, ("/activities/",)),
    Entry("spells", _("时段填报"), _works, ("/spells/",)),
    Entry("errata", _("网站找错"), _works, ("/errata/",)),
)
PUBLISHING = (
    Entry("documents", _("文件"), _works, ("/documents/",)),
    Entry("norms", _("规章、规范性文件"), _works, ("/norms/",)),
    Entry("guides", _("指南、目录、制度"), _works, ("/guides/",)),
    Entry("matters_today", _("标准目录"), _works, ("/matters/",)),
    Entry("words", _("错敏词表"), _works, ("/words/",)),
)
SUPERVISING = (
    Entry("overview", _("办理情况"), _supervises),
    Entry("inspections", _("检查"), _supervises, ("/inspections/",)),
    Entry("supervision_orders", _("整改通知"), _works, ("/rectifications/",)),
    Entry("bulletins", _("季度通报"), _works, ("/quarterly/",)),
    Entry("assessments", _("自查、考核"), _works, ("/assessments/",)),
    Entry("indicators", _("指标"), _supervises, ("/indicators/",)),
)
NORMS = (
    Entry("norms", _("登记簿"), _works),
    Entry("norm_counts", _("表二件数"), _works),
    Entry("cleanups", _("文件清理"), _works, ("/norms/cleanups/",)),
    Entry("norm_interpretations", _("政策解读"), _works),
)
KEEPING = (
    Entry("keeping", _("概览"), _administers),
    Entry("people", _("账号和任职"), _administers, ("/manage/people/", "/manage/app")),
    Entry("bodies", _("机关"), _administers, ("/manage/bodies/",)),
    Entry("keeping_wording", _("文书措辞"), _administers, ("/wording/",)),
    Entry("keeping_calendar", _("放假安排"), _administers),
    Entry("recounts", _("期限重算"), _administers),
    Entry("jobs", _("后台任务"), _administers),
    Entry("imports", _("旧台账导入"), _administers, ("/import/",)),
    Entry("keeping_changes", _("变更记录"), _administers),
)


def menus(request: HttpRequest) -> dict[str, object]:
    """Return the menus of who has signed in, asked only by a page that shows them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "menu": SimpleLazyObject(lambda: shown(request, MAIN)),
        "registers_menu": SimpleLazyObject(lambda: shown(request, REGISTERS)),
        "publishing_menu": SimpleLazyObject(lambda: shown(request, PUBLISHING)),
        "supervising_menu": SimpleLazyObject(lambda: shown(request, SUPERVISING)),
        "norms_menu": SimpleLazyObject(lambda: shown(request, NORMS)),
        "keeping_menu": SimpleLazyObject(lambda: shown(request, KEEPING)),
    }


def shown(request: HttpRequest, entries: Sequence[Entry]) -> list[Item]:
    """Return what the person may open of a menu, with the present place marked."""
    held = desk_of(request).held
    offered = [entry for entry in entries if entry.shown(held)]
    here = [_stands(entry, request) for entry in offered]
    if "page" in here:  # one place alone is marked
        here = [stand if stand == "page" else "" for stand in here]
    return [
        Item(entry.address, _url(entry), str(entry.label), stand)
        for entry, stand in zip(offered, here, strict=True)
    ]


def _url(entry: Entry) -> str:
    return reverse(entry.address, args=entry.arguments)


def _stands(entry: Entry, request: HttpRequest) -> str:
    if request.path == _url(entry):
        return "page"
    return "true" if request.path_info.startswith(entry.below or ("\n",)) else ""
