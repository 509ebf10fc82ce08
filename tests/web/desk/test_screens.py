"""The screens before any work: what they say, what they cost, what they let through."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import translation

from mingtang_web import clock
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Role
from mingtang_web.bodies.policy import SEE_BODY, NotAllowedError
from mingtang_web.urls import *  # noqa: F403 - the site's own addresses, and two more
from mingtang_web.urls import urlpatterns as site
from tests.web.people import DAY, appointed, body

pytestmark = pytest.mark.django_db


def refusing(request):
    raise NotAllowedError(SEE_BODY, request.user.memberships.get().body)


def breaking(request):  # noqa: ARG001 - Django's signature
    raise ZeroDivisionError


urlpatterns = [*site, path("refusing/", refusing), path("breaking/", breaking)]


def test_home_shows_the_roles_of_today(client, district):
    client.force_login(district.clerk)
    appointed(district.clerk, district.water, Role.HANDLER, until=DAY)
    page = client.get("/").text
    assert "西山区住房和城乡建设局" in page
    assert "登记" in page
    assert "西山区水务局" not in page
    assert "我监督的机关" not in page


def test_whoever_has_no_role_is_told_whom_to_ask(client, district):
    district.clerk.memberships.all().delete()
    client.force_login(district.clerk)
    assert "还没有给您分配角色" in client.get("/").text


def test_home_shows_what_others_lend(client, district):
    today = clock.today()
    lend(
        Delegation(
            lender=district.approver, borrower=district.clerk, body=district.housing,
            since=today, until=today + timedelta(days=1), reason="出差三日",
        )
    )  # fmt: skip
    client.force_login(district.clerk)
    assert "出差三日" in client.get("/").text


def test_home_costs_the_same_for_one_body_and_for_sixty(client, district):
    client.force_login(district.supervisor)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(60):
        body(100 + number, f"西山区第{number}局", district.office)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/").text
    assert len(many) == len(few) <= 16
    assert "64 个" in page


def test_a_person_mends_their_own_card(client, district):
    client.force_login(district.clerk)
    sent = {"display_name": "李新名", "email": "li@example.cn", "phone": "0990-5550001"}
    assert client.post("/profile/", sent | {"username": "root"}, follow=True).text.count(
        "李新名"
    )
    district.clerk.refresh_from_db()
    assert (district.clerk.display_name, district.clerk.username) == ("李新名", "clerk")


def test_what_was_typed_stays_and_the_fault_stands_at_its_field(client, district):
    client.force_login(district.clerk)
    page = client.post("/profile/", {"display_name": "", "email": "不是邮箱"}).text
    assert 'value="不是邮箱"' in page
    assert 'href="#id_email"' in page
    assert 'aria-describedby="id_email_error"' in page
    assert 'aria-invalid="true"' in page


@pytest.mark.urls(__name__)
def test_faults_are_told_in_plain_words(client, district):
    client.force_login(district.clerk)
    client.raise_request_exception = False
    for address, status, words in (
        ("/nothing/", 404, "没有这个页面"),
        ("/refusing/", 403, "没有“查看本机关”的权限"),
        ("/breaking/", 500, "这是系统的问题，不是您的操作有误"),
        ("/accounts/signup/", 403, "不能自行注册"),
    ):
        answer = client.get(address)
        assert (answer.status_code, words in answer.text) == (status, True), address


@pytest.mark.usefixtures("district")
def test_a_form_without_its_token_is_refused(client):
    client.handler.enforce_csrf_checks = True
    answer = client.post("/accounts/login/", {"login": "clerk"})
    assert (answer.status_code, "页面已过期" in answer.text) == (403, True)


def test_a_session_that_ran_out_is_told_and_leads_back(client, district):
    place = "/accounts/login/?next=/cases/"
    assert "登录已过期" not in client.get(place).text
    client.force_login(district.clerk)
    assert client.get("/unsent/still/").json()["who"] == str(district.clerk.pk)
    client.session.flush()
    answer = client.get("/cases/", follow=True)
    assert answer.redirect_chain == [(place, 302)]
    assert "登录已过期，请重新登录" in answer.text
    assert client.get("/unsent/still/").status_code == 302


def test_a_form_that_expired_is_opened_again_with_what_was_kept(client, district):
    client.force_login(district.clerk)
    client.handler.enforce_csrf_checks = True
    answer = client.post("/cases/new/", {})
    assert answer.status_code == 403
    assert 'href="/cases/new/">重新打开这一页' in answer.text
    assert "按“恢复”取回" in answer.text


@pytest.mark.usefixtures("db")
def test_larger_letters_are_a_switch(client):
    assert 'class="elder"' not in client.get("/accounts/login/").text
    assert (
        client.post("/elder/", {"next": "/accounts/login/"}).headers["Location"]
        == "/accounts/login/"
    )
    assert 'class="elder"' in client.get("/accounts/login/").text
    back = client.post("/elder/", {"next": "//elsewhere.invalid/"})
    assert back.headers["Location"] == "/"
    assert 'class="elder"' not in client.get("/accounts/login/").text


@pytest.mark.usefixtures("db")
def test_the_site_is_chinese_until_somebody_chooses(client):
    page = client.get("/accounts/login/", headers={"Accept-Language": "en"})
    assert "用户名" in page.text
    assert page.headers["Content-Language"] == "zh-hans"
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/accounts/login/").text
    assert "Username" in page
    words = re.sub(r"(?s)<style.*?</style>|<[^>]+>|中文", "", page)
    assert re.findall(r"[\u4e00-\u9fff]+", words) == []
    assert translation.get_language() == "zh-hans"


@pytest.mark.usefixtures("db")
def test_every_answer_carries_what_protects_it(client):
    answer = client.get("/accounts/login/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert not re.search(r"<script|\sstyle=|\son\w+=|https?://", answer.text)
    assert answer.cookies["csrftoken"]["httponly"]


@pytest.mark.usefixtures("db")
def test_whatever_watches_over_the_site_is_answered(client):
    assert client.get("/alive/").text == "ok"
    assert client.post("/alive/").status_code == 405


def test_more_words_than_a_form_holds_are_told_with_both_sizes(client, district, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 300_000
    client.force_login(district.clerk)
    for kind in ("multipart", "application/x-www-form-urlencoded"):
        data = {"html": "长" * 200_000}
        more = {} if kind == "multipart" else {"content_type": kind}
        sent = data if kind == "multipart" else urlencode(data)
        answer = client.post("/documents/new/", sent, **more)
        assert answer.status_code == 413
        assert re.search(
            r"这次提交有 (0\.6|1\.8) MB，一张表单里的文字最多 0\.3 MB", answer.text
        )
        assert "作为附件" in answer.text
        assert "请求不完整" not in answer.text
        assert "按“恢复”取回" not in answer.text, "so much is not kept as it is typed"
