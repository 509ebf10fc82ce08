"""What the process that dies was about to do."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang_web.accounts.models import User
from mingtang_web.cases.actions import Doing, do
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import approve
from mingtang_web.letters.delivering import Delivered, record_delivery
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import at
from tests.web.letters.ways import ANSWERED, ASKED, LATER, LetterOffice

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def act(told: dict) -> Case:
    """Ask for a correction, with its letter."""
    with at(ASKED.on):
        case = Case.objects.get(pk=told["case"])
        order = LetterOffice.order(None, "correction_notice")  # type: ignore[arg-type]
        handler = User.objects.get(username="handler")
        return do(case, ASKED, Doing(handler, case.version, "k-act", letter=order))


def decide(told: dict) -> Case:
    """Consent to a refusal, with its letter."""
    return _consented(told)


def extend(told: dict) -> Case:
    """Consent to an extension, with its letter."""
    return _consented(told)


def _consented(told: dict) -> Case:
    with at(ANSWERED):
        made = Proposal.objects.get(case_id=told["case"])
        return approve(made, User.objects.get(username="approver"), "同意")


def deliver(told: dict) -> None:
    """Record that the letter arrived, with a picture of the receipt."""
    with at(LATER):
        row = Letter.objects.get(case_id=told["case"])
        delivered = Delivered("post", row.day, row.day, "post", "XA1", "k-proof")
        clerk = User.objects.get(username="clerk")
        record_delivery(row, delivered, clerk, SimpleUploadedFile("a.png", PNG))
