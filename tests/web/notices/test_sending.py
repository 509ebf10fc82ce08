"""What leaves the house, by a real SMTP server that takes, refuses and hangs up."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from mingtang_web import clock, environment
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import actions, jobs, queries, running, sending
from mingtang_web.notices.models import Kind, Preference, Run, Sending
from mingtang_web.notices.timing import GAPS, awake, first_moment
from tests.web.cases.requests import Office, at
from tests.web.notices.post_office import PASSWORD, USER, PostOffice, certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
LATE = D(2026, 3, 31)
State = Sending.State


def china(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=clock.CHINA)


@pytest.fixture
def post(settings, loopback) -> Iterator[PostOffice]:  # noqa: ARG001 - asked for, not used
    made = PostOffice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.EMAIL_TIMEOUT = 3
    settings.DEFAULT_FROM_EMAIL = "mingtang@example.cn"
    yield made
    made.close()


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    """An office with one overdue case, whose handler and approver have been told."""
    with at(D(2026, 3, 20)):
        office = Office()
        for name in ("handler", "approver"):
            user = getattr(office, name)
            user.email, user.phone = f"{name}@example.cn", "13900001111"
            user.save()
        case = office.registered()
        Case.objects.filter(pk=case.pk).update(handler=office.handler)
    with clock.fixed(china(31, 10)):
        running.run(jobs.JOBS["terms"], LATE)
        yield office


def sent_at(moment: datetime) -> Run | None:
    with clock.fixed(moment):
        return running.run(jobs.JOBS["sending"], clock.today())


def states() -> list[tuple[str, int]]:
    return list(Sending.objects.order_by("id").values_list("state", "attempts"))


@pytest.mark.usefixtures("office")
def test_each_person_gets_one_letter_that_names_nobody_else(post):
    run = sent_at(china(31, 10))
    assert (run.done, run.failed) == (2, 0)
    assert {letter["To"] for letter in post.letters} == {
        "handler@example.cn",
        "approver@example.cn",
    }
    for letter in post.letters:
        text = letter.get_content()
        assert "2026-0001号案件已过答复期限" in text
        assert "王承办" not in text
        assert "张" not in text
        assert "青云" not in text
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["Subject"] == "明堂：1 项待办通知"
    assert sent_at(china(31, 11)).done == 0
    assert len(post.letters) == 2


def test_a_refusal_is_tried_again_after_growing_gaps_then_given_up(office, post):
    Sending.objects.exclude(notice__user=office.handler).delete()
    post.moods["RCPT"] = "550 unknown handler@example.cn"
    moment = china(31, 10)
    Preference.objects.create(user=office.handler, quiet_from=time(1), quiet_until=time(1))
    for count, gap in enumerate(GAPS, 1):
        run = sent_at(moment)
        assert (run.done, run.failed) == (0, 1)
        assert states() == [("failed", count)]
        assert sent_at(moment + gap - timedelta(seconds=1)).failed == 0
        moment += gap
    sent_at(moment)
    assert states() == [("given_up", 6)]
    assert Sending.objects.get().error == "邮件服务器拒收（550）"
    assert sent_at(moment + timedelta(days=3)).failed == 0
    assert post.letters == []


def test_one_refused_address_keeps_no_other_from_its_letter(office, post):
    handler = office.handler.email
    post.moods["RCPT"] = "450 later"
    sent_at(china(31, 10))
    assert states() == [("failed", 1)] * 2
    del post.moods["RCPT"]
    sent_at(china(31, 10, 1))
    assert states() == [("sent", 1)] * 2
    assert handler in {letter["To"] for letter in post.letters}


@pytest.mark.parametrize(
    ("command", "mood", "said"),
    [
        ("CONNECT", "hang up", "连不上邮件服务器或者连接中断（SMTPServerDisconnected）"),
        ("CONNECT", "421 busy", "邮件服务器拒收（421）"),
        ("MAIL", "hang up", "连不上邮件服务器或者连接中断（SMTPServerDisconnected）"),
        ("DATA", "554 no", "邮件服务器拒收（554）"),
        ("TAKEN", "hang up", "连不上邮件服务器或者连接中断（SMTPServerDisconnected）"),
        ("TAKEN", "552 too much", "邮件服务器拒收（552）"),
    ],
)
@pytest.mark.usefixtures("office")
def test_whatever_breaks_is_said_and_nothing_counts_as_sent(post, command, mood, said):
    post.moods[command] = mood
    run = sent_at(china(31, 10))
    assert run.note == said
    assert not Sending.objects.filter(state=State.SENT).exists()
    post.moods.clear()
    sent_at(china(31, 10, 1))
    assert {state for state, _ in states()} == {"sent"}
    assert len(post.letters) == 2


@pytest.mark.usefixtures("office", "settings")
def test_a_server_that_is_not_there_is_asked_once_a_pass(post):
    post.close()
    run = sent_at(china(31, 10))
    assert run.note == "连不上邮件服务器或者连接中断（ConnectionRefusedError）"
    assert states() == [("failed", 1), ("waiting", 0)]


@pytest.mark.usefixtures("office")
def test_a_letter_sent_again_after_a_crash_is_known_by_its_name(post):
    sent_at(china(31, 10))
    Sending.objects.update(state=State.WAITING)  # as if we had been cut off before
    sent_at(china(31, 11))
    names = [letter["Message-ID"] for letter in post.letters]
    assert len(names) == 4
    assert len(set(names)) == 2


@pytest.mark.usefixtures("office")
def test_letters_travel_encrypted_and_the_account_is_shown_after_that(
    post, settings, tmp_path, monkeypatch
):
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    guarded = PostOffice(context)
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS = guarded.port, True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = USER, PASSWORD
    sent_at(china(31, 10))
    assert {state for state, _ in states()} == {"sent"}
    assert guarded.commands[:4] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]
    Sending.objects.update(state=State.WAITING)
    settings.EMAIL_HOST_PASSWORD = PASSWORD[::-1]
    assert "不接受账号或口令（535）" in sent_at(china(31, 11)).note
    settings.EMAIL_PORT = post.port  # a server that will not encrypt
    assert sent_at(china(31, 13)).note.endswith("（SMTPNotSupportedError）")
    guarded.close()


@pytest.mark.usefixtures("office")
def test_nothing_goes_out_in_quiet_hours(post):
    assert sent_at(china(31, 20)).failed == 0
    assert post.letters == []
    assert set(Sending.objects.values_list("next_at", flat=True)) == {
        datetime(2026, 4, 1, 8, tzinfo=clock.CHINA)
    }
    assert sent_at(datetime(2026, 4, 1, 8, tzinfo=clock.CHINA)).done == 2


def test_a_digest_gathers_the_day(office, post):
    actions.prefer(Preference(user=office.handler, digest_hour=16))
    with clock.fixed(datetime(2026, 4, 1, 9, tzinfo=clock.CHINA)):
        running.run(jobs.JOBS["terms"], D(2026, 4, 1))
        case = office.registered(subject="另一件", arrived=D(2026, 3, 2))
        Case.objects.filter(pk=case.pk).update(handler=office.handler)
        running.run(jobs.JOBS["terms"], D(2026, 4, 1))
    Sending.objects.exclude(notice__user=office.handler).delete()
    Sending.objects.filter(notice__day=LATE).delete()
    assert sent_at(datetime(2026, 4, 1, 15, 59, tzinfo=clock.CHINA)).done == 0
    assert sent_at(datetime(2026, 4, 1, 16, tzinfo=clock.CHINA)).done == 2
    [letter] = post.letters
    assert letter["Subject"] == "明堂：2 项待办通知"
    assert "2. " in letter.get_content()


def test_quiet_hours_and_the_digest_in_numbers():
    night = Preference(quiet_from=time(20), quiet_until=time(8))
    noon = Preference(quiet_from=time(12), quiet_until=time(14), digest_hour=13)
    never = Preference(quiet_from=time(9), quiet_until=time(9))
    assert awake(night, china(2, 19, 59)) == china(2, 19, 59)
    assert awake(night, china(2, 20)) == china(3, 8)
    assert awake(night, china(3, 7, 59)) == china(3, 8)
    assert awake(night, china(3, 8).astimezone(UTC)) == china(3, 8)
    assert awake(noon, china(3, 12)) == china(3, 14)
    assert awake(never, china(3, 9)) == china(3, 9)
    assert first_moment(noon, china(3, 9)) == china(3, 14)
    assert first_moment(noon, china(3, 13, 1)) == china(4, 14)
    assert first_moment(never, china(3, 9)) == china(3, 9)


@pytest.mark.usefixtures("post")
def test_wishes_are_kept_and_followed(office):
    wish = Preference(user=office.handler, email=[], sms=["overdue"])
    actions.prefer(wish)
    with pytest.raises(ValidationError):
        actions.prefer(Preference(user=office.approver, digest_hour=24))
    with clock.fixed(datetime(2026, 4, 1, 9, tzinfo=clock.CHINA)):
        running.run(jobs.JOBS["terms"], D(2026, 4, 1))
    fresh = Sending.objects.filter(notice__day=D(2026, 4, 1), notice__user=office.handler)
    assert [each.channel for each in fresh] == ["sms"]
    assert queries.preference_of(office.lawyer).email == [
        kind.value for kind in Kind if kind is not Kind.UNSENT
    ]


@pytest.mark.usefixtures("post")
def test_a_short_message_is_laid_into_a_file(office, settings, tmp_path):
    settings.DATA = tmp_path
    Sending.objects.filter(notice__user=office.approver).delete()
    Sending.objects.update(channel="sms")
    assert sent_at(china(31, 10)).done == 1
    [file] = (tmp_path / "outbox").iterdir()
    said = json.loads(file.read_text("utf-8"))
    assert (said["to"], "已过答复期限" in said["text"]) == ("13900001111", True)
    assert file.stat().st_mode & 0o777 == 0o600
    (tmp_path / "outbox").rename(tmp_path / "gone")
    (tmp_path / "outbox").write_text("in the way")
    Sending.objects.update(state=State.WAITING)
    assert "写不进发件文件夹" in sent_at(china(31, 11)).note


@pytest.mark.usefixtures("post")
def test_a_given_up_sending_is_tried_anew_by_an_administrator_alone(office):
    given_up = Sending.objects.first()
    Sending.objects.update(state=State.GIVEN_UP, attempts=6)
    with pytest.raises(NotAllowedError):
        actions.retry(given_up, office.handler)
    actions.retry(given_up, office.administrator, "k1")
    assert sent_at(china(31, 10)).done == 1
    actions.retry(given_up, office.administrator, "k1")
    actions.retry(given_up, office.administrator, "k2")
    assert sent_at(china(31, 11)).done == 0
    assert Entry.objects.filter(kind="notices.retried").count() == 2


@pytest.mark.parametrize(
    ("address", "made"),
    [
        ("", ("filebased", "", 0, "", "", False, False)),
        (
            "smtp://a%40b.cn:p%3Aw@mail.example.cn",
            ("smtp", "mail.example.cn", 587, "a@b.cn", "p:w", True, False),
        ),
        (
            "smtps://mail.example.cn:4650",
            ("smtp", "mail.example.cn", 4650, "", "", False, True),
        ),
        ("smtp://127.0.0.1", ("smtp", "127.0.0.1", 25, "", "", False, False)),
    ],
)
def test_the_mail_server_is_named_by_the_environment(monkeypatch, address, made):
    monkeypatch.setenv("MINGTANG_EMAIL_URL", address)
    server = environment.mail_server()
    assert (server.backend, *server) == made


@pytest.mark.parametrize(
    "address",
    ["http://x:geheim@y", "smtp://", "smtp://x:geheim@y:port", "smtp://x:geheim松@y"],
)
def test_a_wrong_address_is_told_without_its_password(monkeypatch, address):
    monkeypatch.setenv("MINGTANG_EMAIL_URL", address)
    with pytest.raises(ImproperlyConfigured, match="MINGTANG_EMAIL_URL") as told:
        environment.mail_server()
    assert "geheim" not in str(told.value)


def test_a_mail_server_out_of_order_keeps_no_short_message(
    office, post, settings, tmp_path
):
    settings.DATA = tmp_path
    Sending.objects.filter(notice__user=office.approver).update(channel="sms")
    post.moods["CONNECT"] = "hang up"
    run = sent_at(china(31, 10))
    assert (run.done, run.failed) == (1, 1)
    assert len(list((tmp_path / "outbox").iterdir())) == 1


def test_what_is_given_up_is_told_to_the_administrator_in_the_site_alone(office, post):
    office.administrator.email = "administrator@example.cn"
    office.administrator.save()
    post.moods["RCPT"] = "550 unknown"
    Sending.objects.update(attempts=len(GAPS), state=State.FAILED)
    for hour in (10, 11):
        sent_at(china(31, hour))
    [notice] = office.administrator.notices.all()
    assert (notice.kind, notice.sendings.count()) == ("unsent", 0)


@pytest.mark.usefixtures("office")
def test_a_short_message_never_grows_longer_than_is_said():
    texts = [f"第{count}号案件的答复期限是2026-03-30，请按期答复。" for count in range(40)]
    for count in range(1, 40):
        said = sending._short(texts[:count])
        assert len(said) <= sending.SMS_LENGTH
        assert said.startswith(texts[0])
        assert (f"共{count}项" in said) == (
            len("".join(texts[:count])) > sending.SMS_LENGTH
        )
