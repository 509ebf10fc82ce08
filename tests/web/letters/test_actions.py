"""Letters are issued whole, never changed, and what was consented to is what goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction

from mingtang.case import events as e
from mingtang.drafting.editing import EditError, LockedTextError
from mingtang_web.applicants.actions import ErasedError, erase
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.actions import Doing, SignOffError, do
from mingtang_web.cases.lettering import LetterMissingError, matter_of, previewed
from mingtang_web.cases.models import Case, Choice, Proposal
from mingtang_web.cases.particulars import known_particulars
from mingtang_web.cases.signing import approve, propose, send_back
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.letters import actions as letters
from mingtang_web.letters.actions import (
    AlteredLetterError,
    ChangedError,
    LetterError,
    Undoing,
    issue_alone,
    look,
    opened,
    order_of,
    reissue,
    void,
)
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.letters.models import Letter, LetterEdit
from mingtang_web.letters.orders import Matter, Order, read, written
from mingtang_web.letters.queries import of_case
from mingtang_web.letters.wording import Wording, reword
from mingtang_web.numbering.models import NumberSeries
from tests.web.cases.requests import ASKER, at
from tests.web.letters.ways import ASKED, GRANTED, LATER, WAYS, LetterOffice

D = date
EXTENSION = e.Extended(on=D(2026, 3, 12), days=20)


def whole(row: Letter) -> str:
    return "\n".join(opened(row).manuscript().texts())


def test_the_ledger_names_the_letter_and_nobody(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    [entry] = Entry.objects.filter(kind="event.correction_asked")
    assert entry.content["letters"] == [letters.said(made)]
    assert entry.content["letters"][0]["number"] == "西政公开程〔2026〕第1号"
    assert list(faults(office.housing)) == []
    for said in Entry.objects.all():
        assert ASKER.name not in said.payload


def test_nothing_of_the_reader_lies_in_clear(office: LetterOffice) -> None:
    made = office.came("correction_notice")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_letter WHERE id = %s", [made.pk])
        row = b"".join(
            bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode()
            for part in cursor.fetchone()
        )
    assert ASKER.name.encode() not in row
    assert ASKER.name in whole(made)
    erase(made.reader, office.administrator, "保存期满")
    with pytest.raises(ErasedError):
        opened(Letter.objects.get(pk=made.pk))


def test_numbers_run_by_series_and_year_without_a_gap(office: LetterOffice) -> None:
    first = office.came("correction_notice")
    case = office.registered()
    empty = Order("correction_notice", {})
    with at(ASKED.on), pytest.raises(NotReadyError, match="补正事项"):
        do(case, ASKED, Doing(office.handler, case.version, letter=empty))
    with transaction.atomic():
        office.walked(office.registered(), ASKED)
        transaction.set_rollback(True)
    second = office.came("reason_notice")
    other = office.came("disclosure")
    numbers = [row.number.partition("公开")[2] for row in (first, second, other)]
    assert numbers == ["程〔2026〕第1号", "程〔2026〕第2号", "告〔2026〕第1号"]


def test_an_act_that_is_made_by_letter_needs_one_or_a_reason(office: LetterOffice) -> None:
    case = office.registered()
    with pytest.raises(LetterMissingError, match="告知补正"):
        do(case, ASKED, Doing(office.handler, case.version))
    with pytest.raises(LetterMissingError, match="延长答复期限"):
        propose(case, EXTENSION, Doing(office.handler, case.version))
    wrong = office.order("reason_notice")
    with at(ASKED.on), pytest.raises(NotReadyError, match="应为政府信息公开申请补正告知书"):
        do(case, ASKED, Doing(office.handler, case.version, letter=wrong))
    assert bool(Letter.objects.exists()) is False
    with at(ASKED.on):
        told = Doing(office.handler, case.version, no_letter="当面已经告知")
        with pytest.raises(SignOffError, match="却不发文书"):
            do(case, ASKED, told)
        after = do(case, ASKED, replace(told, approver=office.approver))
    assert after.phase == "correction"
    assert Entry.objects.latest("id").content["no_letter"] == "当面已经告知"


def test_a_letter_knows_its_case_and_a_person_fills_the_rest(office: LetterOffice) -> None:
    case = office.registered()
    known = known_particulars(case, ASKED, "correction_notice")
    assert known == {
        "received_on": D(2026, 3, 2),
        "request_number": "2026-0001",
        "request_summary": "青云小区竣工验收备案表",
        "correction_until": ASKED.until,
    }
    with at(ASKED.on):
        seen = previewed(case, ASKED, Order("correction_notice"))
    assert [(p.id, p.label) for p in seen.problems] == [("correction_items", "补正事项")]
    full = Order(
        "correction_notice", {"correction_items": ["写明哪一幢"], "request_number": "9"}
    )
    with at(ASKED.on):
        made = previewed(case, ASKED, full).letter
    assert made is not None
    text = "\n".join(made.manuscript().texts())
    assert "张*：" in text
    assert ASKER.name not in text
    assert "〔2026〕第    号" in text
    assert "登记号：2026-0001" in text
    assert NumberSeries.objects.filter(series__startswith="letter").count() == 0


def test_a_body_without_an_address_signs_nothing(office: LetterOffice) -> None:
    Body.objects.update(address="")
    case = office.registered(body=Body.objects.get(pk=office.housing.pk))
    with at(ASKED.on):
        seen = previewed(case, ASKED, office.order("correction_notice"))
    assert [problem.label for problem in seen.problems] == ["通信地址"]


def test_earlier_letters_are_named_with_the_days_they_arrived(office: LetterOffice) -> None:
    made = office.came("lapsed_uncorrected")
    text = whole(made)
    assert "西政公开程〔2026〕第1号" in text
    assert "邮件回执或者妥投记录（XA00100200311）" in text
    assert "2026年3月25日届满" in text


def test_the_approver_sees_the_very_letter_and_dates_it(office: LetterOffice) -> None:
    made = proposed(office)
    [draft] = made.letters.all()
    before = whole(draft)
    assert (draft.status, draft.number, draft.sequence) == ("draft", "", None)
    assert draft.day == D(2026, 3, 12)
    with at(D(2026, 3, 16)):
        approve(made, office.approver)
    draft.refresh_from_db()
    assert (draft.status, draft.number) == ("issued", "西政公开程〔2026〕第1号")
    assert draft.day == D(2026, 3, 16)
    signed = before.replace("2026年3月12日", "2026年3月16日")
    assert whole(draft) == signed.replace("第    号", "第1号")
    assert "2026年4月28日届满" in before


def test_a_letter_is_numbered_in_the_year_it_is_signed(office: LetterOffice) -> None:
    with at(D(2026, 12, 30)):
        case = office.registered(arrived=D(2026, 12, 29))
        order = office.order("repeated")
        refusal = e.Decided(on=D(2026, 12, 30), ground="X2")
        made = propose(case, refusal, Doing(office.handler, case.version, letter=order))
    with at(D(2027, 1, 5)):
        office.consented(made)
    [letter] = made.letters.all()
    assert (letter.year, letter.number) == (2027, "西政公开处告〔2027〕第1号")
    assert Entry.objects.get(kind="event.decided").content["event"]["on"] == "2027-01-05"
    asked = Entry.objects.get(kind="case.proposed").content["event"]
    assert asked["on"] == "2026-12-30"


def proposed(office: LetterOffice) -> Proposal:
    case = office.registered()
    order = office.order("extension_notice")
    with at(EXTENSION.on):
        return propose(case, EXTENSION, Doing(office.handler, case.version, letter=order))


def test_what_would_differ_from_what_was_approved_stays_in(office: LetterOffice) -> None:
    made = proposed(office)
    Body.objects.filter(pk=office.housing.pk).update(telephone="0990-1")
    with at(D(2026, 3, 16)), pytest.raises(ChangedError, match="重新送审"):
        approve(made, office.approver)
    made.refresh_from_db()
    assert made.stage == "approval"
    assert Case.objects.get(pk=made.case_id).version == 1
    assert send_back(made, office.approver, "重拟").stage == "returned"
    [draft] = made.letters.all()
    assert (draft.status, draft.number, draft.void_reason) == ("void", "", "送审没有批准")


def test_a_void_letter_keeps_its_number_and_its_place(office: LetterOffice) -> None:
    made = office.came("disclosure")
    before = whole(made)
    with pytest.raises(NotAllowedError):
        void(made, Undoing(office.handler, "写错"))
    with pytest.raises(LetterError, match="原因"):
        void(made, Undoing(office.approver, " "))
    gone = void(made, Undoing(office.approver, "提供方式写错"))
    assert (gone.status, gone.number, whole(gone)) == ("void", made.number, before)
    with pytest.raises(LetterError, match="已作废"):
        void(made, Undoing(office.approver, "再来"))
    assert office.came("disclosure").number == "西政公开告〔2026〕第2号"


def test_a_reissue_stands_beside_what_it_replaces(office: LetterOffice) -> None:
    made = office.came("disclosure")
    case = Case.objects.get(pk=made.case_id)
    order = order_of(made)
    better = replace(
        order, particulars={**order.particulars, "provide_way": "当面提供复印件"}
    )
    undoing = Undoing(office.approver, "提供方式写错", "k1")
    fresh = reissue(made, better, matter_of(case, order), undoing)
    assert reissue(made, better, matter_of(case, order), undoing) == fresh
    rows = list(of_case(case.pk))
    assert [(row.status, row.sequence) for row in rows] == [("void", 1), ("issued", 2)]
    assert rows[1].replaces == rows[0]
    assert "当面提供复印件" in whole(fresh)
    said = Entry.objects.get(kind="letter.voided").content
    assert said["replaced_by"]["sha256"] == fresh.sha256
    assert list(faults(office.housing)) == []


def test_an_altered_letter_is_not_shown(office: LetterOffice) -> None:
    made = office.came("disclosure")
    other = office.came("petition")
    Letter.objects.filter(pk=made.pk).update(sha256=other.sha256)
    with pytest.raises(AlteredLetterError, match="指纹不符"):
        opened(Letter.objects.get(pk=made.pk))


def test_to_open_a_letter_is_on_record(office: LetterOffice) -> None:
    made = office.came("disclosure")
    assert ASKER.name in "".join(look(made, office.handler, "view").manuscript().texts())
    assert Entry.objects.latest("id").content == {"letter": made.pk, "purpose": "view"}
    for person in (office.stranger, office.supervisor, office.administrator):
        with pytest.raises(NotAllowedError):
            look(made, person, "view")


def test_a_letter_by_itself_sent_twice_is_one(office: LetterOffice) -> None:
    case = office.registered()
    matter = Matter(office.housing, case.applicant)
    order = office.order("record_corrected")
    once = issue_alone(order, matter, office.handler, "k")
    assert issue_alone(order, matter, office.handler, "k") == once
    assert Letter.objects.count() == 1
    with pytest.raises(NotAllowedError):
        issue_alone(order, matter, office.stranger)


def test_an_office_words_what_is_free_and_nothing_else(office: LetterOffice) -> None:
    body, chief = office.housing, office.administrator
    closing = Wording("disclosure", "closing", "特此告知，望周知。", LATER)
    with pytest.raises(NotAllowedError):
        reword(body, closing, office.handler)
    with pytest.raises(LockedTextError, match="法定文字"):
        reword(body, closing._replace(passage="decision"), chief)
    with pytest.raises(EditError, match="少了字段"):
        reword(body, Wording("disclosure", "time", "另行通知", LATER), chief)
    with pytest.raises(EditError, match="早于今天"):
        reword(body, closing._replace(since=D(2026, 6, 1)), chief)
    reword(body, closing, chief)
    case = office.registered(arrived=D(2026, 6, 29))
    granted = replace(GRANTED, on=LATER)
    first = office.walked(case, granted)
    assert "望周知" in whole(first)
    reword(body, closing._replace(text=""), chief)
    later = office.walked(office.registered(arrived=D(2026, 6, 29)), granted)
    assert "望周知" not in whole(later)
    assert first.made_by != later.made_by
    assert LetterEdit.objects.count() == 2


@pytest.mark.parametrize("kind", WAYS)
def test_an_order_is_kept_and_read_back(kind: str) -> None:
    order = LetterOffice.order(None, kind, day=LATER, party="1")  # type: ignore[arg-type]
    assert read(written(order)) == order


def test_a_late_correction_notice_promises_no_new_term(office: LetterOffice) -> None:
    case, day = office.registered(), D(2026, 3, 12)
    late = e.CorrectionAsked(on=day, until=D(2026, 3, 26))
    order = office.order("correction_notice")
    with at(day):
        text = "".join(previewed(case, late, order).letter.manuscript().texts())
        assert "期限不因补正重新计算，仍自2026年3月2日起计算" in text
        Choice.objects.create(
            body=office.housing, option="late_correction", choice="restart"
        )
        anew = "".join(previewed(case, late, order).letter.manuscript().texts())
        assert "期限自收到补正材料之日起计算" in anew
