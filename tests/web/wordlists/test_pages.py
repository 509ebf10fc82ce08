"""The screens of word lists: begun, filled from files, retired, by whom."""

from __future__ import annotations

import io
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from mingtang_web.wordlists.models import Listed, ListOfWords
from tests.web.wordlists.test_wordlists import NEW, OLD, listed

KEY = "k" * 32


def sheet(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = [["错的写法", "对的写法"], [OLD, NEW], ["旧名局", "新名局"]]
FILES = {
    "words.csv": "\n".join(",".join(row) for row in ROWS).encode(),
    "words.txt": "\n".join("\t".join(row) for row in ROWS[1:]).encode("gb18030"),
    "words.xlsx": sheet(ROWS),
}


@pytest.fixture
def page(room, client):
    client.force_login(room.lawyer)
    made = listed(room)
    return partial(sent, client, made), made


def sent(client, made, act, key=KEY, **more):
    made.refresh_from_db()
    said = {"key": key, "version": made.version, **more}
    return client.post(f"/words/{made.pk}/{act}/", said)


def test_a_list_is_begun_once(room, client):
    client.force_login(room.lawyer)
    said = {"key": KEY, "version": 0, "name": "本局用词", "owner": "局办公室"}
    said["body"] = room.housing.pk
    for _ in range(2):
        assert client.post("/words/", said).status_code == 302
    assert ListOfWords.objects.count() == 1
    again = client.post("/words/", said | {"key": "x" * 32})
    assert (again.status_code, "已有同名" in again.text) == (422, True)
    assert "本局用词" in client.get("/words/").text


@pytest.mark.parametrize("name", FILES)
def test_words_are_read_from_a_file(page, name):
    post, made = page
    file = SimpleUploadedFile(name, FILES[name])
    assert post("import", file=file).status_code == 302
    found = made.listed.order_by("pk").values_list("wrong", "right")
    assert list(found) == [(OLD, NEW), ("旧名局", "新名局")]
    assert made.batches.get().source == name


def test_a_faulty_file_names_every_line_and_nothing_comes_in(page):
    post, made = page
    for name, data, lines in (
        ("a.csv", "错的写法,对的写法\n甲,乙\n旧名局,旧名局", (2, 3)),
        ("a.txt", "旧名局\t旧名局\n甲", (1, 2)),
        ("a.csv", "没有的列\n甲乙", (1,)),
    ):
        said = post("import", file=SimpleUploadedFile(name, data.encode()))
        assert said.status_code == 422
        assert all(f"第{line}行" in said.text for line in lines)
    said = post("import", file=SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken"))
    assert (said.status_code, "打不开" in said.text) == (422, True)
    assert not made.listed.exists()


def test_a_word_is_added_found_and_retired(page, client):
    post, made = page
    said = {"wrong": OLD, "right": NEW, "kind": "wording"}
    assert post("add", **said).status_code == 302
    assert OLD in client.get(f"/words/{made.pk}/?q=老城").text
    assert OLD not in client.get(f"/words/{made.pk}/?q=丙丁").text
    row = Listed.objects.get()
    said = post("retire", key="y" * 32, word=row.pk, note="")
    assert said.status_code == 422
    said = post("retire", key="z" * 32, word=row.pk, note="恢复原名")
    assert said.status_code == 302
    assert OLD not in client.get(f"/words/{made.pk}/").text
    assert "恢复原名" in client.get(f"/words/{made.pk}/?stand=retired").text


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"right": OLD}, "与错的写法相同"),
        ({"since": "2026-05-01", "until": "2026-04-01"}, "早于开始"),
        ({"wrong": "甲"}, "至少"),
        ({"wrong": "张某13812345678"}, "手机号"),
    ],
)
def test_a_word_that_cannot_be_says_why(page, more, why):
    post, made = page
    said = post("add", **({"wrong": OLD, "right": NEW, "kind": "wording"} | more))
    assert (said.status_code, why in said.text) == (422, True)
    assert not made.listed.exists()


def test_whoever_does_not_keep_lists_reads_those_that_hold(room, client, page):
    post, made = page
    client.force_login(room.clerk)
    shown = client.get(f"/words/{made.pk}/")
    assert (shown.status_code, "加一个词" in shown.text) == (200, False)
    said = {"wrong": OLD, "right": NEW, "kind": "wording"}
    assert post("add", **said).status_code == 403
    new = {"key": KEY, "version": 0, "name": "另一", "owner": "局"}
    assert client.post("/words/", new).status_code == 403
    client.force_login(room.stranger)
    assert client.get(f"/words/{made.pk}/").status_code == 404
    assert post("add", **said).status_code == 404


def test_a_list_from_above_is_seen_below_and_not_beside(room, client):
    above = listed(room, body=room.office)
    client.force_login(room.clerk)
    assert client.get(f"/words/{above.pk}/").status_code == 200
    own = listed(room)
    client.force_login(room.administrator)
    assert own.name in client.get("/words/").text
