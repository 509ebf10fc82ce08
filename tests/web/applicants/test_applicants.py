"""Applicants' data: sealed at rest, masked on screens, opened on record, erasable."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from mingtang_web import keys
from mingtang_web.applicants import sealing
from mingtang_web.applicants.actions import (
    AT_A_TIME,
    ErasedError,
    amend,
    erase,
    keep,
    masked,
    open_text,
    rotate_master_key,
    seal_text,
    unmask,
)
from mingtang_web.applicants.models import Applicant, Kind
from mingtang_web.applicants.queries import same
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults

pytestmark = pytest.mark.django_db
PERSON = sealing.Person(
    name="张三丰",
    identity_kind="居民身份证", identity_number="11010119900307889X",
    phone="138 0013 8000", email="zhang@example.cn", address="西山区某路某号3楼",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _keys_of_its_own(tmp_path, settings):
    settings.MASTER_KEY = tmp_path / "master.key"
    settings.INDEX_KEY = tmp_path / "index.key"
    keys.secret(settings.MASTER_KEY)


@pytest.fixture
def applicant(district):
    return keep(PERSON, Kind.PERSON, district.housing)


@pytest.mark.usefixtures("applicant")
def test_nothing_of_a_person_lies_in_clear():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applicants_applicant")
        row = cursor.fetchone()
    stored = b"".join(
        bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode()
        for part in row
    )
    for secret in ("张三丰", "889X", "8000", "zhang", "西山区"):
        assert secret.encode() not in stored


@pytest.mark.usefixtures("applicant")
def test_screens_show_a_person_in_part():
    shown = masked(Applicant.objects.get())
    assert (shown.name, shown.identity_number) == ("张*", "1101**********889X")
    assert (shown.phone, shown.email) == ("138****8000", "z***@example.cn")
    assert shown.contact == ""
    assert Entry.objects.count() == 0


def test_whoever_looks_is_on_record(district, applicant):
    person = unmask(applicant, district.clerk, "核对邮寄地址", case_id=7)
    assert person == PERSON
    entry = Entry.objects.get()
    assert (entry.actor, entry.case_id) == (district.clerk, 7)
    assert entry.content == {"applicant": str(applicant.pk), "why": "核对邮寄地址"}


def test_whoever_may_not_look_sees_nothing(district, applicant):
    for user in (district.stranger, district.supervisor, district.administrator):
        with pytest.raises(NotAllowedError):
            unmask(applicant, user, "好奇")
    with pytest.raises(ValueError, match="写明理由"):
        unmask(applicant, district.clerk, "  ")
    assert Entry.objects.count() == 0


def test_the_same_person_is_found_again_in_one_body_only(district, applicant):
    assert list(same(district.housing, identity_number="11010119900307889x")) == [applicant]
    assert list(same(district.housing, phone="138-0013-8000")) == [applicant]
    assert not same(district.housing)
    assert not same(district.water, identity_number=PERSON.identity_number)
    keep(replace(PERSON, phone=""), Kind.PERSON, district.water)
    indexes = Applicant.objects.values_list("identity_index", flat=True)
    assert len(set(indexes)) == 2


def test_a_person_erased_is_gone_and_the_ledger_holds(district, applicant):
    unmask(applicant, district.clerk, "核对")
    erase(applicant, district.administrator, "保存期满")
    erase(applicant, district.administrator, "保存期满")
    assert (bytes(applicant.sealed), applicant.wrapped_key) == (b"", None)
    with pytest.raises(ErasedError):
        unmask(applicant, district.clerk, "再看")
    with pytest.raises(ErasedError):
        amend(applicant, PERSON)
    assert not same(district.housing, identity_number=PERSON.identity_number)
    assert list(faults(district.housing)) == []
    assert [entry.kind for entry in Entry.objects.all()] == [
        "applicants.unmasked", "applicants.erased",
    ]  # fmt: skip


def test_only_administrators_erase_and_say_why(district, applicant):
    with pytest.raises(NotAllowedError):
        erase(applicant, district.clerk, "误录")
    with pytest.raises(ValueError, match="写明理由"):
        erase(applicant, district.administrator, "")


def test_amended_data_keep_the_key_that_other_texts_lie_under(district, applicant):
    words = seal_text(applicant, "请提供验收备案表")
    amend(applicant, replace(PERSON, phone="13900139000"))
    assert open_text(applicant, words) == "请提供验收备案表"
    assert same(district.housing, phone="13900139000").get() == applicant
    assert not same(district.housing, phone=PERSON.phone)


@pytest.mark.parametrize("part", ["sealed", "wrapped_key"])
def test_data_moved_to_another_applicant_do_not_open(district, applicant, part):
    other = keep(replace(PERSON, name="李四"), Kind.PERSON, district.housing)
    setattr(other, part, getattr(applicant, part))
    with pytest.raises(sealing.NotOpenedError):
        masked(other)


def test_altered_data_do_not_open(applicant):
    altered = bytearray(bytes(applicant.sealed))
    altered[-1] ^= 1
    applicant.sealed = bytes(altered)
    with pytest.raises(sealing.NotOpenedError):
        masked(applicant)


def test_the_master_key_changes_and_everything_still_opens(district, applicant):
    gone = keep(PERSON, Kind.OTHER, district.housing)
    erase(gone, district.administrator, "误录")
    master, found = settings.MASTER_KEY.read_text(), applicant.identity_index
    out = io.StringIO()
    call_command("rotate_master_key", stdout=out)
    assert "1 名申请人" in out.getvalue()
    assert settings.MASTER_KEY.read_text() != master
    settings.MASTER_KEY.with_name("master.key.old").unlink()
    applicant.refresh_from_db()
    assert masked(applicant).name == "张*"
    assert applicant.identity_index == found
    assert settings.MASTER_KEY.stat().st_mode & 0o777 == 0o600


def test_a_change_of_keys_cut_short_goes_on(district, applicant):
    second = keep(PERSON, Kind.OTHER, district.housing)
    master = sealing.begin_rotation()
    key = sealing.unwrap(
        sealing.Sealed(bytes(second.sealed), bytes(second.wrapped_key), second.master),
        second.pk,
    )
    second.wrapped_key = sealing.wrap(key, second.pk, master)
    second.master = sealing.fingerprint(master)
    second.save()
    new = keep(PERSON, Kind.OTHER, district.housing)
    for each in (applicant, second, new):
        assert masked(each).name == "张*"
    assert new.master == second.master
    assert rotate_master_key() == 1
    for each in Applicant.objects.all():
        assert masked(each).name == "张*"


def test_without_the_master_key_nothing_opens(applicant):
    settings.MASTER_KEY.unlink()
    keys.secret(settings.MASTER_KEY)
    with pytest.raises(sealing.NotOpenedError, match="is not in"):
        masked(applicant)


def test_a_change_of_keys_goes_part_by_part(district, monkeypatch):
    assert AT_A_TIME > 1
    monkeypatch.setattr("mingtang_web.applicants.actions.AT_A_TIME", 2)
    for _ in range(5):
        keep(PERSON, Kind.OTHER, district.housing)
    assert rotate_master_key() == 5
