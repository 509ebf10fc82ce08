"""What people type, paste or import: nothing in it that nobody sees (不可见字符).

Unseen characters change how a line reads, or let two that look alike differ: a name
that is found no more, a number that hides a turn of writing. Those at the ends change
nothing and are taken off, as blanks are; the others are refused at their place. What
real writing needs stays: joiners of emoji and of scripts that join, selectors of rare
Han characters (异体字选择符), marks of direction in writing from right to left.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

LARGEST = 2_147_483_647
"""The largest whole number that every database of the site keeps in a column."""
_LINES = "\t\n\r"
_JOINERS, _MARKS = "\u200c\u200d", "\u200e\u200f\u061c"
_HARMLESS = f"{_JOINERS}{_MARKS}\u00ad\u200b\u2060\ufeff\u202a\u202c\u2066\u2068\u2069"
_ENDS = "".join(chr(n) for n in range(0x3001) if chr(n).isspace()) + _HARMLESS
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and marks that are drawn as nothing."""
_DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
"""Signs that stand around numbers, drawn though the standard counts them as formats."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
_FLAG, _TAGS = "\U0001f3f4", range(0xE0020, 0xE0080)
_KEYCAP, _EMOJI_STYLE, _MONGOLIAN_VOWEL = "\u20e3", "\ufe0f", "\u180e"
_IDEOGRAPHS = range(0x20000, 0x40000)
"""The planes of rare Han characters, newer ones than this Python knows among them."""
_NOWHERE = range(0xFDD0, 0xFDF0)
_LETTERS, _SIGNS = frozenset({"Lo", "Lm", "Mn", "Mc"}), frozenset({"So", "Sk"})
_ALONE = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "BOPOMOFO ", "YI ")
"""Writing of which no letter joins the next."""
_NAMES = {
    "\x00": gettext_lazy("空字符"),
    "\u00ad": gettext_lazy("软连字符"),
    "\u200b": gettext_lazy("零宽空格"),
    "\u200c": gettext_lazy("零宽不连字符"),
    "\u200d": gettext_lazy("零宽连字符"),
    "\u2060": gettext_lazy("零宽不换行符"),
    "\ufeff": gettext_lazy("字节顺序标记"),
    **dict.fromkeys("\u202a\u202b\u2066\u2067\u2068", gettext_lazy("文字方向嵌入符")),
    **dict.fromkeys("\u202d\u202e", gettext_lazy("文字方向改写符")),
    **dict.fromkeys("\u202c\u2069", gettext_lazy("文字方向结束符")),
    **dict.fromkeys(_MARKS, gettext_lazy("文字方向标记")),
}


class Unseen(NamedTuple):
    """A character that nobody sees: itself, and after how many others it stands."""

    character: str
    after: int

    @property
    def code(self) -> str:
        """Its code as standards write it: ``U+200B``."""
        return f"U+{ord(self.character):04X}"

    @property
    def name(self) -> _StrOrPromise:
        """What it is called."""
        known = _NAMES.get(self.character)
        if known:
            return known
        if unicodedata.category(self.character) == "Co":
            return _("造字区字符，别的电脑上显示不出来")
        return _("控制字符") if ord(self.character) < 32 else _("不可见字符")  # noqa: PLR2004 - where ASCII's end

    def __str__(self) -> str:
        """Say what it is, where it stands and what to do."""
        where = _("第%(n)s个字后面") % {"n": self.after} if self.after else _("最前面")
        said = _(
            "%(where)s有看不见的字符：%(name)s（%(code)s）。它会改变这一项的读法，请删去；找不到的，把这一项重新输入一遍"
        )
        return said % {"where": where, "name": self.name, "code": self.code}


def bare(text: str) -> str:
    r"""Return a text without blanks and unseen characters at its ends.

    >>> bare("\ufeff 张三\u200b")
    '张三'
    """
    return text.strip(_ENDS)


def unseen(text: str) -> Unseen | None:
    r"""Return the first unseen character that a text may not hold, none where none.

    >>> unseen("张\u200b三").code, unseen("👩\u200d🔧"), unseen("葛\U000e0100")
    ('U+200B', None, None)
    """
    seen = 0
    for place, character in enumerate(text):
        if not _is_unseen(character):
            seen += 1
        elif not _needed(text, place):
            return Unseen(character, seen)
    return None


def sought(text: str, most: int) -> str:
    """Return words to search for: nothing unseen in them, so many characters at most."""
    return "".join(each for each in bare(text) if not _is_unseen(each)).strip()[:most]


def checked(text: str) -> str:
    """Return a text bare of what may go; raises `ValidationError` for what may not stay."""
    said = bare(text)
    found = unseen(said)
    if found:
        raise ValidationError(str(found), code="unseen")
    return said


def _is_unseen(character: str) -> bool:
    number = ord(character)
    if character in _LINES or character in _DRAWN:
        return False
    return (
        unicodedata.category(character) in _UNSEEN
        or character in _BLANKS
        or number in _SELECTORS
        or number in _NOWHERE
        or number & 0xFFFE == 0xFFFE  # noqa: PLR2004 - the last two of each plane
    )


def _needed(text: str, place: int) -> bool:
    """Return whether real writing has an unseen character at a place."""
    character, before = text[place], text[place - 1 : place]
    after = text[place + 1 : place + 2]
    if ord(character) in _SELECTORS:
        return _selects(before, after)
    if character in _JOINERS:
        return _joins(before, after)
    if character in _MARKS:
        return any(unicodedata.bidirectional(each) in {"R", "AL"} for each in text)
    if character == _MONGOLIAN_VOWEL:
        return unicodedata.name(before, "").startswith("MONGOLIAN ") if before else False
    return ord(character) in _TAGS and _flies(text[:place])


def _selects(before: str, after: str) -> bool:
    """Return whether a selector follows something that has several shapes."""
    if not before or _is_unseen(before):
        return False
    if unicodedata.category(before) == "Nd" or before in "#*":
        return after == _KEYCAP
    known = unicodedata.category(before) in {"Lo", "So", "Sm", "Sk", "Po"}
    return known or ord(before) in _IDEOGRAPHS


def _joins(before: str, after: str) -> bool:
    """Return whether a joiner stands between two signs of a picture, or two letters."""
    if not before or not after:
        return False
    pictured = before == _EMOJI_STYLE or unicodedata.category(before) in _SIGNS
    if pictured and unicodedata.category(after) in _SIGNS:
        return True
    return all(
        unicodedata.category(each) in _LETTERS
        and not unicodedata.name(each, "CJK ").startswith(_ALONE)
        for each in (before, after)
    )


def _flies(before: str) -> bool:
    """Return whether tags follow a black flag, whose country they name."""
    return before.rstrip("".join(map(chr, _TAGS))).endswith(_FLAG)


class _Typed(forms.CharField):
    """What every field of text does with what was typed."""

    def to_python(self, value: Any) -> str | None:  # noqa: ANN401 - whatever was sent
        """Return the text that was meant; raises `ValidationError`."""
        said = super().to_python(value)
        return (checked(said) or super().to_python("")) if said else said


class Text(_Typed):
    """Words on one line or several."""


class Email(_Typed, forms.EmailField):
    """An address of electronic mail."""


class Pattern(_Typed, forms.RegexField):
    """Words of a given shape."""


class Whole(forms.IntegerField):
    """A whole number that the database keeps, and none too large for it."""

    default_error_messages = {  # noqa: RUF012 - Django's own shape
        "invalid": gettext_lazy("请填写整数，只写数字"),
    }

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - Django's own
        """Say the bounds in our words."""
        super().__init__(**({"max_value": LARGEST} | more))
        for bound in self.validators:
            if isinstance(bound, MaxValueValidator):
                bound.message = gettext_lazy(
                    "不能大于%(limit_value)s，现为%(show_value)s，请核对有没有多输"
                )
            elif isinstance(bound, MinValueValidator):
                bound.message = gettext_lazy("不能小于%(limit_value)s，现为%(show_value)s")
