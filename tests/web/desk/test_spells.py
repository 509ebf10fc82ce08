"""The screens of figures of periods: entered, tried as a table, opened, struck."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from mingtang_web.files import storing
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.models import Entry
from mingtang_web.spells import actions
from mingtang_web.spells.models import Spell
from tests.web.cases.requests import Office, at
from tests.web.desk.test_authorisation import SPECIFICATION, people
from tests.web.people import person as account
from tests.web.publication.offices import Newsroom
from tests.web.spells.test_spells import PENALTIES, TODAY, D, entered

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

TABLE = SPECIFICATION["spells"]
TYPED = {
    "cell": PENALTIES, "first": "2026-01-01", "last": "2026-03-31", "value": "5",
    "source": "处罚案件系统", "provider": "执法大队",
}  # fmt: skip
HEADS = "项目\t起日\t止日\t数\t出处\t提供\n"
GOOD = (
    f"{HEADS}行政处罚\t2026-01-01\t2026-03-31\t5\t处罚案件系统\t执法大队\n"
    "行政处罚\t2026/4/1\t2026年6月30日\t0\t处罚案件系统\t执法大队\n"
)


@pytest.fixture
def office(db, settings, tmp_path):  # noqa: ARG001 - asked for
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(TODAY):
        yield Office()


def sent(client: Client, office: Office, **more: str) -> HttpResponse:
    said = TYPED | {"key": "k", "body": str(office.housing.pk)} | more
    return client.post(reverse("spell_new"), said)


def tried(client: Client, office: Office, text: str = "", **more: object) -> HttpResponse:
    said = {"key": "k-m", "body": str(office.housing.pk), "text": text}
    return client.post(reverse("spell_many"), said | more)


def seen(page: HttpResponse) -> dict[str, str]:
    form = page.context["form"]
    return {name: str(form[name].value()) for name in ("seen", "text")}


def whys(page: HttpResponse) -> dict[int, tuple[str, ...]]:
    return {each.line.number: each.whys for each in page.context["lines"]}


def test_what_is_entered_is_shown_in_its_year_with_the_days_lacking(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    begun = client.get(f"{reverse('spell_new')}?cell={PENALTIES}&first=2026-01-01").text
    assert f'value="{PENALTIES}" selected' in begun
    page = sent(client, office)
    row = Spell.objects.get()
    assert page.headers["Location"] == reverse("spell", args=[row.pk])
    sent(client, office)  # sent twice
    assert Spell.objects.count() == 1
    text = client.get(reverse("spells"), {"body": office.housing.pk, "year": 2026}).text
    assert "2026-04-01" in text
    assert "2026-12-31" in text
    assert f"cell={PENALTIES}&amp;first=2026-04-01" in text
    assert text.count("没有登记过") == 3
    assert "处罚案件系统" in client.get(reverse("spell", args=[row.pk])).text
    assert client.get(reverse("spells"), {"year": "x"}).status_code == 200
    old = client.get(reverse("spells"), {"body": office.housing.pk, "year": 2020}).text
    assert "其他对外管理服务事项" in old


def test_days_are_missing_in_red_only_once_their_term_is_over(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    entered(office, last=D(2026, 3, 31))
    where = reverse("spells"), {"body": office.housing.pk, "year": 2026}
    goes_on = f"cell={PENALTIES}&amp;first=2026-04-01"
    for on, red, told in (
        (D(2026, 4, 1), False, "尚未到期："),
        (D(2026, 7, 15), False, "待登记（2026-07-15以前）："),
        (D(2026, 7, 16), True, "还缺："),
    ):
        with at(on):
            text = client.get(*where).text
        assert told in text
        assert ("late-text" in text, "还缺：" in text) == (red, red)
        assert (goes_on in text) == (on > D(2026, 4, 1))


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    for more, at_field in (
        ({"value": " "}, "value"),
        ({"last": "2026-07-01"}, "last"),
        ({"first": "2025-12-01"}, "last"),
        ({"document": "没有的号"}, "document"),
        ({"cell": "disclosure/regulations/issued"}, "cell"),
    ):
        page = sent(client, office, **more)
        assert f'href="#id_{at_field}"' in page.text, more
        assert "执法大队" in page.text
    row = entered(office)
    assert row.number in sent(client, office).text
    assert Spell.objects.count() == 1


def test_a_figure_is_said_anew_and_its_history_says_what_changed(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    row = entered(office)
    amend = reverse("spell_amend", args=[row.pk])
    assert 'value="12"' in client.get(amend).text
    said = TYPED | {"key": "k-a", "version": "1", "value": "13", "last": "2026-06-30"}
    assert client.post(amend, said | {"why": ""}).status_code == 200
    assert client.post(amend, said | {"why": "补报一件"}).status_code == 302
    page = client.get(reverse("spell", args=[row.pk])).text
    assert "<del>12</del> → <ins>13</ins>" in page
    assert "原因：补报一件" in page
    assert "已有新的登记" in client.post(amend, said | {"why": "试", "key": "k-b"}).text


def test_what_is_struck_is_listed_apart(office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    row = entered(office)
    strike = reverse("spell_strike", args=[row.pk])
    assert client.post(strike, {"key": "k", "version": "1", "why": ""}).status_code == 422
    client.post(strike, {"key": "k", "version": "1", "why": "重复"})
    page = client.get(reverse("spells"), {"body": office.housing.pk, "year": 2026})
    assert [each.pk for each in page.context["struck"]] == [row.pk]
    assert page.text.count("没有登记过") == 4
    assert "补充或者更正</a>" not in client.get(reverse("spell", args=[row.pk])).text


def test_a_table_is_tried_without_a_trace_and_entered_as_it_was_tried(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    before = Entry.objects.count()
    page = tried(client, office, GOOD, enter="1")  # never tried: only tried now
    assert whys(page) == {2: (), 3: ()}
    assert "还没有登记" in page.text
    assert (Spell.objects.count(), Entry.objects.count()) == (0, before)
    known = seen(page)
    other = known | {"text": known["text"].replace(",5,", ",6,")}
    assert tried(client, office, enter="1", **other).status_code == 200
    assert not Spell.objects.exists()
    done = tried(client, office, enter="1", **known)
    assert done.headers["Location"].endswith("&year=2026")
    assert [row.value for row in Spell.objects.order_by("first")] == ["5", "0"]


def test_every_line_that_cannot_be_says_why_and_none_is_entered(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    row = entered(office, cell="disclosure/coercion/decisions")
    text = HEADS + "\n".join((
        "行政处罚\t2026-01-01\t2026-03-31\t5\t处罚案件系统\t执法大队",
        "行政处罚\t2026-03-31\t2026-06-30\t5\t处罚案件系统\t执法大队",
        "行政处罚\t2026-06-31\t2026-07-30\t5\t处罚案件系统\t执法大队",
        "行政裁决\t2026-01-01\t2026-03-31\t5\t处罚案件系统\t执法大队",
        "行政强制\t2026-01-01\t2026-03-31\t1\t登记簿\t执法大队",
        "行政许可\t2026-01-01\t2026-03-31\t\t审批系统\t审批股",
        "行政许可\t一季度\t2026-03-31\t1\t审批系统\t审批股",
    ))  # fmt: skip
    page = tried(client, office, text)
    found = {n: "".join(said) for n, said in whys(page).items()}
    assert found[2] == ""
    assert "本表第 2 行" in found[3]
    assert "2026年6月没有31日" in found[4]
    assert "行政强制" in found[5]
    assert row.number in found[6]
    assert "填 0" in found[7]
    assert "读不出" in found[8]
    assert tried(client, office, enter="1", **seen(page)).status_code == 200
    assert Spell.objects.count() == 1
    for wrong, why in (("项目\n行政处罚\n", "标题行里没有"), ("", "请粘贴表格")):
        assert why in tried(client, office, wrong).text


def test_a_workbook_comes_into_the_field_and_is_tried(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2026年行政处罚统计"])
    sheet.append(["项目", "开始日期", "结束日期", "件数", "数据来源", "提供单位"])
    sheet.append(["行政处罚", date(2026, 1, 1), date(2026, 3, 31), 5, "处罚案件系统", "队"])
    file = io.BytesIO()
    book.save(file)
    page = tried(client, office, file=SimpleUploadedFile("甲.xlsx", file.getvalue()))
    assert whys(page) == {3: ()}
    done = tried(client, office, enter="1", **seen(page))
    assert done.status_code == 302
    assert Spell.objects.get().value == "5"
    bad = SimpleUploadedFile("乙.xlsx", b"PK\x03\x04 not a workbook")
    assert "打不开" in tried(client, office, file=bad).text


def test_only_a_public_document_bears_a_figure(db, client: Client) -> None:  # noqa: ARG001
    with at(D(2026, 4, 2)):
        room = Newsroom()
        public, draft = room.published(title="一季度处罚情况"), room.drafted()
        client.force_login(room.clerk)
        assert "没有索引号" in sent(client, room, document=draft.index_number).text
        assert sent(client, room, document=public.index_number).status_code == 302
        row = Spell.objects.get()
        assert row.document_id == public.pk
        assert "一季度处罚情况" in client.get(reverse("spell", args=[row.pk])).text


def test_a_year_is_taken_away_as_files_that_run_nothing(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    entered(office, source="=HYPERLINK(1)", value="12", last=D(2026, 3, 31))
    gone = entered(office, cell="disclosure/coercion/decisions", provider="@大队")
    actions.strike(gone, Doing(office.clerk, 1, note="重复"))
    entered(office, first=D(2025, 1, 1), last=D(2025, 1, 31))
    year = {"body": office.housing.pk, "year": 2026}
    page = client.get(reverse("spells"), year).text
    for kind in ("csv", "xlsx"):
        where = f"{reverse('spell_export', args=[kind])}?body={office.housing.pk}"
        assert f"{where}&amp;year=2026" in page
    answer = client.get(reverse("spell_export", args=["csv"]), year)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["状态"] for row in found] == ["已作废", "有效"]
    assert found[1]["出处"] == "'=HYPERLINK(1)"
    assert found[0]["提供"] == "'@大队"
    book = client.get(reverse("spell_export", args=["xlsx"]), year).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert len(rows) == 3
    assert rows[2][5:7] == [12, "=HYPERLINK(1)"]
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "n"}
    assert client.get(reverse("spell_export", args=["pdf"]), year).status_code == 404
    client.force_login(account("passer", "路人"))
    for kind in ("csv", "xlsx"):
        assert client.get(reverse("spell_export", args=[kind]), year).status_code == 404


def test_what_was_taken_away_can_be_entered_as_a_table(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    row = entered(office)
    year = {"body": office.housing.pk, "year": 2026}
    taken = client.get(reverse("spell_export", args=["csv"]), year).content.decode()
    actions.strike(row, Doing(office.clerk, 1, note="重复"))
    assert whys(tried(client, office, taken)) == {2: ()}


def test_evidence_is_taken_in_shown_and_given_to_whoever_sees_the_figure(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    row = entered(office)
    where, page = reverse("spell_evidence", args=[row.pk]), reverse("spell", args=[row.pk])
    assert "没有附凭据" in client.get(page).text
    said = {"key": "k-e", "version": "1", "name": "一季度统计表"}
    sent = client.post(where, said)
    assert sent.status_code == 422
    assert 'href="#refused"' in sent.text
    bad = SimpleUploadedFile("甲.exe", b"MZ\x90\x00" + b"\0" * 200)
    refused = client.post(where, said | {"file": bad})
    assert "已被隔离" in refused.text
    assert 'value="一季度统计表"' in refused.text
    file = SimpleUploadedFile("甲.txt", "处罚12件".encode())
    assert client.post(where, said | {"file": file}).headers["Location"] == page
    kept = row.evidence.get()
    place = reverse("spell_evidence_file", args=[row.pk, kept.pk])
    for person in (office.lawyer, office.supervisor, office.clerk):
        client.force_login(person)
        assert place in client.get(page).text
        answer = client.get(place)
        assert answer.content == "处罚12件".encode()
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    other = entered(office, cell="disclosure/coercion/decisions")
    wrong = reverse("spell_evidence_file", args=[other.pk, kept.pk])
    assert client.get(wrong).status_code == 404
    storing._place(kept.file.stored).write_bytes(b"altered")
    assert "可能被改动" in client.get(place, follow=True).text


SENT = {
    "strike": {"why": "试"}, "amend": TYPED | {"why": "试"}, "enter": TYPED, "attach": {},
}  # fmt: skip


@pytest.mark.parametrize("act", TABLE)
def test_every_act_is_for_whom_the_table_says(office: Office, act: str) -> None:
    row = entered(office, first=D(2026, 4, 1))
    for name, client in people(office).items():
        before = Entry.objects.count()
        with transaction.atomic():
            got = attempted(client, office, row, act)
            wrote = Entry.objects.count() - before
            transaction.set_rollback(True)
        if name == "nobody":
            assert (got, wrote) == ("login", 0)
            continue
        allowed = name in TABLE[act]
        expected = "done" if allowed else "nothing" if name == "stranger" else "no"
        assert got == expected, (name, act)
        assert (wrote > 0) == (allowed and act != "see"), (name, act)


def attempted(client: Client, office: Office, row: Spell, act: str) -> str:
    """How the site answered whoever tried an act, in a word."""
    fresh = act in {"enter", "many"}
    if act == "see":
        answer = client.get(reverse("spell", args=[row.pk]))
        year = {"body": office.housing.pk, "year": 2026}
        assert (row.number in client.get(reverse("spells"), year).text) == (
            answer.status_code == 200
        )
    elif act == "many":
        answer = tried(client, office, GOOD.splitlines()[0] + "\n" + GOOD.splitlines()[1])
        if answer.status_code == 200 and answer.context["lines"]:
            answer = tried(client, office, enter="1", **seen(answer))
    else:
        said = SENT[act] | {"key": "k", "version": "1", "body": str(office.housing.pk)}
        of = [] if act == "enter" else [row.pk]
        name = {"enter": "spell_new", "attach": "spell_evidence"}.get(act, f"spell_{act}")
        if act == "attach":
            said |= {"name": "表", "file": SimpleUploadedFile("甲.txt", b"12")}
        answer = client.post(reverse(name, args=of), said)
    if answer.headers.get("Location", "").startswith("/accounts/login/"):
        return "login"
    if fresh and answer.status_code == 200:
        return "nothing"  # somebody of another body, who may not choose this one
    if fresh and answer.status_code == 404:
        return "no"
    return {200: "done", 302: "done", 403: "no", 404: "nothing"}[answer.status_code]


def test_whoever_may_not_write_is_offered_nothing(office: Office, client: Client) -> None:
    row = entered(office)
    for person in (office.lawyer, office.supervisor):
        client.force_login(person)
        assert 'action="/spells/' not in client.get(reverse("spell", args=[row.pk])).text
        year = {"body": office.housing.pk, "year": 2026}
        assert "/spells/new/" not in client.get(reverse("spells"), year).text


def test_pages_take_a_fixed_number_of_queries(
    office: Office, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(office.clerk)
    for month in range(1, 7):
        days = D(2026, month, 1), D(2026, month, 28)
        row = entered(office, first=days[0], last=days[1])
    with django_assert_max_num_queries(10):
        client.get(reverse("spells"), {"body": office.housing.pk, "year": 2026})
    with django_assert_max_num_queries(10):
        client.get(reverse("spell", args=[row.pk]))
