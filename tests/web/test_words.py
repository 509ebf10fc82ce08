"""Every Chinese word of a screen has its English, and the compiled catalogue holds it."""

from __future__ import annotations

import ast
import gettext
import re
from typing import TYPE_CHECKING

from tests.architecture.engine import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = ROOT / "src" / "mingtang_web"
CATALOGUE = SITE / "locale" / "en" / "LC_MESSAGES"


def said_by_code() -> Iterator[str]:
    for path in SITE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
            if called and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def said_by_pages() -> Iterator[str]:
    for path in (SITE / "templates").rglob("*.*"):
        text = path.read_text("utf-8")
        yield from (found[2] for found in re.finditer(r"translate (['\"])(.+?)\1", text))
        blocks = r"(?s){% blocktranslate.*?%}(.*?){% (?:plural|endblocktranslate) %}"
        for found in re.finditer(blocks, text):
            yield re.sub(r"{{ (\w+) }}", r"%(\1)s", found[1].strip())


def test_every_word_has_its_english():
    with (CATALOGUE / "django.mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    said = {*said_by_code(), *said_by_pages()}
    assert len(said) > 150
    missing = {
        text
        for text in said
        if re.search(r"[\u4e00-\u9fff]", text)
        and english.gettext(text) == text
        and english.ngettext(text, text, 2) == text
    }
    assert missing == set()


def test_a_word_of_two_senses_is_told_apart():
    with (CATALOGUE / "django.mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.pgettext("role", "登记") == "Clerk"
    assert english.gettext("登记") == "Register"
    assert english.pgettext("role", "管理") == "Administrator"
    assert english.gettext("管理") == "Administration"
