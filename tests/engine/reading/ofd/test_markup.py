"""The XML of an OFD: sound, small enough, and its numbers numbers."""

from __future__ import annotations

import pytest

from mingtang.reading.ofd import markup
from mingtang.reading.ofd.markup import (
    OfdError,
    child,
    is_on,
    number,
    parse,
    value,
    values,
    words,
)


def test_elements_are_known_whatever_their_namespace():
    for text in ("<a><b>1</b></a>", '<o:a xmlns:o="urn:x"><o:b>1</o:b></o:a>'):
        assert words(child(parse(text.encode(), "a.xml"), "b")) == "1"


def test_space_before_the_declaration_is_no_fault():
    root = parse(b'\n<?xml version="1.0"?><a x="1"/>', "a.xml")
    assert number(root, "x", 0) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_part_says_its_own_encoding(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>政府</a>'
    assert words(parse(text.encode(encoding), "a.xml")) == "政府"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    )
    with pytest.raises(OfdError, match="文档类型声明"):
        parse(text.encode(encoding), "a.xml")


@pytest.mark.parametrize("text", ["", "<a>", "<a></b>", "<a>&b;</a>", "<a>" * 9_999])
def test_what_is_no_sound_xml_is_refused(text):
    with pytest.raises(OfdError, match=r"a\.xml 不是完好的 XML"):
        parse(text.encode(), "a.xml")


def test_more_tags_than_a_page_has_are_refused(monkeypatch):
    monkeypatch.setattr(markup, "MAX_TAGS", 3)
    with pytest.raises(OfdError, match="超过 3 个的上限"):
        parse(b"<a><b/><b/></a>", "a.xml")


@pytest.mark.parametrize("printed", ["nan", "inf", "1e9", "1_0", "０", "", "x", "--1"])
def test_a_number_that_is_none_is_refused(printed):
    with pytest.raises(OfdError, match="无效"):
        value(printed)


def test_numbers_stand_apart_by_spaces_or_commas():
    assert values(" 1, 2.5\n-3 .5 ", 4) == (1, 2.5, -3, 0.5)
    assert values("", 4) is None
    assert values(None, 4) is None


def test_too_few_numbers_are_refused():
    with pytest.raises(OfdError, match="应有 4 个数字"):
        values("1 2 3", 4)


def test_yes_and_no_are_told_in_any_way_of_writing_them():
    root = parse(b'<a b="False" c="0" d="true" e=""/>', "a.xml")
    found = [is_on(root, name, default=True) for name in "bcdef"]
    assert found == [False, False, True, True, True]
    assert not is_on(root, "f", default=False)
