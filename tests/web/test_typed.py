"""Nothing that nobody sees comes in: refused at its place, or taken off the ends."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

import mingtang_web
from mingtang_web import typed
from mingtang_web.applicants.actions import for_letters
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebook
from mingtang_web.importing.cells import RefusedError
from mingtang_web.importing.histories import By, taken
from mingtang_web.importing.mapping import guess
from mingtang_web.importing.tables import read
from mingtang_web.richtext.forms import RichTextField
from tests.architecture.engine import ROOT
from tests.web.cases.requests import Office
from tests.web.people import DAY
from tests.web.portal.citizens import WHAT, Citizen

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = (
    "张三丰",
    "张\u3000三",
    "葛\U000e0100城",  # a selector of a shape of a Han character
    "𠮷野家\U00030edd面",  # rare characters, of newer standards too
    "咨询👩\u200d🔧和❤\ufe0f\u200d🔥的材料",
    "第1\ufe0f\u20e3项",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\u0645\u06cc\u200c\u062e\u0648",  # a joiner that a script needs
    "क्\u200dष",
    "\u0626\u0627\u0628\u200f\u0644",  # a mark of direction among letters from the right
    "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
    "阿依古丽·买买提",
    "一行\n又一行\t完",
)
HIDDEN = {
    "张\u200b三": ("U+200B", "第1个字后面", "零宽空格"),
    "张三\u202e丰四": ("U+202E", "第2个字后面", "文字方向改写符"),
    "\u202e丰三张": ("U+202E", "最前面", "文字方向改写符"),
    "\u2067张三": ("U+2067", "最前面", "文字方向嵌入符"),
    "张\x00三": ("U+0000", "第1个字后面", "空字符"),
    "张\x1b三": ("U+001B", "第1个字后面", "控制字符"),
    "张\ufeff三": ("U+FEFF", "第1个字后面", "字节顺序标记"),
    "张\u200d三": ("U+200D", "第1个字后面", "零宽连字符"),
    "a\u200cb": ("U+200C", "第1个字后面", "零宽不连字符"),
    "张\u200e三": ("U+200E", "第1个字后面", "文字方向标记"),
    "a\ufe0fb": ("U+FE0F", "第1个字后面", "不可见字符"),
    "张\U000e0100\U000e0101三": ("U+E0101", "第1个字后面", "不可见字符"),
    "张\u3164三": ("U+3164", "第1个字后面", "不可见字符"),
    "张\ue863三": ("U+E863", "第1个字后面", "造字区字符"),
    "张\ud800三": ("U+D800", "第1个字后面", "不可见字符"),
    "张\U000e0041三": ("U+E0041", "第1个字后面", "不可见字符"),
    "张\ufffe三": ("U+FFFE", "第1个字后面", "不可见字符"),
    "一\u2028二": ("U+2028", "第1个字后面", "不可见字符"),
}


@pytest.mark.parametrize("text", REAL)
def test_what_real_writing_needs_stays(text):
    assert typed.checked(text) == text


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
def test_what_nobody_sees_is_named_by_code_and_place(text):
    with pytest.raises(ValidationError) as refused:
        typed.checked(text)
    for words in HIDDEN[text]:
        assert words in refused.value.messages[0]
    assert "请删去" in refused.value.messages[0]


@pytest.mark.parametrize(
    "end", ["\ufeff", "\u200b", "\u00ad", "\u200e", "\u00a0", "\u3000"]
)
def test_what_changes_nothing_at_the_ends_is_taken_off(end):
    assert typed.checked(f"{end} 张三 {end}{end}") == "张三"


def test_a_number_copied_in_its_frame_of_direction_is_the_number():
    assert typed.checked("\u202a13800138000\u202c") == "13800138000"


def test_what_is_nothing_but_unseen_is_blank():
    field = typed.Text()
    with pytest.raises(ValidationError, match="请填写或者选择这一项"):
        field.clean("\u200b\ufeff")


@pytest.mark.parametrize("number", ["2147483648", "9" * 400, "-2147483648"])
def test_a_number_that_no_database_keeps_is_refused_in_our_words(number):
    with pytest.raises(ValidationError, match=r"不能大于2147483647|不能小于1") as refused:
        typed.Whole(min_value=1).clean(number)
    assert "请确保" not in refused.value.messages[0]


def test_words_searched_for_lose_what_nobody_sees():
    assert typed.sought(" 备\u200b案\x00表\u202e ", 3) == "备案表"


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in (ROOT / "src" / "mingtang_web").rglob("*.py"):
        if path.name == "typed.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield str(path), node


def test_every_form_of_the_site_takes_text_and_numbers_through_one_room():
    ours = {
        "CharField",
        "EmailField",
        "RegexField",
        "IntegerField",
        "SlugField",
        "URLField",
    }
    astray = [
        (path, node.lineno)
        for path, node in calls()
        if isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "forms"
        and node.func.attr in ours
        and "PasswordInput" not in ast.dump(node)
    ]
    assert astray == []


def test_no_field_of_a_form_made_from_a_table_goes_another_way():
    for found in walk_packages(mingtang_web.__path__, "mingtang_web."):
        if re.search(r"\.(desk|portal)\.", found.name):
            import_module(found.name)
    kinds = [*forms.Form.__subclasses__(), *forms.ModelForm.__subclasses__()]
    seen = 0
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if not kind.__module__.startswith(("mingtang_web.desk", "mingtang_web.portal")):
            continue
        for name, field in kind.base_fields.items():
            seen += 1
            secret = isinstance(field.widget, forms.PasswordInput)
            plain = isinstance(field, forms.CharField) and not secret
            looked_at = isinstance(field, typed._Typed | RichTextField)
            assert not plain or looked_at, (kind, name)
    assert seen > 100


REGISTERED = {
    "channel": "in_person", "arrived": "2026-03-02", "kind": "person", "key": "k" * 20,
    "late": "试办",
    "name": "何小满", "description": "请提供一号楼备案表。", "delivery": "post",
    "subject": "一号楼备案表",
}  # fmt: skip


@pytest.fixture
def clerk(office: Office, client):
    client.force_login(office.clerk)
    return client


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "何\u200b小满"), ("subject", "一号\u202e楼"), ("description", "备\x00案")],
)
def test_the_desk_refuses_it_at_its_field_and_loses_nothing(office, clerk, field, value):
    sent = REGISTERED | {"body": office.housing.pk, field: value}
    page = clerk.post("/cases/new/", sent).text
    assert f'href="#id_{field}"' in page
    assert "看不见的字符" in page
    assert value in page
    assert not Case.objects.exists()


def test_the_desk_takes_off_the_ends(office, clerk):
    sent = REGISTERED | {"body": office.housing.pk, "name": "\ufeff何小满\u200b"}
    clerk.post("/cases/new/", sent)
    assert for_letters(Case.objects.get().applicant).name == "何小满"


@pytest.mark.usefixtures("office")
def test_a_search_with_what_no_database_keeps_finds_and_does_not_fall(client):
    assert client.get("/ask/?q=%00西山").status_code == 400
    assert "西山区" in client.get("/ask/?q=西\u200b山").text


def test_the_public_is_told_where(office):
    citizen = Citizen()
    citizen.chooses(office.housing)
    for page, said in (("kind", {"kind": "person"}), ("who", {"name": "何小满"})):
        citizen.client.post(f"/ask/{page}/", said)
    answer = citizen.client.post("/ask/what/", {**WHAT, "subject": "青云\u202e小区"})
    assert answer.status_code == 200
    assert "第2个字后面有看不见的字符：文字方向改写符（U+202E）" in answer.text


def test_a_cell_of_an_old_ledger_is_refused_by_code_and_column_alone(office):

    text = "编号,申请日期,收到日期,申请方式,申请人类别,申请人,申请内容\n"
    row = "1,2026-03-02,2026-03-02,当面,个人,何\u200b小满,备案表\n"
    table = read((text + row).encode("utf-8-sig"))
    by = By(guess(table), rulebook(office.housing), DAY)
    with pytest.raises(RefusedError) as refused:
        taken(table, table.rows[0], by)
    [one] = refused.value.refused
    assert one.column == "申请人"
    assert one.reason == "第1个字后面有看不见的字符：零宽空格（U+200B）"
    assert "何" not in f"{one.reason}{one.advice}"


def test_the_name_of_an_upload_comes_without_what_nobody_sees():
    sent = {"file": SimpleUploadedFile("表\u202exls.exe", b"x")}
    [upload] = RequestFactory().post("/", sent).FILES.values()
    assert upload.name == "表xls.exe"
