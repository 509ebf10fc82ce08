"""Signing in: password, lock, second factor, the organisation's own provider."""

from __future__ import annotations

import re
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from mingtang_web.accounts import lockout
from mingtang_web.accounts.models import User
from tests.web.people import PASSWORD
from tests.web.provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client, username="clerk", password=PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


@pytest.mark.usefixtures("district")
def test_a_person_signs_in_and_out(client):
    assert client.get("/cases/").headers["Location"] == f"{LOGIN}?next=/cases/"
    assert sign_in(client).headers["Location"] == "/"
    assert "李登记，您好" in client.get("/").text
    assert client.post("/accounts/logout/").headers["Location"] == LOGIN
    assert client.get("/cases/").status_code == 302


@pytest.mark.parametrize("who", ["clerk", "nobody"])
@pytest.mark.usefixtures("district")
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, who):
    answer = sign_in(client, who, "不是这个口令，再想想")
    assert "用户名或口令不对" in answer.text
    assert 'value="' + who in answer.text


@pytest.mark.usefixtures("district")
def test_five_failures_lock_the_account_for_that_address(client, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, password="x" * 20)
    assert answer.status_code == 429
    assert "锁定 30 分钟" in answer.text
    assert sign_in(client).status_code == 429
    assert sign_in(client, "CLERK").status_code == 429
    assert sign_in(client, "approver").status_code == 302
    client.logout()
    elsewhere = {"login": "clerk", "password": PASSWORD}
    assert client.post(LOGIN, elsewhere, REMOTE_ADDR="10.9.8.7").status_code == 302


@pytest.mark.usefixtures("db")
def test_the_address_is_what_the_nearest_proxy_says(rf, settings):
    claimed = {"X-Forwarded-For": "6.6.6.6, 10.1.1.1"}
    assert lockout.address(rf.get("/", headers=claimed)) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert lockout.address(rf.get("/", headers=claimed)) == "10.1.1.1"
    assert lockout.address(rf.get("/")) == "127.0.0.1"


def test_whoever_left_does_not_sign_in(client, district):
    district.clerk.is_active = False
    district.clerk.save()
    sign_in(client)
    assert client.get("/cases/").status_code == 302


