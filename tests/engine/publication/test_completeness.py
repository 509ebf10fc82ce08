"""What is owed stands in Article 12 or says that it does not; what lacks is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as D  # noqa: N812 - a day in a line

import pytest

from mingtang.law.sheet import InvalidDataError, parse
from mingtang.publication import completeness as room
from mingtang.publication.completeness import (
    Metadata,
    catalogue_gaps,
    catalogue_items,
    document_gaps,
    document_items,
    guide_gaps,
    guide_items,
)
from mingtang.publication.disclosure import Attribute
from mingtang.publication.effective import Kind
from mingtang.publication.validity import Status

WHOLE = Metadata(
    index="11440300007543210X/2026-00007",
    title="关于印发办法的通知",
    publisher="清河市人民政府",
    formed_on=D(2026, 3, 2),
    published_on=D(2026, 3, 5),
    number="清政规〔2026〕7号",
    topic="general_affairs",
    genre="notice",
    attribute=Attribute.PROACTIVE,
    summary="规定办法的适用范围和办理程序。",
    kind=Kind.NORMATIVE,
    validity=Status.IN_FORCE,
    is_published=True,
)


def lacks(given: Metadata) -> dict[str, str]:
    return {gap.item.id: gap.why for gap in document_gaps(given)}


def test_the_contents_of_guide_and_catalogue_are_article_twelves() -> None:
    for items, paragraph, count in ((guide_items(), 2, 9), (catalogue_items(), 3, 4)):
        assert len(items) == count
        assert {item.cite for item in items} == {
            f"政府信息公开条例（2019年修订）第十二条第{'一二三'[paragraph - 1]}款"
        }


def test_nothing_is_passed_off_as_law() -> None:
    assert all(item.cite or item.unsettled for item in document_items())
    with pytest.raises(InvalidDataError, match="unsettled"):
        room._item("x", parse("{label: 甲}", "试"))


def test_what_is_whole_lacks_nothing() -> None:
    assert document_gaps(WHOLE) == ()


@pytest.mark.parametrize(
    "name", ["index", "title", "publisher", "formed_on", "topic", "genre", "attribute"]
)
def test_each_is_missed_by_itself(name: str) -> None:
    assert list(lacks(replace(WHOLE, **{name: None}))) == [name]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": " "}, {"title": "没有写"}),
        ({"number": None}, {"number": "没有文号的请注明"}),
        ({"number": ""}, {}),
        ({"published_on": None}, {"published_on": "没有写"}),
        ({"published_on": None, "is_published": False}, {}),
        ({"published_on": D(2026, 3, 1)}, {"published_on": "早于成文日期"}),
        ({"validity": None}, {"validity": "须标明有效性"}),
        ({"validity": None, "kind": None}, {}),
        ({"attribute": Attribute.ON_REQUEST}, {"attribute": "没有写理由"}),
        ({"attribute": Attribute.ON_REQUEST, "reason": "内部管理"}, {}),
        ({"summary": None}, {"summary": "没有写"}),
        ({"summary": "字" * 100}, {}),
        ({"summary": "字" * 101}, {"summary": "有101字，超过100字"}),
    ],
)
def test_what_does_not_hold_says_why(change, why) -> None:
    found = lacks(replace(WHOLE, **change))
    assert list(found) == list(why)
    assert all(part in found[name] for name, part in why.items())


def test_a_guide_is_whole_by_its_fields_or_its_headings() -> None:
    fields = {item.id: "写了" for item in guide_items()}
    assert guide_gaps(fields) == ()
    assert guide_gaps({}, [item.label for item in guide_items()]) == ()
    assert len(guide_gaps({})) == 9
    assert [gap.item.id for gap in guide_gaps(fields | {"fax": "  "})] == ["fax"]


def test_a_catalogue_is_whole_by_its_columns() -> None:
    assert catalogue_gaps(["索引号", "名称", "内容概述", "生成日期"]) == ()
    assert len(catalogue_gaps([])) == 4
