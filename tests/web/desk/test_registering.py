"""A request of any channel is registered once, with its day, its term and why."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from mingtang_web.applicants.actions import open_text
from mingtang_web.cases.models import Case
from mingtang_web.desk.registering import registered
from mingtang_web.ledger.models import Entry
from mingtang_web.numbering.models import NumberSeries
from tests.web.cases.requests import Office, at

D = date
TODAY = D(2026, 3, 2)


@pytest.fixture
def sent(office: Office, client) -> dict[str, object]:
    client.force_login(office.clerk)
    page = client.get("/cases/new/").text
    return {
        "body": office.housing.pk,
        "channel": "in_person",
        "arrived": "2026-03-02",
        "kind": "person",
        "name": "何小满",
        "identity_kind": "身份证",
        "identity_number": "11010119900307 0134",
        "phone": "13800138000",
        "address": "西山区柳林路七号",
        "description": "想要我家那栋楼的竣工验收备案表复印件。",
        "subject": "青云小区一号楼竣工验收备案表",
        "delivery": "post",
        "key": re.search(r'name="key" value="(\w+)"', page)[1],
    }


def test_a_receipt_tells_number_day_and_working(client, sent):
    page = client.post("/cases/new/", sent, follow=True).text
    case = Case.objects.get()
    assert open_text(case.applicant, case.description) == sent["description"]
    for words in ("2026-0001", "2026-03-02", "提交之日", "2026-03-30", "起算当日，不计入"):
        assert words in page
    assert "何*" in page
    assert "何小满" not in page
    assert "还缺" not in page


def test_a_form_sent_twice_is_one_case(client, sent):
    first = client.post("/cases/new/", sent)
    again = client.post("/cases/new/", sent | {"looked_at": str(Case.objects.get().pk)})
    assert first.headers["Location"] == again.headers["Location"]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database")
def test_one_form_that_comes_in_twice_at_once_is_one_case():
    with at(D(2026, 3, 2)):
        office = Office()
        office.registered()

        def send(_: int) -> str:
            try:
                return registered(office.request(), office.clerk, "once").number
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            numbers = set(pool.map(send, range(4)))
        assert numbers == {"2026-0002"}
        assert Case.objects.count() == 2
        assert NumberSeries.objects.get().last == 2


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"arrived": "2026-03-03"}, "arrived", "还没有到"),
        ({"arrived": "2019-01-02"}, "arrived", "旧台账导入"),
        ({"channel": ""}, "channel_0", "请填写"),
        ({"channel": "oral"}, "read_back", "念给申请人听"),
        ({"identity_number": "110101199003070135"}, "identity_number", "校验码"),
        ({"identity_kind": ""}, "identity_kind", "什么证件"),
        ({"identity_number": ""}, "identity_number", "没有提供"),
        ({"identity_kind": "统一社会信用代码"}, "identity_number", "校验码"),
        ({"subject": "何小满家的备案表"}, "subject", "第1个字起的“何*”像是申请人的姓名"),
        ({"subject": "问13900139000的备案"}, "subject", "手机号码"),
        ({"phone": "电话没有"}, "phone", "只写数字"),
        ({"postcode": "12"}, "postcode", "6位数字"),
        ({"name": ""}, "name", "请填写"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(
    client, sent, changed, field, words
):
    page = client.post("/cases/new/", sent | changed).text
    assert f'href="#id_{field}"' in page
    assert words in page.replace("&quot;", '"')
    for kept in ("西山区柳林路七号", "想要我家那栋楼"):
        assert kept in page
    assert not Case.objects.exists()


def test_a_name_that_is_a_coincidence_may_stay(client, sent):
    asked = sent | {"name": "青云", "subject": "青云小区备案表"}
    page = client.post("/cases/new/", asked).text
    assert 'name="coincidence"' in page
    client.post("/cases/new/", asked | {"coincidence": "on"})
    assert Case.objects.get().subject == "青云小区备案表"


def test_a_likely_repeat_is_shown_before_anything_is_kept(client, sent):
    client.post("/cases/new/", sent)
    asked = sent | {"key": "another", "subject": "青云小区一号楼的竣工验收备案表"}
    page = client.post("/cases/new/", asked).text
    assert "可能是重复申请" in page
    assert "同一申请人" in page
    assert f"/{Case.objects.get().pk}/" in page
    looked_at = re.search(r'name="looked_at" value="([\d,]+)"', page)[1]
    client.post("/cases/new/", asked | {"looked_at": looked_at})
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("plain_post", "今天就要做"),
        ("online", "双方确认之日为收到之日"),
        ("fax", "双方确认之日为收到之日"),
    ],
)
def test_what_is_not_confirmed_says_what_to_do(client, sent, channel, words):
    page = client.post("/cases/new/", sent | {"channel": channel}, follow=True).text
    assert words in page
    assert "确认收到之后起算" in page


def test_an_oral_request_counts_from_the_day_it_was_made(client, sent):
    asked = sent | {"channel": "oral", "read_back": "on", "confirmation": "当场核对签字"}
    page = client.post("/cases/new/", asked, follow=True).text
    assert "比照当面提交" in page
    case = Case.objects.get()
    assert (case.channel, case.received) == ("oral", D(2026, 3, 2))
    assert Entry.objects.get().content["came"] == "oral"


def test_what_is_lacking_is_no_reason_to_turn_away(client, sent):
    bare = {"identity_kind": "", "identity_number": "", "phone": "", "address": ""}
    page = client.post("/cases/new/", sent | bare, follow=True).text
    assert "还缺：身份证明、联系方式、邮寄送达所需的通信地址" in page
    assert "2026-03-11" in page


def test_only_the_front_desk_registers_and_only_for_its_own_body(client, office, sent):
    client.post("/cases/new/", sent | {"body": office.water.pk})
    for somebody, status in ((office.handler, 403), (office.supervisor, 403)):
        client.force_login(somebody)
        assert client.get("/cases/new/").status_code == status
        assert client.post("/cases/new/", sent).status_code == status
    assert not Case.objects.exists()


def test_anothers_receipt_is_not_there(client, office, sent):
    client.post("/cases/new/", sent)
    client.force_login(office.stranger)
    assert client.get(f"/cases/{Case.objects.get().pk}/receipt/").status_code == 404


def test_next_years_days_are_not_made_up(client, sent):
    with at(D(2026, 12, 14)):
        page = client.post(
            "/cases/new/", sent | {"arrived": "2026-12-14"}, follow=True
        ).text
    assert "待定" in page
    assert "国务院办公厅尚未公布2027年放假安排" in page
