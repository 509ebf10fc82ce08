"""The pages of a clean-up: what is over apart, only what was touched is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mingtang_web.publication import cleaning
from mingtang_web.publication.cleaning import Concluded
from mingtang_web.publication.cleanups import CleanUp
from mingtang_web.publication.norming import Happened
from tests.web.publication.norms import happen, stock
from tests.web.publication.offices import TODAY
from tests.web.publication.test_cleaning import concluded, opened, sign
from tests.web.publication.test_screens import sent, signed_in


@pytest.fixture
def campaign(room) -> CleanUp:
    for day in range(1, 4):
        stock(room, date(2019, 1, day), title=f"第{day}号办法")
    return opened(room)


def filled(page: str) -> dict[str, str]:
    """What a browser would send of a worklist that nobody touched."""
    rows = re.findall(r'<input[^>]*name="(\d+-\w+)"[^>]*>', page)
    said = dict.fromkeys((name for name in rows if "-conclusion" not in name), "")
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="(\d+-\w+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        radio = 'type="radio"' in tag
        if name and value and (not radio or "checked" in tag):
            said[name[1]] = value[1].replace("&quot;", '"')
    return sent(page) | said


def test_only_the_rows_that_were_touched_are_told(room, campaign):
    client, place = signed_in(room.writer), f"/norms/cleanups/{campaign.pk}/"
    first, second, third = (each.pk for each in campaign.items.all())
    said = filled(client.get(place).content.decode())
    said |= {f"{first}-conclusion": "keep", f"{second}-reason": "任务完成"}
    answer = client.post(f"{place}conclude/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    wrong = re.findall(r'<li><a href="#id_(\d+)-(\w+?)(?:_0)?">', page)
    assert wrong == [(str(first), "reason"), (str(second), "conclusion")]
    assert page.count("field-error") + page.count('class="error-text"') >= 2
    told = page.split(f'name="{third}-reason"')[1].split("</fieldset>")[0]
    assert "error" not in told
    assert "第1号办法：" in page
    said |= {f"{first}-reason": "仍需执行", f"{second}-conclusion": "void"}
    assert client.post(f"{place}conclude/", said).status_code == 302
    found = list(campaign.items.values_list("conclusion", flat=True))
    assert found == ["keep", "void", ""]


def test_an_untouched_row_does_not_undo_what_a_colleague_concluded(room, campaign):
    client, place = signed_in(room.writer), f"/norms/cleanups/{campaign.pk}/"
    first, second, _third = (each.pk for each in campaign.items.all())
    old = {first: Concluded("keep", "仍需执行")}
    campaign = cleaning.conclude(campaign, old, room.doing(room.writer, campaign))
    said = filled(client.get(place).content.decode())
    meanwhile = {first: Concluded("void", "任务完成")}
    cleaning.conclude(campaign, meanwhile, room.doing(room.section, campaign))
    said |= {f"{second}-conclusion": "amend", f"{second}-reason": "须修改"}
    assert client.post(f"{place}conclude/", said).status_code == 302
    assert campaign.items.get(pk=first).conclusion == "void"
    key = sent(client.get(place).content.decode())["key"]
    said |= {f"{first}-reason": "改写的理由", "key": key}
    answer = client.post(f"{place}conclude/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "科长甲已另作结论“宣布失效”" in page
    assert campaign.items.get(pk=first).reason == "任务完成"
    assert client.post(f"{place}conclude/", filled(page)).status_code == 302
    assert campaign.items.get(pk=first).reason == "改写的理由"


def test_what_is_over_is_a_group_of_its_own(room, campaign):
    place = f"/norms/cleanups/{campaign.pk}/"
    campaign = concluded(room, campaign)
    document = campaign.items.get(conclusion="keep").document
    happen(room, document, Happened("repealed", TODAY, "另行废止", by_name="某号"))
    client = signed_in(room.approver)
    page = client.get(place).content.decode()
    assert re.search(r"继续有效 <span[^>]*>0</span>", page)
    assert re.search(r"已不在施行 <span[^>]*>1</span>", page)
    sign(room, campaign)
    page = client.get(place).content.decode()
    assert re.search(r"继续有效 <span[^>]*>0</span>", page)
    assert re.search(r"签发时已不在施行 <span[^>]*>1</span>", page)
    assert "已有结论 3 / 3 件" in page
    assert document.title in client.get(f"{place}?stand=moot").content.decode()
    assert document.title not in client.get(f"{place}?stand=keep").content.decode()


def test_a_reason_that_is_asked_for_is_not_told_to_be_left_out(room, campaign):
    page = signed_in(room.approver).get(f"/norms/cleanups/{campaign.pk}/")
    words = page.content.decode()
    assert re.search(r'<label for="id_abandon_note">理由</label>', words)
    assert re.search(r'<label for="id_sign_note">意见 <span[^>]*>（可不填）', words)
    document = stock(room, date(2018, 1, 1), title="另一份")
    row = document.forceevents.get()
    words = signed_in(room.approver).get(f"/norms/{document.pk}/").content.decode()
    assert f'<label for="id_strike_{row.pk}_note">理由</label>' in words
