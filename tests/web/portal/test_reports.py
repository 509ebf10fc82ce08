"""Published reports: found and read by whoever asks, and nothing else is."""

from __future__ import annotations

import hashlib

from django.test import Client

import mingtang
from mingtang_web import clock
from mingtang_web.annual import publishing, reviewing
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Annual
from tests.web.annual.reports import JANUARY, Bureau, by
from tests.web.portal.citizens import Citizen

TODAY = JANUARY


def where(annual: Annual, kind: str = "") -> str:
    return f"/reports/{annual.body.code}/{annual.year}/" + (f"{kind}/" if kind else "")


def test_nothing_is_read_before_it_is_published(bureau: Bureau) -> None:
    annual = bureau.finished()
    for step in (bureau.signed, lambda held: held):
        assert Client().get(where(annual)).status_code == 404
        assert Client().get(where(annual, "pdf")).status_code == 404
        assert "还没有公布年度报告" in Client().get("/reports/").text
        annual = step(annual)
    annual.refresh_from_db()
    reviewing.withdraw(annual, by(bureau.approver, annual, "签早了"))
    assert Client().get(where(annual)).status_code == 404


def test_what_was_published_is_read_and_taken_away_as_it_was_signed(bureau: Bureau) -> None:
    annual = bureau.published(bureau.finished())
    for asked in ("", "?year=2026", "?year=99999999999999999999", "?year=x"):
        assert f'href="{where(annual)}"' in Client().get(f"/reports/{asked}").text
    page = Client().get(where(annual)).text
    assert "档案分存两处，查找慢。" in page
    assert page.count('class="printed') == 3
    for row in annual.outputs.select_related("file"):
        file = Client().get(where(annual, row.format))
        assert hashlib.sha256(file.content).hexdigest() == row.file.sha256
    read_back = mingtang.read(Client().get(where(annual, "xlsx")).content).report
    signed = frozen(annual).facts
    assert {cell: each.value for cell, each in read_back.facts.items()} == {
        cell: each.value for cell, each in signed.items()
    }
    assert Client().get(where(annual, "exe")).status_code == 404


def test_a_withdrawn_report_leaves_a_note_and_a_correction_takes_its_place(
    bureau: Bureau,
) -> None:
    annual = bureau.published(bureau.finished())
    reviewing.withdraw(annual, by(bureau.approver, annual, "内部查出数字不对"))
    gone = Client().get(where(annual))
    assert gone.status_code == 410
    assert "已经撤回" in gone.text
    assert "内部查出" not in gone.text  # said in the house, to the house
    assert "档案分存两处" not in gone.text
    assert Client().get(where(annual, "pdf")).status_code == 410
    assert not publishing.public().exists()
    annual.refresh_from_db()
    second = reviewing.correct(annual, by(bureau.approver, annual, "更正表二"))
    assert Client().get(where(annual)).status_code == 410
    bureau.published(bureau.worded(second))
    page = Client().get(where(annual))
    assert page.status_code == 200
    assert "第2版" in page.text


def test_whoever_asks_sees_first_what_is_public_already(bureau: Bureau) -> None:
    annual = bureau.published(bureau.finished())
    citizen = Citizen()
    citizen.chooses(bureau.housing)
    found = citizen.client.get("/ask/look/?q=工程验收 2026").text
    assert f'href="{where(annual)}"' in found
    assert "工程验收结果都在区政府网站公开" in found
    assert "没有找到" in citizen.client.get("/ask/look/?q=地铁").text
    assert not list(publishing.found(bureau.water, "验收"))
    assert clock.today() == annual.published_on


def test_where_only_other_bodies_published_the_missing_search_is_explained(
    bureau: Bureau,
) -> None:
    citizen = Citizen()
    citizen.chooses(bureau.water)
    told = f"还没有收录{bureau.water.name}公开的内容，所以不设查找"
    before = citizen.client.get("/ask/look/").text
    assert told in before
    assert "其他机关的年度报告" not in before
    bureau.published(bureau.finished())
    after = citizen.client.get("/ask/look/").text
    assert told in after
    assert 'href="/reports/"' in after.partition("其他机关的年度报告")[0][-60:]
    citizen.chooses(bureau.housing)
    own = citizen.client.get("/ask/look/").text
    assert 'id="id_q"' in own
    assert "不设查找" not in own
    assert "其他机关的年度报告" not in own


def test_a_file_that_is_not_what_was_signed_is_neither_shown_nor_found(
    bureau: Bureau,
) -> None:
    annual = bureau.published(bureau.finished())
    files = [annual.snapshot, *(row.file for row in annual.outputs.select_related("file"))]
    for kept in files:
        type(kept).objects.filter(pk=kept.pk).update(sha256="0" * 64)
    for place in (where(annual), where(annual, "pdf")):
        answer = Client().get(place)
        assert answer.status_code == 503
        assert "与签发时不一致" in answer.text
    assert not list(publishing.found(bureau.housing, "工程验收"))
