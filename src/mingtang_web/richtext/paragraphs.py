"""Runs as somebody's page has them, made into paragraphs: blanks, breaks, indents."""

from __future__ import annotations

import re
from itertools import groupby

from mingtang_web.richtext.blocks import BREAK, INDENTED, Block, Run
from mingtang_web.richtext.styles import Style

_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    rf"\u2060-\u206f\ufeff\ufff9-\ufffc\ufdd0-\ufdef]|(?<={_HAN})[\u200c\u200d]+"
)
_WRAPPED = re.compile(rf"(?<={_HAN})[ \t]*[\n\u2028\u2029][ \t\n]*(?={_HAN})")
_SPACES = re.compile(r"[ \t\n\x0b\f\r\x85\u2028\u2029]+")
_LINES = re.compile(r"[ \t]*(?:[\n\u2028\u2029]|\r\n?)")
_HARD, _WIDE = "\xa0", "\u3000"
_BLANK = f" {_HARD}{_WIDE}"
_INDENT = 2
"""Blanks of half a character's width that a first line is indented by, at least."""
_UNDERLINED = frozenset({"u"})
"""Blanks under which a line is drawn are a place to fill in, and stay."""


def seen(text: str, style: Style) -> list[Run]:
    """Return a text's runs: unseen characters gone, blanks and lines as a page has them."""
    text = _UNSEEN.sub("", text)
    if style.kept:
        parts = _LINES.sub(BREAK, text).replace("\t", _WIDE).split(BREAK)
        runs = [Run(BREAK)] * (2 * len(parts) - 1)
        runs[::2] = [Run(part, style.marks, style.link) for part in parts]
        return [run for run in runs if run.text]
    text = _SPACES.sub(" ", _WRAPPED.sub("", text))
    return [Run(text, style.marks, style.link)] if text else []


def paragraphs(runs: list[Run], style: Style) -> list[Block]:
    """Return the paragraphs that runs make; an empty line parts them, or an indent."""
    found = []
    for lines in _parted(runs):
        indented, shown = _bare(lines)
        if shown:
            found.append(_block(tuple(shown), style, indented=indented))
    return found


def _block(runs: tuple[Run, ...], style: Style, *, indented: bool) -> Block:
    classes = [f"align-{style.align}"] if style.align else []
    if style.block == "p" and style.align in ("", "left") and (indented or style.indent):
        classes.append(INDENTED)
    if style.block != "p":
        runs = _merged([run._replace(marks=run.marks - {"strong"}) for run in runs])
    attributes = (("class", " ".join(classes)),) if classes else ()
    return Block(style.block, runs, (), attributes)


def _parted(runs: list[Run]) -> list[list[list[Run]]]:
    """Return the lines of each paragraph, all without blanks behind them."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == BREAK and not run.picture:
            lines.append([])
        else:
            lines[-1].append(run)
    parts: list[list[list[Run]]] = [[]]
    for line in lines:
        shown = any(run.picture or not _is_blank(run) for run in line)
        if not shown or _indent(line) >= _INDENT:
            parts.append([])
        if shown:
            parts[-1].append(line)
    return [part for part in parts if part]


def _bare(lines: list[list[Run]]) -> tuple[bool, tuple[Run, ...]]:
    """Return whether the first line is indented, and the runs of all lines."""
    indented = _indent(lines[0]) >= _INDENT
    runs: list[Run] = []
    for line in lines:
        runs += [Run(BREAK)] if runs else []
        runs += _spaced(line)
    return indented, _merged(runs)


def _spaced(line: list[Run]) -> list[Run]:
    """Return a line without blanks at its ends, one space where there are several."""
    found: list[Run] = []
    after = _BLANK
    for run in line:
        if run.picture or _is_filled_in(run):
            found.append(run)
            after = ""
            continue
        text = re.sub(" {2,}", " ", run.text.replace(_HARD, " "))
        text = text.lstrip(after) if not found or after == " " else text
        if text:
            found.append(run._replace(text=text))
            after = " " if text.endswith(" ") else ""
    while found and not found[-1].picture and not _is_filled_in(found[-1]):
        text = found[-1].text.rstrip(_BLANK)
        if text:
            found[-1] = found[-1]._replace(text=text)
            break
        found.pop()
    return found


def _indent(line: list[Run]) -> int:
    """Return by how many half characters a line is indented with blanks."""
    width = 0
    for run in line:
        if run.picture or _is_filled_in(run):
            break
        start = run.text[: len(run.text) - len(run.text.lstrip(_BLANK))]
        width += start.count(_HARD) + 2 * start.count(_WIDE)
        if start != run.text:
            break
    return width


def _is_blank(run: Run) -> bool:
    return not _is_filled_in(run) and not run.text.strip(_BLANK)


def _is_filled_in(run: Run) -> bool:
    blank = len(run.text) > 1 and not run.text.strip(_BLANK)
    return blank and bool(run.marks & _UNDERLINED)


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one kind made one; a break has no kind."""
    found: list[Run] = []
    for _, part in groupby(runs, key=lambda run: run[1:]):
        kind = list(part)
        if kind[0].picture:
            found += kind
        else:
            found.append(kind[0]._replace(text="".join(run.text for run in kind)))
    return tuple(found)
