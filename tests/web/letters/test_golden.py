"""Every kind of letter, issued once for a fitting case, is what its paper says."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from mingtang.case import events as e
from mingtang.drafting import template, templates
from mingtang.manuscript import CONTACT, DAY, SIGNER
from mingtang.writing.typography import stays
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.letters.actions import issue_alone, opened
from mingtang_web.letters.orders import Matter
from mingtang_web.letters.rendering import file, manuscript
from mingtang_web.registers.rules import LAWS
from tests.web.cases.requests import ASKER
from tests.web.letters.ways import THIRD, WAYS, LetterOffice

if TYPE_CHECKING:
    from mingtang_web.letters.models import Letter

D = date
OTHER = Person(
    name="欧阳别人",
    identity_number="110101198501011230",
    phone="13700137000",
    address="东岭区杨树街一号",
)
REGISTERS = tuple(sorted({kind for law in LAWS.values() for kind in law.letters.values()}))
ASIDE = ("third_party_consultation", "co_author_consultation", "other_body_consultation")


@pytest.fixture
def office(office: LetterOffice) -> LetterOffice:
    """The office, with a second applicant whose data must be in no letter."""
    office.registered(person=OTHER)
    return office


def test_every_kind_has_a_way() -> None:
    walked = {*WAYS, *ASIDE, *REGISTERS, "registration_receipt", "consultation_notice"}
    walked |= {"refused_third_party", "third_party_disclosure"}
    assert walked == {known.kind for known in templates()}


@pytest.mark.parametrize("kind", WAYS)
def test_an_act_brings_its_letter(office: LetterOffice, kind: str) -> None:
    made = office.came(kind)
    assert made.kind == kind
    assert_on_paper(made, ASKER if template(kind).reader == "applicant" else None)


@pytest.mark.parametrize("kind", ASIDE)
def test_a_consultation_names_no_applicant(office: LetterOffice, kind: str) -> None:
    notice = office.order("consultation_notice")
    made = office.consulted(kind.removesuffix("_consultation"), notice)
    text = assert_on_paper(made, THIRD)
    assert_nothing_of(ASKER, text)
    told = made.__class__.objects.get(case_id=made.case_id, kind="consultation_notice")
    assert_nothing_of(THIRD, assert_on_paper(told, ASKER))


def test_a_refusal_for_the_third_partys_sake_tells_how_it_was_asked(office) -> None:
    asked = office.consulted("third_party")
    case = case_of(asked)
    office.delivered(case, D(2026, 3, 6))
    office.done(
        case,
        e.ConsultationDelivered(on=D(2026, 3, 6), party="1"),
        e.OpinionReceived(on=D(2026, 3, 11), party="1", stance="objects"),
    )
    made = office.walked(case_of(asked), e.Decided(on=D(2026, 3, 12), ground="N4"))
    text = assert_on_paper(made, ASKER)
    assert "2026年3月5日书面征求了第三方的意见，第三方不同意公开" in text
    assert_nothing_of(THIRD, text)


def test_a_disclosure_against_an_objection_is_told_to_both(office) -> None:
    asked = office.consulted("third_party")
    case = office.done(
        case_of(asked),
        e.ConsultationDelivered(on=D(2026, 3, 6), party="1"),
        e.OpinionReceived(on=D(2026, 3, 11), party="1", stance="objects"),
    )
    further = (office.order("third_party_disclosure", party="1"),)
    event = e.Decided(on=D(2026, 3, 12), ground="G2", overrides="public_interest")
    with pytest.raises(LetterMissingError, match="第1位被征求意见者"):
        office.act(case, event, office.order("disclosure"))
    office.act(case, event, office.order("disclosure"), further=further)
    letters = asked.__class__.objects.filter(case_id=case.pk)
    assert_nothing_of(
        ASKER, assert_on_paper(letters.get(kind="third_party_disclosure"), THIRD)
    )
    assert_nothing_of(THIRD, assert_on_paper(letters.get(kind="disclosure"), ASKER))


def test_a_receipt_goes_out_when_receipt_is_confirmed(office) -> None:
    case = office.registered(channel="online")
    made = office.walked(case, e.Confirmed(on=D(2026, 3, 3)))
    assert "2026年3月3日" in assert_on_paper(made, ASKER)
    assert "2026年3月31日届满" in assert_on_paper(made, ASKER)


def test_the_same_letter_is_the_same_file_each_time(office) -> None:
    made = office.came("fee_notice")
    for to in ("docx", "pdf"):
        assert file(made, opened(made), to) == file(made, opened(made), to)


@pytest.mark.parametrize("kind", REGISTERS)
def test_a_letter_of_a_register_stands_by_itself(office, kind: str) -> None:
    case = office.registered()
    matter = Matter(office.housing, case.applicant)
    assert_on_paper(issue_alone(office.order(kind), matter, office.handler), ASKER)


def case_of(letter: Letter):
    from mingtang_web.cases.models import Case  # noqa: PLC0415

    return Case.objects.get(pk=letter.case_id)


def assert_on_paper(row: Letter, reader: Person | None) -> str:
    """Both files say the letter's number, name its reader and nobody else; return one."""
    made = opened(row)
    for to, read in (("docx", in_word), ("pdf", in_pdf)):
        text = read(file(row, made, to))
        assert row.title in text
        assert row.number.replace(" ", "") in text
        assert bool(row.number) == bool(template(row.kind).series)
        if reader is not None:
            assert f"{reader.name}：" in text
        assert_nothing_of(OTHER, text)
    return in_word(file(row, made, "docx"))


def assert_nothing_of(person: Person, text: str) -> None:
    told = (
        person.name,
        person.identity_number,
        person.phone,
        person.address,
        person.contact,
    )
    assert [word for word in told if word and word in text] == []


def in_word(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    return "".join(re.sub(r"<[^>]+>", "", xml).split())


def in_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return "".join("".join(texts).split())


def test_the_seal_presses_on_signature_and_day_and_no_page_holds_the_contact_alone(office):
    made = office.came("correction_notice")
    pieces = manuscript(made, opened(made)).pieces
    at = next(n for n, piece in enumerate(pieces) if getattr(piece, "role", "") == DAY)
    roles = [piece.role for piece in pieces[at - 1 :]][:3]
    assert roles == [SIGNER, DAY, CONTACT]
    assert stays(pieces[at - 2], pieces[at - 1])
    assert stays(pieces[at - 1], pieces[at])
    assert stays(pieces[at], pieces[at + 1])
    assert "印章" not in "".join(piece.text for piece in pieces[at - 1 :])
