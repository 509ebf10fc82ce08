"""Reading aids: another script and strong contrast, and nothing that is sent changes."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.portal.aids import traditional

BACK = {"next": "/search/?q=后台"}


@pytest.mark.usefixtures("db")
def test_a_page_is_read_in_traditional_script_and_sends_what_it_sent() -> None:
    client = Client()
    before = client.get(BACK["next"]).text
    sent = client.post("/reading/script/", BACK)
    assert sent.status_code == 302
    assert unquote(sent["Location"]) == BACK["next"]
    page = client.get(BACK["next"])
    assert "Cookie" in page["Vary"]
    assert 'lang="zh-hant"' in page.text
    assert "政府信息公開" in page.text
    assert "繁體由系統轉換，以簡體爲準" in page.text
    fields = re.compile(r'<input[^>]*?name="([^"]*)"[^>]*?value="([^"]*)"')
    kept = [each for each in fields.findall(page.text) if "csrf" not in each[0]]
    assert kept == [each for each in fields.findall(before) if "csrf" not in each[0]]
    assert ("q", "后台") in kept
    links = re.compile(r'(?:href|action|src)="([^"]*)"')
    assert links.findall(page.text) == links.findall(before)
    client.post("/reading/script/", BACK)
    assert 'lang="zh-hans"' in client.get("/search/").text


@pytest.mark.usefixtures("db")
def test_contrast_is_turned_on_and_off_and_back_leads_nowhere_else() -> None:
    client = Client()
    assert "contrast" not in client.get("/search/").text.split("<body")[0]
    away = client.post("/reading/contrast/", {"next": "https://elsewhere.example/"})
    assert away["Location"] == "/"
    assert 'class=" contrast"' in client.get("/search/").text
    client.post("/elder/", BACK)
    assert 'class="elder contrast"' in client.get("/search/").text
    client.post("/reading/contrast/", BACK)
    assert 'class="elder"' in client.get("/search/").text
    assert client.post("/reading/none/", BACK).status_code == 404
    assert client.get("/reading/script/").status_code == 405


@pytest.mark.usefixtures("db")
def test_what_is_no_page_of_the_public_stays_as_it_is() -> None:
    client = Client()
    client.post("/reading/script/", BACK)
    assert 'lang="zh-hans"' in client.get("/accounts/login/").text
    assert client.get("/robots.txt").text == Client().get("/robots.txt").text


@given(st.text("后台<>\"'&;ab/发 \n", max_size=60))
def test_only_words_are_altered_whatever_stands_there(words: str) -> None:
    made = traditional(words)
    back = made.replace("後", "后").replace("臺", "台").replace("發", "发")
    assert back.replace("颱", "台").replace("髮", "发") == words


def test_what_a_script_or_a_person_wrote_is_kept() -> None:
    page = "<script>后()</script><textarea>发</textarea><!-- 发 --><option value='发'>发"
    assert traditional(page) == page[:-1] + "發"
