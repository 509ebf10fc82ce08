"""Nobody is shown a code: every value that a column can be fixed at goes by its name."""

from __future__ import annotations

import re

import pytest

from mingtang_web.bringing.fields import FIELDS, choices
from mingtang_web.desk.import_answers import placed
from mingtang_web.desk.import_signing import _columns
from mingtang_web.importing import fields as of_ledgers
from mingtang_web.importing import values
from tests.architecture.engine import ROOT

CODE = re.compile(r"[a-z]{3,}")
FIXED = [(field.id, value) for field in FIELDS for value in choices(field.id)]
LEDGERS = [
    (field.id, value)
    for field in of_ledgers.FIELDS
    if field.form is of_ledgers.Form.CHOICE
    for value in values.choices(field.id)
]


@pytest.mark.parametrize(("field", "value"), FIXED, ids="=".join)
def test_a_value_for_a_whole_catalogue_goes_by_its_name(field: str, value: str) -> None:
    said = placed(f"={value}", choices(field))
    assert said == f"全部固定为：{choices(field)[value]}"
    assert not CODE.search(said)


@pytest.mark.parametrize(("field", "value"), LEDGERS, ids="=".join)
def test_a_value_for_a_whole_ledger_goes_by_its_name(field: str, value: str) -> None:
    [(_label, said)] = _columns({"mapping": {"columns": {field: f"={value}"}}})
    assert said == f"全部固定为：{values.choices(field)[value]}"
    assert not CODE.search(said)


def test_words_and_columns_stay_as_they_are() -> None:
    assert placed("文号", {}) == "文号"
    assert placed("=某局", {}) == "全部固定为：某局"


def test_no_page_shows_the_reasons_of_a_form_twice() -> None:
    """A form that is printed whole brings its summary along."""
    twice = []
    for page in (ROOT / "src" / "mingtang_web" / "templates").rglob("*.html"):
        text = page.read_text("utf-8")
        for found in re.finditer(
            r'include "desk/summary\.html"(?: with form=(\w+))? ?%}', text
        ):
            whole = re.compile(r"\s*{{ %s }}" % (found[1] or "form"))
            if whole.match(text, found.end()):
                twice.append(page.name)
    assert twice == []