@pytest.mark.parametrize(
    "weak",
    [
        "短口令", "password1234", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "qwertyuiop123",
        "1qaz2wsx3edc4rfv", "201920202021", "lidengji1234", "zhongguo2026",
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_in_words(db, weak):  # noqa: ARG001 - asked for, not used
    user = User(username="lidengji", display_name="李登记")
    with pytest.raises(ValidationError) as refused:
        validate_password(weak, user)
    assert all(re.search(r"[\u4e00-\u9fff]", said) for said in refused.value.messages)


@pytest.mark.parametrize(
    "good", [PASSWORD, "correct horse battery", "灯下读书一盏茶半日闲谈古今"]
)
def test_a_good_password_passes(db, good):  # noqa: ARG001 - asked for, not used
    validate_password(good, User(username="clerk"))


def test_a_person_changes_the_password(client, district):
    sign_in(client)
    sent = {"oldpassword": PASSWORD, "password1": "123456", "password2": "123456"}
    refused = client.post("/accounts/password/change/", sent)
    assert "口令太短：至少要 12 个字" in refused.text
    assert 'href="#id_password1"' in refused.text
    new = "八只水桶~打井~4402"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    unlike = client.post(
        "/accounts/password/change/", sent | {"password2": "another one 7"}
    )
    assert "两次输入的新口令不一样" in unlike.text
    changed = client.post("/accounts/password/change/", sent)
    assert (changed.status_code, changed.headers["Location"]) == (302, "/")
    district.clerk.refresh_from_db()
    assert district.clerk.check_password(new)
    assert client.get("/cases/").status_code == 200


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def enrolled(client) -> str:
    """Turn the second factor on, as a person does, and return its key."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").text
    secret = re.search(r'class="code">(\w+)<', page)[1]
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "动态码不对或者已经过期" in wrong.text
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


@pytest.mark.usefixtures("district")
def test_a_second_factor_is_asked_for_once_it_is_on(client):
    sign_in(client)
    assert (
        "/accounts/reauthenticate/"
        in client.get("/accounts/2fa/totp/activate/").headers["Location"]
    )
    enrolled(client)
    spare = re.findall(
        r"<li>(\d{8})</li>", client.get("/accounts/2fa/recovery-codes/").text
    )
    assert len(spare) == 10
    client.logout()
    assert sign_in(client).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/cases/").status_code == 302
    assert "动态码不对" in client.post("/accounts/2fa/authenticate/", {"code": "123"}).text
    answer = client.post("/accounts/2fa/authenticate/", {"code": spare[0]})
    assert answer.headers["Location"] == "/"
    client.logout()
    sign_in(client)
    again = client.post("/accounts/2fa/authenticate/", {"code": spare[0]})
    assert "动态码不对" in again.text


@pytest.fixture
def provider(settings):
    started = Provider()
    app = {
        "provider_id": "oidc", "name": "统一身份认证",
        "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": started.issuer, "oauth_pkce_enabled": True},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield started
    started.close()


def through(client, provider: Provider):
    """Walk as the browser does: to the provider, and back with its code."""
    away = client.post("/accounts/oidc/oidc/login/")
    assert away.headers["Location"].startswith(f"{provider.issuer}/authorization")
    back = followed(away.headers["Location"])
    assert urlsplit(back).path == "/accounts/oidc/oidc/login/callback/"
    return client.get(back.removeprefix("http://testserver"))


def followed(address: str) -> str:
    parts = urlsplit(address)
    with closing(HTTPConnection(parts.hostname, parts.port)) as asking:
        asking.request("GET", f"{parts.path}?{parts.query}")
        return asking.getresponse().headers["Location"]


@pytest.mark.usefixtures("loopback", "district")
def test_the_provider_vouches_for_an_account(client, provider):
    assert "用统一身份认证登录" in client.get(LOGIN).text
    assert through(client, provider).headers["Location"] == "/"
    assert "李登记，您好" in client.get("/").text
    client.logout()
    provider.person["preferred_username"] = "approver"
    through(client, provider)
    assert "李登记，您好" in client.get("/").text


@pytest.mark.usefixtures("loopback", "district")
def test_the_provider_makes_no_account(client, provider):
    provider.person = {"sub": "7", "preferred_username": "unknown", "email": "a@example.cn"}
    assert "没有您的账号" in through(client, provider).text
    assert client.get("/cases/").status_code == 302
    assert not User.objects.filter(username="unknown").exists()


@pytest.mark.usefixtures("loopback")
def test_whoever_left_does_not_come_in_through_the_provider(client, provider, district):
    district.clerk.is_active = False
    district.clerk.save()
    through(client, provider)
    assert client.get("/cases/").status_code == 302


@pytest.mark.parametrize(
    "claims", [{"aud": "another"}, {"iss": "http://elsewhere.invalid"}, {"exp": 1}]
)
@pytest.mark.usefixtures("loopback", "district")
def test_a_token_for_somebody_else_opens_nothing(client, provider, claims):
    provider.claims = claims
    assert "没有登录成功" in through(client, provider).text
    assert client.get("/cases/").status_code == 302


@pytest.mark.usefixtures("loopback", "district", "provider")
def test_a_code_serves_once_and_in_its_own_session(client):
    away = client.post("/accounts/oidc/oidc/login/")
    back = followed(away.headers["Location"]).removeprefix("http://testserver")
    client.cookies.clear()
    assert "没有登录成功" in client.get(back).text
    assert client.get("/cases/").status_code == 302


@pytest.mark.usefixtures("db")
def test_nobody_signs_up(client):
    answer = client.get(reverse("account_signup"))
    assert answer.status_code == 403
    assert "账号由本机关的管理员建立" in answer.text
