"""Every Chinese word of a screen has its English, and the compiled catalogue holds it.

The engine's words are looked up from its data and from the sentences of its code: with
what stands in them made neutral, a sentence that is shown in English holds no Chinese.
"""

from __future__ import annotations

import ast
import gettext
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from mingtang.case.act import acts
from mingtang.case.outcome import outcomes
from mingtang.case.question import questions
from mingtang.drafting.evidence import evidence
from mingtang.drafting.particulars import particulars
from mingtang.drafting.template import templates
from mingtang.form.loading import edition
from mingtang.law import calendar
from mingtang.law.clock import Pause, explain
from mingtang.law.delivery import deliveries, receipts
from mingtang.law.grounds import grounds
from mingtang.law.parts import parts
from mingtang_web.words import PATTERNS, spoken
from tests.architecture.engine import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = ROOT / "src" / "mingtang_web"
CATALOGUE = SITE / "locale" / "en" / "LC_MESSAGES"
CASES = ROOT / "src" / "mingtang" / "case"
CALLED = {"_", "lazy", "gettext", "gettext_lazy"}
HAN = re.compile(r"[\u4e00-\u9fff]")
CITED = re.compile(r"（\d{4}年修.）|〔\d{4}〕")
SPEAKING = (
    *("awaiting", "choosing", "clock", "conditions", "deadlines", "disputes"),
    *("particulars", "permitting", "proceedings", "replaying", "state", "steps"),
    *("vocabulary", "beginning", "questioning"),
)
"""Modules of the engine whose sentences reach a screen."""


def said_by_code() -> Iterator[str]:
    for path in SITE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLED
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


FORMATS = {"zip", "docx", "doc", "wps", "rtf", "odt", "xlsx", "xls", "ods", "strong"}
COMMANDS = {
    "manage",
    "recount",
    "jobs",
    "run",
    "import_ledger",
    "import_documents",
    "dry",
    "reset_account",
}


def test_no_word_of_code_stands_in_a_chinese_sentence():
    """Names of files and of the administrator's commands are what they are."""
    sentences = {*said_by_code(), *said_by_pages(), *said_by_data(), *said_by_cases()}
    found = {}
    for text in filter(HAN.search, filter(None, sentences)):
        plain = re.sub(r"%\(\w+\)[sd]|{.*?}", "", text)
        words = set(re.findall(r"(?<![A-Za-z])[a-z_]{3,}", plain)) - FORMATS - COMMANDS
        if words:
            found[text] = words
    assert found == {}


def test_a_word_of_two_senses_is_told_apart():
    with (CATALOGUE / "django.mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.pgettext("role", "登记") == "Clerk"
    assert english.gettext("登记") == "Register"
    assert english.pgettext("role", "管理") == "Administrator"
    assert english.gettext("管理") == "Administration"


def said_by_data() -> Iterator[str | None]:
    for act in acts():
        yield from (act.title, act.consequence)
    for question in questions():
        yield question.ask
        yield from (
            words for reply in question.replies for words in (reply.say, reply.hint)
        )
    for row in (*outcomes(), *grounds(), *parts()):
        yield row.title
    yield from (ground.unsettled for ground in grounds())
    for mode in (*deliveries(), *receipts()):
        yield mode.what
    yield from (receipt.counted for receipt in receipts())
    yield from (piece.label for piece in evidence())
    for made in templates():
        yield from (made.title, made.trigger)
    for known in particulars():
        for each in (known, *known.parts):
            yield from (each.label, each.what, *(words for _, words in each.choices))
    table = edition("2021").table("requests")
    yield from (line.full_label for block in table.blocks for line in block.lines)


def said_by_cases() -> Iterator[str]:
    """Give every sentence of the engine's cases, an x for whatever it puts in."""
    for path in (CASES / f"{name}.py" for name in SPEAKING):
        found = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        filled = [node for node in found if isinstance(node, ast.JoinedStr)]
        inner = {id(piece) for node in filled for piece in node.values}
        documents = {id(node.value) for node in found if isinstance(node, ast.Expr)}
        for node in filled:
            yield "".join(
                getattr(piece, "value", "x") if isinstance(piece, ast.Constant) else "x"
                for piece in node.values
            )
        for node in found:
            plain = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if plain and id(node) not in inner | documents:
                yield node.value


def said_of_days() -> Iterator[str]:
    """Give what is said of each day of terms that run over holidays and a pause."""
    for year in range(2019, 2027):
        stopped = Pause(date(year, 4, 20), date(year, 4, 28))
        for first in (date(year, 1, 1), date(year, 4, 1), date(year, 9, 1)):
            notes = explain(first, 40, calendar(), [stopped] if first.month == 4 else [])
            yield from (note.why for note in notes)


@pytest.mark.parametrize("told", [said_by_data, said_by_cases, said_of_days])
def test_what_the_engine_says_is_shown_in_english(told):
    said = {words for words in told() if words and HAN.search(words)}
    said = {words for words in said if not CITED.search(words)}
    assert len(said) > 30
    with translation.override("en"):
        assert {
            words for words in said if HAN.search(without_quotes(spoken(words)))
        } == set()


def without_quotes(words: str) -> str:
    """Leave out what a letter says itself, which an English word shows beside it."""
    return re.sub(r"（[您你单位]+）|\([您你单位]+\)|“行政复议决定书.*?”", "", words)


def test_every_pattern_has_its_english():
    with translation.override("en"):
        assert [each for each in PATTERNS if translation.gettext(each) == each] == []


def test_the_engine_is_shown_in_its_own_words_in_chinese():
    with translation.override("zh-hans"):
        assert spoken("告知补正") == "告知补正"


def test_what_stands_in_a_sentence_is_shown_in_english_too():
    with translation.override("en"):
        assert spoken("案件处于“已归档”，此事只能在“办理中、待补正”时办理") == (
            "The case is “Archived”; this can only be done while it is "
            "“In hand, Awaiting correction”"
        )
        assert spoken("星期日，国庆节调休，上班，计第1个工作日") == (
            "Sunday, make-up day for National Day, counted as working day 1"
        )


def test_a_citation_stays_as_it_is():
    cited = "政府信息公开条例（2019年修订）第三十条"
    with translation.override("en"):
        assert spoken(f"不能“告知补正”：补正只能告知一次，已经告知过（{cited}）") == (
            f"Cannot “Ask for a correction”: A correction may be asked for only once, "
            f"and it was ({cited})"
        )


def test_a_sentence_that_is_known_in_part_is_left_as_it_is():
    with translation.override("en"):
        assert spoken("第三方、街道办") == "第三方、街道办"
