"""The box and what is typed into it, where no script runs."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.richtext import limits
from mingtang_web.richtext.cleaning import clean
from mingtang_web.richtext.forms import RichTextField
from mingtang_web.richtext.typing import shown, taken
from tests.web.richtext.pages import PAGES


class NoteForm(forms.Form):
    text = RichTextField(label="正文")


@pytest.mark.parametrize(
    ("typed", "document"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("各科室：\n\n现通知\r\n如下", "<p>各科室：</p><p>现通知<br>如下</p>"),
        ("\u3000\u3000根据", '<p class="indent">根据</p>'),
        ("1 < 2 && <b>3</b>", "<p>1 &lt; 2 &amp;&amp; &lt;b&gt;3&lt;/b&gt;</p>"),
        ("&lt;p&gt;", "<p>&amp;lt;p&amp;gt;</p>"),
        ("<p>甲</p>\n<ul><li>乙</ul>", "<p>甲</p><ul><li>乙</li></ul>"),
        ("<p onclick=x>甲<script>1</script>", "<p>甲</p>"),
    ],
)
def test_what_is_typed_becomes_a_document(typed, document):
    assert taken(typed) == document


@given(PAGES)
def test_a_document_shown_and_taken_again_is_the_same(page):
    document = clean(page)
    assert taken(shown(document)) == document


@given(st.text(max_size=60))
def test_typed_words_come_back_as_a_document_of_their_own(text):
    document = taken(text)
    assert taken(shown(document)) == document


def test_paragraphs_are_shown_as_plain_text_and_more_as_markup():
    assert (
        shown('<p class="indent">甲 &amp; 乙</p><p>丙</p>') == "\u3000\u3000甲 & 乙\n\n丙"
    )
    assert shown("<p>甲</p><h2>乙</h2>") == "<p>甲</p>\n<h2>乙</h2>"
    assert shown("<p>&lt;p&gt; 是段落</p>") == "<p>&lt;p&gt; 是段落</p>"


def test_an_empty_document_is_refused_where_one_is_needed():
    form = NoteForm({"text": "<p>&nbsp;</p>"})
    assert not form.is_valid()
    assert form.errors["text"] == [str(RichTextField.default_error_messages["required"])]


def test_too_large_a_document_is_given_back_as_it_was_typed(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST", 20)
    form = NoteForm({"text": "一" * 21})
    assert not form.is_valid()
    assert "超过20个的上限" in form.errors["text"][0]
    assert "一" * 21 in str(form)


def test_what_was_typed_is_shown_again_as_it_was():
    assert "1 &lt; 2" in str(NoteForm({"text": "1 < 2"}))
    assert "&lt;h2&gt;甲&lt;/h2&gt;" in str(NoteForm({"text": "<h2 class=x>甲"}))


def test_what_nobody_sees_is_taken_out_or_refused():
    """Joiners of a paste go; a character that other machines do not have is told."""
    field = RichTextField()
    assert field.clean("<p>甲\u200b乙</p>") == "<p>甲乙</p>"
    with pytest.raises(ValidationError, match="造字区"):
        field.clean("<p>甲\ue000乙</p>")
