"""What Django says to whoever fills in a form is said in words that people know."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import pytest
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import override

from mingtang_web.matters.models import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAL = re.compile("变量|该值|字段|表单|步长|有效的(值|选项|整数|日期|URL)")
MEANT = (
    *(forms.CharField, forms.IntegerField, forms.DateField, forms.DateTimeField),
    *(forms.EmailField, forms.URLField, forms.ChoiceField, forms.TypedChoiceField),
    *(forms.MultipleChoiceField, forms.FileField, forms.BooleanField, forms.RegexField),
    *(forms.ModelChoiceField, forms.DecimalField),
)
"""The fields that this site's forms are made of."""


def said() -> Iterator[str]:
    for field in MEANT:
        for each in inspect.getmro(field):
            for name, words in getattr(each, "default_error_messages", {}).items():
                if name not in {
                    "list",
                    "invalid_list",
                    "invalid_pk_value",
                    "contradiction",
                }:
                    yield str(words)
    for validator, value, more in (
        (validators.MinLengthValidator(2), "甲", {}),
        (validators.MaxLengthValidator(2), "甲乙丙", {}),
        (validators.MinValueValidator(2), 1, {}),
        (validators.MaxValueValidator(2), 3, {}),
        (validators.EmailValidator(), "甲", {}),
        (validators.URLValidator(), "甲", {}),
        (validators.RegexValidator("^a$"), "甲", {}),
    ):
        with pytest.raises(ValidationError) as why:
            validator(value, **more)
        yield from why.value.messages


def test_no_message_speaks_of_variables_and_fields() -> None:
    with override("zh-hans"):
        told = list(said())
    assert len(told) > 30
    assert [each for each in told if FORMAL.search(each)] == []


def test_too_short_too_long_says_how_many_there_are() -> None:
    with override("zh-hans"):
        form = forms.CharField(min_length=2, max_length=3)
        for text, words in (
            ("甲", "至少2字，现有1字，请写明白"),
            ("甲乙丙丁", "最多3字，现有4字；没有截断，请删减后再提交"),
            ("", "请填写或者选择这一项"),
        ):
            with pytest.raises(ValidationError) as why:
                form.clean(text)
            assert why.value.messages == [words]


def test_models_say_it_too() -> None:
    with override("zh-hans"), pytest.raises(ValidationError) as why:
        Item(first="长" * 101).clean_fields(exclude=["body", "since"])
    told = why.value.message_dict
    assert told["first"] == ["最多100字，现有101字；没有截断，请删减后再提交"]
    assert told["basis"] == ["请填写或者选择这一项"]
