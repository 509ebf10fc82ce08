"""People who walk through the site by keyboard alone, one signed-in browser each."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tests.looking import SIZES
from tests.web.browser import LOOKS, assert_good, opened, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

MOST = 250
"""So many times Tab is pressed at most before a thing counts as out of reach."""
_STOP = """([wanted, leaps]) => {
  const text = node => node ? node.textContent.replace(/\\s+/g, ' ').trim() : '';
  const fits = each => wanted.press.startsWith('/')
    ? each.localName === 'a' && each.getAttribute('href').endsWith(wanted.press)
    : each.matches('a, button, summary') && text(each).includes(wanted.press);
  const hides = each => each.localName === 'summary' && !each.parentElement.open
    && [...each.parentElement.querySelectorAll('a, button')].some(fits);
  const takes = each => {
    if (!each.name || ['hidden', 'submit'].includes(each.type)) return false;
    const own = each.name.replace(/^letter-/, ''), last = own.split('-').pop();
    return [own, last].some(name => wanted.fields.includes(name))
      || each.required && !each.value && wanted.usual.includes(last);
  };
  const ends = each => !wanted.fields.length && (fits(each) || hides(each));
  let at = document.activeElement;
  if (leaps) {
    const all = [...document.querySelectorAll(
      'main :is(a[href], button, input, select, textarea, summary)'
    )].filter(each => each.checkVisibility() && !each.disabled);
    const after = all.slice(all.indexOf(at) + 1);
    at = [...after, ...all].find(each => takes(each) || ends(each));
    if (at) at.focus();
  }
  if (!at || !(takes(at) || ends(at))) return null;
  return {
    kind: at.localName, name: at.name || '', type: at.type || '', at: at.selectedIndex,
    label: at.labels && at.labels[0] ? text(at.labels[0]) : '',
    folded: hides(at) && !fits(at),
    options: at.localName === 'select' ? [...at.options].map(text) : [],
    button: !takes(at),
  };
}"""
_CHOSEN = "document.activeElement.labels[0].textContent"
_KIND = """path => {
  const has = what => document.querySelector(what) !== null;
  const asked = has('button[value=do]');
  if (asked) return `check${has('.paper') ? ' letter' : ''}${has('.told') ? ' told' : ''}`;
  if (has('.question')) return 'question';
  const tag = document.querySelector('.case-head .tag');
  const more = has('.summary') ? 'wrong' : has('.told-one') ? 'done'
    : path === 'cases/' && tag ? tag.innerText : '';
  return `${path}${more}`;
}"""


class OutOfReachError(AssertionError):
    """Something is not reached by keys."""

    def __init__(self, what: object, where: str) -> None:
        super().__init__(f"{what} is not reached by Tab on {where}")


class Stop(NamedTuple):
    """A place on a page that somebody stops at: a field to fill, a thing to press."""

    kind: str
    name: str
    type: str
    at: int
    label: str
    folded: bool
    options: list[str]
    button: bool


class Walker:
    """One person at a browser of their own, who uses keys and nothing else.

    ``seen`` remembers, for all walkers, what kinds of pages were looked at and what
    ways were gone, ``poor`` what did not look good.
    """

    def __init__(self, tab: Page, seen: set[str], poor: list[str]) -> None:
        self.tab, self.seen, self.poor = tab, seen, poor

    def go(self, address: str, *, again: bool) -> None:
        """Open a page by its address; ``again`` even where it is open already."""
        here = self.tab.url.partition("#")[0].rstrip("?")
        if again or not here.endswith(address):
            # Without a place on the page, so that the whole page comes again.
            self.tab.goto(address if "?" in address else f"{address}?")
            self._look()

    def follow(self, wanted: str) -> None:
        """Go on by what bears that address or those words; unfold what hides it."""
        self.fill({}, wanted, {})

    def fill(
        self, typed: Mapping[str, object], press: str, usual: Mapping[str, str]
    ) -> None:
        """Type into the fields on the way to a button, and press it.

        ``usual`` is what is typed into a field that must be filled and is empty. The
        way is gone by Tab where it was not gone before, and leapt where it was.
        """
        left = dict(typed)
        way = f"{self._path()} {press}"
        leaps = self.tab.plain or way in self.seen
        self.seen.add(way)
        if not leaps:
            self._skip()
        for _ in range(MOST):
            wanted = {"press": press, "fields": list(left), "usual": list(usual)}
            found = self.tab.evaluate(_STOP, [wanted, leaps])
            stop = Stop(**found) if found else None
            if stop and stop.folded:
                self.tab.keyboard.press("Enter")
            elif stop and stop.button:
                self._enter(stop)
                return
            elif stop:
                self._type(stop, left, usual)
            if not leaps:
                self.tab.keyboard.press("Tab")
        raise OutOfReachError(left or press, self.tab.url)

    def says(self) -> str:
        """What the page says."""
        return self.tab.inner_text("main")

    def _type(self, stop: Stop, left: dict[str, object], usual: Mapping[str, str]) -> None:
        own = stop.name.removeprefix("letter-")
        last = own.rsplit("-", 1)[-1]
        key = own if own in left else last
        if key not in left:
            self._put(stop, usual[last])
        elif self._put(stop, left[key]):
            del left[key]

    def _put(self, at: Stop, wanted: object) -> bool:
        """Type or choose; whether this was the field that takes it."""
        keys, text = self.tab.keyboard, str(wanted)
        if at.type == "checkbox":
            if text in at.label:
                keys.press("Space")
            return text in at.label
        if at.type == "date":
            keys.type(f"{date.fromisoformat(text):%m%d%Y}")
        elif at.type == "select-one":
            place = next(n for n, each in enumerate(at.options) if text in each)
            for _ in range(abs(place - at.at)):
                keys.press("ArrowDown" if place > at.at else "ArrowUp")
        elif at.type == "radio":
            self._choose(text)
        elif at.type == "file":
            self.tab.set_input_files(f"[name='{at.name}']", wanted)
        else:
            keys.press("Control+A")
            keys.insert_text(text)
        return True

    def _choose(self, wanted: str) -> None:
        self.tab.keyboard.press("Space")
        for _ in range(20):
            if wanted in self.tab.evaluate(_CHOSEN):
                return
            self.tab.keyboard.press("ArrowDown")
        raise OutOfReachError(wanted, self.tab.url)

    def _enter(self, stop: Stop) -> None:
        if stop.kind == "summary":
            self.tab.keyboard.press("Enter")
            return
        with self.tab.expect_navigation():
            self.tab.keyboard.press("Enter")
        self._look()

    def _skip(self) -> None:
        """Skip to the main part, as one without a mouse does."""
        if self.tab.url.endswith("#main"):
            return  # a form is sent to the place on the page that it stands at
        self.tab.keyboard.press("Tab")
        with self.tab.expect_navigation(url="**#main"):
            self.tab.keyboard.press("Enter")

    def _path(self) -> str:
        """Which page this is, whichever case it is of."""
        path = self.tab.url.split("/", 3)[-1].partition("?")[0].partition("#")[0]
        return re.sub(r"\b[0-9]+/", "", path)

    def _look(self) -> None:
        """Look at a kind of page when it is met first, at a desk and on a phone."""
        if self.tab.plain:
            return
        kind = self.tab.evaluate(_KIND, self._path()).replace("/", "-")
        if kind in self.seen:
            return
        self.seen.add(kind)
        for self.tab.size, scheme in reversed(LOOKS):
            self.tab.set_viewport_size(SIZES[self.tab.size])
            self.tab.emulate_media(color_scheme=scheme)
            try:
                assert_good(self.tab, kind)
            except AssertionError as poor:
                self.poor.append(f"{kind} ({self.tab.size}): {poor}")


@contextmanager
def walkers(browser: Browser, address: str, names: tuple[str, ...]) -> Iterator[dict]:
    """People who have signed in, each in a browser of their own, by their names."""
    seen: set[str] = set()
    poor: list[str] = []
    with ExitStack() as stack:
        found = {}
        for name in names:
            tab = stack.enter_context(opened(browser, address, LOOKS[0]))
            sign_in(tab, name)
            found[name] = Walker(tab, seen, poor)
        yield found
    assert poor == [], "\n".join(poor)
