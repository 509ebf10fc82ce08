"""The pages of a request in their order, and which of them still lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy

from mingtang_web.portal.forms import AgentForm, HowForm, KindForm, WhatForm, WhoForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from mingtang_web.portal.forms import Step

COUNT = 6


class Page(NamedTuple):
    """A page: its place among the steps, its title, the form, what it must have brought.

    ``when`` is what must have been said for it to be asked at all.
    """

    name: str
    place: int
    title: _StrPromise
    form: type[Step] | None = None
    needs: str = ""
    when: str = ""


PAGES = (
    Page("start", 1, gettext_lazy("选机关"), needs="body"),
    Page("look", 2, gettext_lazy("先查一查")),
    Page("kind", 3, gettext_lazy("您是谁"), KindForm, "kind"),
    Page("who", 3, gettext_lazy("您是谁"), WhoForm, "name"),
    Page("agent", 3, gettext_lazy("代理人"), AgentForm, "agent", "by_agent"),
    Page("papers", 3, gettext_lazy("身份证明")),
    Page("what", 4, gettext_lazy("要什么信息"), WhatForm, "subject"),
    Page("how", 5, gettext_lazy("怎么给您"), HowForm, "delivery"),
    Page("check", 6, gettext_lazy("核对，提交")),
)
_NAMES = [page.name for page in PAGES]


def page_of(name: str) -> Page:
    """Return a page by its name; raises `KeyError`."""
    return {page.name: page for page in PAGES}[name]


def before(name: str, said: Mapping[str, str]) -> Page:
    """Return the page before one that is asked."""
    return next(
        page for page in reversed(PAGES[: _NAMES.index(name)]) if _asked(page, said)
    )


def after(name: str, said: Mapping[str, str]) -> Page:
    """Return the page after one that is asked."""
    return next(page for page in PAGES[_NAMES.index(name) + 1 :] if _asked(page, said))


def lacking(said: Mapping[str, str], name: str) -> Page | None:
    """Return the first page before one that has not been filled in, none where none."""
    earlier = [page for page in PAGES[: _NAMES.index(name)] if _asked(page, said)]
    return next((page for page in earlier if page.needs and not said.get(page.needs)), None)


def _asked(page: Page, said: Mapping[str, str]) -> bool:
    return not page.when or bool(said.get(page.when))
