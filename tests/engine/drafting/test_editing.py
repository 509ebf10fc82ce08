"""An office rewords what is free; what the law says stays."""

from __future__ import annotations

import pytest

from mingtang.drafting import template, templates
from mingtang.drafting.editing import EditError, LockedTextError, check_edit
from mingtang.drafting.fields import literal
from mingtang.drafting.letter import Origin
from tests.engine.drafting.cases import SETTING, letter, passage


def edited(kind, **edits):
    return letter(kind, SETTING._replace(edits=edits))


def test_a_free_passage_takes_the_words_of_the_office():
    made = edited("extension_notice", closing="专此告知，请予理解。")
    assert passage(made, "closing") == ["专此告知，请予理解。"]
    origins = {clause.passage: clause.origin for clause in made.clauses}
    assert origins == {
        "opening": Origin.TEMPLATE,
        "reason": Origin.TEMPLATE,
        "extension": Origin.LOCKED,
        "until": Origin.LOCKED,
        "closing": Origin.EDITED,
    }


@pytest.mark.parametrize(
    ("kind", "name"),
    [(made.kind, part.id) for made in templates() for part in made.passages if part.locked],
)
def test_no_locked_passage_takes_an_edit(kind, name):
    with pytest.raises(LockedTextError, match="已锁定"):
        check_edit(template(kind), name, "请不必理会期限。")


def test_an_edit_loses_no_element():
    with pytest.raises(EditError, match="少了字段extension_reason"):
        edited("extension_notice", reason="本机关很忙。")


def test_an_edit_invents_no_field():
    for field in ("approver", "term.answer", "correction_items", "nothing"):
        with pytest.raises(EditError, match="不认识的字段"):
            edited("extension_notice", reason=f"{{extension_reason}}{{{field}}}")


def test_an_edit_of_what_is_not_there_names_what_may_be_edited():
    with pytest.raises(EditError, match="可以改写的有：opening、reason、closing"):
        edited("extension_notice", thanks="谢谢。")


def test_an_edit_is_not_empty_and_not_broken():
    for text in ("", "  ", "{", "完}"):
        with pytest.raises(EditError):
            edited("extension_notice", closing=text)


def test_words_with_braces_are_written_as_they_are():
    made = edited("extension_notice", closing=literal("见附表{一}。"))
    assert passage(made, "closing") == ["见附表{一}。"]


def test_each_item_takes_the_words_of_the_office():
    made = edited("correction_notice", items="（{n}）{item}")
    assert passage(made, "items")[0].startswith("（1）请写明")
