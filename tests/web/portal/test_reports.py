"""Published reports: found and read by whoever asks, and nothing else is."""

from __future__ import annotations

import hashlib

from django.test import Client

import mingtang
from mingtang_web import clock
from mingtang_web.annual import actions, publishing, reviewing
from mingtang_web.annual.compiling import frozen, last_wordings
from mingtang_web.annual.models import Annual
from tests.web.annual.reports import JANUARY, Bureau, by
from tests.web.portal.citizens import Citizen

TODAY = JANUARY
LICENCES = "disclosure/licensing/decisions"
WHY = "表二行政许可少计一件"


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
    assert "更正原因：</strong>更正表二" in page.text
    assert "已经撤回" in page.text
    assert "改了的" not in page.text  # nothing of what was withdrawn
    assert Client().get(where(annual, "issue/1")).status_code == 410
    assert Client().get(where(annual, "issue/1/pdf")).status_code == 410


def corrected(bureau: Bureau) -> tuple[Annual, Annual]:
    """A published report, and another issue of it with one figure and its words mended."""
    first = bureau.published(bureau.finished())
    second = reviewing.correct(first, by(bureau.approver, first, WHY))
    second = actions.enter(second, {LICENCES: "32"}, "执法台账", by(bureau.clerk, second))
    for section, before, after in (
        (5, "档案分存两处", "档案分存三处"),
        (1, "行政许可决定31件", "行政许可决定32件"),
    ):
        last = last_wordings(second)[section]
        assert before in last.text
        said = last.text.replace(before, after)
        actions.word(second, section, said, last.number, by(bureau.clerk, second))
    second.refresh_from_db()
    return first, second


def test_a_correction_tells_what_changed_on_its_page_and_in_its_json(
    bureau: Bureau,
) -> None:
    first, second = corrected(bureau)
    bureau.published(second)
    page = Client().get(where(first)).text
    assert WHY in page
    assert "<del>31</del> → <ins>32</ins>" in page
    assert "<del>档案分存两处，查找慢。</del>" in page
    [told] = Client().get(where(first, "json")).json()["remarks"]["corrections"]
    assert (told["issue"], told["reason"], told["on"]) == (1, WHY, "2027-01-12")
    assert [(each["cell"], each["before"], each["after"]) for each in told["figures"]] == [
        (LICENCES, "31", "32")
    ]
    assert [each["after"] for each in told["sentences"]] == [
        "作出行政许可决定32件、行政处罚决定7件、行政强制决定0件。",
        "档案分存三处，查找慢。",
    ]


def test_what_a_correction_replaced_is_read_as_it_was_published_and_marked(
    bureau: Bureau,
) -> None:
    first, second = corrected(bureau)
    assert "已被" not in Client().get(where(first, "issue/1")).text
    assert Client().get(where(first, "issue/2")).status_code == 404
    bureau.published(second)
    assert f'href="{where(first, "issue/1")}"' in Client().get(where(first)).text
    old = Client().get(where(first, "issue/1")).text
    assert "已被 2027-01-12 公布的更正的一版代替" in old
    assert "档案分存两处" in old
    assert "档案分存三处" not in old
    assert f'href="{where(first, "issue/1/pdf")}"' in old
    row = first.outputs.select_related("file").get(format="pdf")
    data = Client().get(where(first, "issue/1/pdf")).content
    assert hashlib.sha256(data).hexdigest() == row.file.sha256
    assert Client().get(where(first, "issue/3")).status_code == 404


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
