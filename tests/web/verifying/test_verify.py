"""Whatever is changed in a row or file that the ledger speaks about is told."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, models, transaction

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.activities import actions as activities
from mingtang_web.activities.models import Activity
from mingtang_web.activities.models import Step as ActivityStep
from mingtang_web.activities.rules import Register
from mingtang_web.applicants.actions import erase
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.models import Body, Delegation, FormerName, Membership, Section
from mingtang_web.cases import exchanging, renaming
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.amending import Amendment
from mingtang_web.cases.assigning import Target, assign
from mingtang_web.cases.attaching import attach, hold
from mingtang_web.cases.exchanging import Saying
from mingtang_web.cases.models import (
    Attachment,
    Case,
    Comment,
    Consultation,
    Proposal,
    SearchRecord,
    SectionOpinion,
    Urging,
)
from mingtang_web.cases.signing import send_back
from mingtang_web.disputes import actions as dispute_actions
from mingtang_web.disputes.models import Dispute, Note
from mingtang_web.files.actions import RefusedFileError, taken
from mingtang_web.files.models import StoredFile
from mingtang_web.importing import actions as importing
from mingtang_web.importing.models import ImportedRow, ImportProposal, Refusal, Source
from mingtang_web.keeping import accounts, appointing, tree
from mingtang_web.keeping.recording import By
from mingtang_web.letters.actions import Undoing, void
from mingtang_web.letters.delivering import Delivered, record_delivery
from mingtang_web.letters.models import DeliveryRecord, Letter, LetterEdit
from mingtang_web.letters.wording import Wording, reword
from mingtang_web.registers import actions as registers
from mingtang_web.registers.models import Matter
from mingtang_web.registers.models import Step as MatterStep
from tests.web.cases.requests import ASKER, at
from tests.web.disputes.test_disputes import filing
from tests.web.importing.ledgers import run, written
from tests.web.importing.test_importing import ROWS
from tests.web.letters.ways import LATER, LetterOffice
from tests.web.people import unified_code
from tests.web.registers.test_registers import arrival

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
TABLES = (
    Case, Proposal, SearchRecord, Consultation, Urging, SectionOpinion, Comment, Letter,
    DeliveryRecord, LetterEdit, StoredFile, Dispute, Attachment, Matter, MatterStep, Note,
    Source, ImportedRow, ImportProposal, Activity, ActivityStep,
)  # fmt: skip
UNTOLD = {
    # Made anew from the day or the rulebook by `recount`; told where it counted last.
    "case": {"due", "running", "kept", "counted_by"},
    "consultation": {"person", "case"},
    # The moment stands in the entry itself.
    "urging": {"at", "answered_at"},
    "sectionopinion": {"at", "answered_at"},
    "comment": {"at"},
    "letter": {"voided_at", "replaces"},
    "letteredit": {"by", "at"},
    # An attachment of a case lies in no tray any more.
    "attachment": {"tray"},
    # How a file is read, and what a trial found, is said by the rows taken over.
    # When it was over stands in the entry; that it was has a test of its own.
    "source": {"mapping", "trial", "finished_at"},
}
"""Columns that no entry holds; they are copies for screens."""


@pytest.fixture
def office(tmp_path: Path, settings, db: None) -> Iterator[LetterOffice]:  # noqa: ARG001
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(LATER):
        office = LetterOffice()
        lived(office)
        watched(office)
        renamed(office)
        yield office


def lived(office: LetterOffice) -> None:
    """Let the bureau do a bit of everything."""
    made = office.came("not_existing")
    proof = Delivered("post", made.day, made.day, "post", "XA9")
    record_delivery(made, proof, office.clerk, SimpleUploadedFile("a.png", PNG))
    case = Case.objects.get(pk=made.case_id)
    second = office.came("disclosure")
    void(second, Undoing(office.approver, "抬头有误"))
    consulted = Case.objects.get(pk=office.consulted("third_party").case_id)
    assign(consulted, Target(handler=office.handler), office.clerk)
    Section.objects.create(body=office.housing, name="法规科")
    section = Section.objects.create(body=office.housing, name="办公室")
    asked = Saying("请尽快答复", office.handler, "k-ask")
    exchanging.ask_section(consulted, section, LATER, asked)
    urging = exchanging.urge(consulted, LATER, Saying("请说明", office.supervisor, "k-u"))
    exchanging.answer_urging(urging, Saying("正在办理", office.handler, "k-a"))
    exchanging.comment(consulted, Saying("抓紧", office.supervisor, "k-c"))
    with pytest.raises(RefusedFileError):
        taken(SimpleUploadedFile("a.pdf", PNG + b"1"), office.housing, office.clerk)
    closing = Wording("disclosure", "closing", "特此告知，望周知。", LATER)
    reword(office.housing, closing, office.administrator)
    dispute = dispute_actions.file(
        filing(office, cases=(case,), learnt="来电得知"), office.lawyer, "k-d"
    )
    followed = dispute_actions.Followed(LATER, "已提交答复书")
    dispute_actions.note(dispute, followed, office.lawyer, "k-n")
    attach(case, SimpleUploadedFile("a.png", PNG), "request", office.clerk)
    hold(SimpleUploadedFile("b.png", PNG), "other", office.housing, office.clerk, "tray")
    matter = registers.register(arrival(office), office.clerk, "k-m")
    handling = Doing(office.handler, matter.version)
    registers.handle(matter, LATER, "已调阅档案", handling)
    old = importing.upload(office.housing, "旧.xlsx", written(ROWS), office.administrator)
    run(old, office)


def watched(office: LetterOffice) -> None:
    """Let an account be entered and looked at, twice and once wrongly."""
    said = {"form": "wechat", "title": "西山住建", "day": LATER - timedelta(days=60)}
    row = activities.record(office.housing, Register.ACCOUNT, said, office.clerk, "k-w")
    for number in range(2):
        doing = Doing(office.clerk, row.version, f"k-w{number}")
        row = activities.observe(row, LATER, LATER - timedelta(days=20), doing)
    doing = Doing(office.clerk, row.version, note="重复")
    activities.strike(row, doing, row.steps.last())


def renamed(office: LetterOffice) -> None:
    """Let another name be proposed, and sent back."""
    other = Amendment(replace(ASKER, name="李四海"), "post", "抄错", 0, "核对了原件")
    made = renaming.propose(office.registered(), other, office.clerk)
    send_back(made, office.approver, "请附变更登记")


def verified() -> str:
    """What is told of the bureau; nothing where all holds."""
    out = io.StringIO()
    bureau = Body.objects.get(name__endswith="建设局").code
    try:
        call_command("verify", body=bureau, stdout=out, stderr=out)
    except CommandError as broken:
        return f"{out.getvalue()}{broken}"
    return ""


@pytest.mark.usefixtures("office")
def test_what_was_lived_holds() -> None:
    assert verified() == ""
    for table in TABLES:
        assert table._default_manager.exists(), table


@pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session")
@pytest.mark.usefixtures("office", "database")
def test_every_changed_column_is_told() -> None:
    missed = []
    for table in TABLES:
        untold = UNTOLD.get(table._meta.model_name, set())
        for field in table._meta.concrete_fields:
            if field.primary_key or field.name in untold or field.name == "body":
                continue
            if table._default_manager.exists() and not told_when_changed(table, field):
                missed.append(f"{table.__name__}.{field.name}")
    assert not missed, missed


def test_a_finished_import_is_gone_and_its_refusals_are_counted(
    office: LetterOffice,
) -> None:
    [old] = Source.objects.all()
    held = bytes(old.content)
    importing.clear(old, office.administrator)
    assert verified() == ""
    for undone in ({"content": held}, {"finished_at": None}):
        with transaction.atomic():
            Source.objects.update(**undone)
            assert "上传的内容或者完成情况" in verified()
            transaction.set_rollback(True)
    Refusal.objects.create(source=old, row=99, column="整行", reason="无", trial=False)
    assert "上传的内容或者完成情况" in verified()


def told_when_changed(table: type[models.Model], field: models.Field) -> bool:
    row = table._default_manager.all()[0]
    with transaction.atomic():
        new = another(field, getattr(row, field.attname))
        said = changed(table._default_manager.filter(pk=row.pk), field.attname, new)
        transaction.set_rollback(True)
    return bool(said)


def changed(rows: models.QuerySet, column: str, new: object) -> str:
    """What is told of a row after a change; that the database itself refuses it will do."""
    try:
        with transaction.atomic():
            rows.update(**{column: new})
    except IntegrityError as refused:
        return str(refused)
    return verified()


def another(field: models.Field, value: object) -> object:
    """A value that fits the column and is not the one that stands there."""
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=value)
        return others.values_list("pk", flat=True).first()
    if value is None and isinstance(field, models.IntegerField):
        return 1
    if value is None:
        return LATER if isinstance(field, models.DateField) else None
    changes = {
        bool: lambda: not value,
        int: lambda: value + 1,
        date: lambda: value + timedelta(days=1),
        datetime: lambda: value + timedelta(days=1),
        dict: lambda: value | {"on": "2026-01-01"},
        list: lambda: [*value, "2026-01-01"],
        str: lambda: "y" if value == "x" else "x",
    }
    if type(value) in changes:
        return changes[type(value)]()
    return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])


@pytest.mark.usefixtures("office")
def test_every_row_that_is_gone_is_told() -> None:
    for table in (Comment, Urging, SectionOpinion, SearchRecord, DeliveryRecord):
        with transaction.atomic():
            table._default_manager.order_by("-pk")[0].delete()
            assert "已不在" in verified(), table
            transaction.set_rollback(True)


@pytest.mark.usefixtures("office")
def test_a_changed_or_missing_file_is_told(settings) -> None:
    files = [each for each in settings.MEDIA_ROOT.glob("*/*") if each.is_file()]
    waiting = Attachment.objects.get(case=None).file.stored
    kept_ones = [file for file in files if file.name != waiting]
    assert len(kept_ones) == 3
    for file in kept_ones:
        kept = file.read_bytes()
        file.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        assert "附件" in verified()
        file.unlink()
        assert "附件" in verified()
        file.write_bytes(kept)
    assert verified() == ""


def test_what_was_erased_by_the_rules_still_holds(office) -> None:
    reader = Letter.objects.get(kind="not_existing").reader
    erase(reader, office.administrator, "保存期满")
    assert verified() == ""
    other = Letter.objects.get(kind="third_party_consultation").reader
    Applicant.objects.filter(pk=other.pk).update(wrapped_key=None, erased_at=clock.now())
    assert "销毁而台账没有记载" in verified()


KEPT = (Body, FormerName, Section, Membership, Delegation)


@pytest.fixture
def founded(office) -> Body:
    """A body whose whole life is in its ledger."""
    by = By(office.administrator)
    made = Body(
        code=unified_code(79), name="西山区新设局", short_name="新设局", letter_code="西设",
        kind="department", region="650199", parent=office.housing,
    )  # fmt: skip
    tree.found(made, by)
    tree.amend(made, {"address": "政务路九号"}, by)
    tree.rename(made, tree.Named("西山区改名局", "改名局", "西改"), LATER, by)
    section = tree.add_section(made, "法规股", by)
    held = {"body": made, "role": "handler", "since": LATER}
    for user in (office.handler, office.clerk):
        appointing.appoint(Membership(user=user, section=section, **held), by)
    loan = Delegation(
        lender=office.handler, borrower=office.clerk, body=made,
        since=LATER, until=LATER, reason="出差",
    )  # fmt: skip
    appointing.lend(loan, by)
    made.refresh_from_db()
    return made


def house_told(body: Body) -> str:
    out = io.StringIO()
    try:
        call_command("verify", body=body.code, stdout=out, stderr=out)
    except CommandError as broken:
        return f"{out.getvalue()}{broken}"
    return ""


def test_a_body_and_its_people_are_what_the_ledger_tells(founded) -> None:
    assert house_told(founded) == ""
    missed = []
    for table in KEPT:
        rows = table._default_manager.filter(**of_body(table, founded))
        for field in table._meta.concrete_fields:
            if field.primary_key or field.name in {"body", "code"}:
                continue
            with transaction.atomic():
                new = another(field, getattr(rows[0], field.attname))
                said = refused_or(rows[:1], field.attname, new) or house_told(founded)
                transaction.set_rollback(True)
            if not said:
                missed.append(f"{table.__name__}.{field.name}")
    assert not missed, missed


def of_body(table: type[models.Model], body: Body) -> dict[str, object]:
    return {"pk": body.pk} if table is Body else {"body": body}


def refused_or(rows: models.QuerySet, column: str, new: object) -> str:
    """What the database itself says against a change; nothing where it lets it pass."""
    try:
        with transaction.atomic():
            type(rows[0])._default_manager.filter(pk=rows[0].pk).update(**{column: new})
    except IntegrityError as refused:
        return str(refused)
    return ""


def test_who_was_put_into_a_body_behind_the_ledgers_back_is_told(founded, office) -> None:
    row = Membership.objects.create(
        user=office.lawyer, body=founded, role="approver", since=LATER
    )
    assert f"任职（内部编号{row.pk}）不在台账里" in house_told(founded)
    row.delete()
    for table in (Delegation, FormerName):
        with transaction.atomic():
            table.objects.filter(body=founded).delete()
            assert "台账" in house_told(founded)
            transaction.set_rollback(True)
    assert house_told(founded) == ""


def test_an_account_is_what_the_ledger_last_told_of_it(office) -> None:
    by = By(office.administrator)
    first = Membership(body=office.housing, role="handler", since=LATER)
    user = User(username="lin.hai", display_name="林海")
    user = accounts.open_account(user, first, by).user
    assert house_told(office.housing) == ""
    changes = {"username": "lin.he", "is_active": False, "is_staff": True}
    for column, value in {**changes, "is_superuser": True}.items():
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(**{column: value})
            assert f"账号（内部编号{user.pk}）与台账不符" in house_told(office.housing)
            transaction.set_rollback(True)
    User.objects.filter(pk=user.pk).update(display_name="林海（办公室）")
    accounts.shut(user, "调离", by)
    assert house_told(office.housing) == ""
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert "与台账不符" in house_told(office.housing)
    user.refresh_from_db()
    accounts.shut(user, "调离", by)
    accounts.reopen(user, by)
    assert house_told(office.housing) == ""


def test_a_privilege_that_the_site_gives_nobody_is_told(office) -> None:
    User.objects.filter(pk=office.clerk.pk).update(is_superuser=True)
    assert "有系统不授予的特权" in house_told(office.housing)
