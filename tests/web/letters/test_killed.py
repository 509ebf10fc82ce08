"""A process that dies in the middle leaves all of an act or nothing of it.

Real processes, killed for real, on both databases; then the tables and the
folder are looked at, and the act is done again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection

from mingtang.case import events as e
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import Doing, SignOffError
from mingtang_web.cases.lettering import kind_for
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.signing import propose, review
from mingtang_web.files.actions import clear_orphans, content
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.letters.actions import opened
from mingtang_web.letters.models import DeliveryRecord, Letter
from mingtang_web.numbering.models import NumberSeries
from tests.web.cases.requests import at
from tests.web.letters import killed_acts
from tests.web.letters.killed import DEAD, FILE_POINTS, POINTS, SIGN_POINTS
from tests.web.letters.ways import ANSWERED, LATER, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = e.Decided(on=ANSWERED, ground="N6")
EXTENDED = e.Extended(on=ANSWERED, days=20)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def office(tmp_path: Path, settings, transactional_db: None) -> Iterator[LetterOffice]:  # noqa: ARG001
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(LATER):
        yield LetterOffice()


class Killed:
    """Processes that do an act and die on the way; all from one that has Django loaded."""

    def __init__(self, act: str, case: int) -> None:
        words = {
            "act": act,
            "case": case,
            "database": database(),
            "media": str(settings.MEDIA_ROOT),
            "master": str(settings.MASTER_KEY),
            "index": str(settings.INDEX_KEY),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.letters.killed"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        )  # fmt: skip
        self.tell(json.dumps(words))

    def at(self, point: str) -> int:
        """How a process ended that should die at a point."""
        self.tell(point)
        return int(self.process.stdout.readline())

    def tell(self, line: str) -> None:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def close(self) -> None:
        self.process.communicate()


def database() -> dict:
    """The words for the very database that this test stands on."""
    known = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"}
    return {name: v for name, v in connection.settings_dict.items() if name in known}


def test_an_act_with_its_letter_is_all_there_or_not_at_all(office) -> None:
    told = {"case": office.registered().pk}
    with closing(Killed("act", told["case"])) as killed:
        for point in POINTS:
            assert killed.at(point) == DEAD
            assert acted(told) == (2 if point == "after commit" else 0), point
    after = killed_acts.act(told)
    assert (after.version, after.phase) == (2, "correction")
    made = Letter.objects.get()
    assert (made.sequence, opened(made).number) == (1, made.number)
    assert list(faults(office.housing)) == []


@pytest.mark.parametrize(("act", "event"), [("decide", REFUSED), ("extend", EXTENDED)])
def test_a_consent_with_its_act_and_letter_is_all_there_or_not_at_all(office, act, event):
    case = office.registered()
    order = office.order(kind_for(event))
    doing = Doing(office.handler, case.version, "k-propose", letter=order)
    with at(ANSWERED):
        made = propose(case, event, doing)
        if made.stage == Proposal.Stage.LEGAL:
            review(made, office.lawyer, "同意", agrees=True)
    told = {"case": case.pk}
    with closing(Killed(act, case.pk)) as killed:
        for point in SIGN_POINTS:
            assert killed.at(point) == DEAD, point
            assert consented(told) == (point == "after commit"), point
    with pytest.raises(SignOffError, match="不能再办"):
        getattr(killed_acts, act)(told)
    assert list(faults(office.housing)) == []


def consented(told: dict) -> bool:
    """Whether the consent is there; stage, event, number, letter and entries agree."""
    done = Proposal.objects.get().stage == Proposal.Stage.APPROVED
    entries = Entry.objects.filter(kind="case.approved").count()
    numbers = NumberSeries.objects.filter(series__startswith="letter.", last=1).count()
    issued = Letter.objects.filter(status="issued").count()
    version = Case.objects.get(pk=told["case"]).version - 1
    events = len(bridge.history(told["case"])) - 1
    assert done == entries == numbers == issued == version == events
    return done


def acted(told: dict) -> int:
    """How much of the act is there; its number, letter, event and entry agree."""
    events = len(bridge.history(told["case"])) - 1
    entries = Entry.objects.filter(kind="event.correction_asked").count()
    numbers = NumberSeries.objects.filter(series="letter.procedure", last=1).count()
    assert events == entries == numbers == Letter.objects.count()
    return events + entries


def test_a_proof_is_all_there_or_not_at_all(office) -> None:
    told = {"case": office.registered().pk}
    killed_acts.act(told)
    with closing(Killed("deliver", told["case"])) as killed:
        for point in FILE_POINTS:
            assert killed.at(point) == DEAD
            went = point == "after commit"
            assert DeliveryRecord.objects.count() == StoredFile.objects.count() == went
            assert Entry.objects.filter(kind="letter.delivered").count() == went
            assert files_after_clearing() == went, point
    killed_acts.deliver(told)
    record = DeliveryRecord.objects.get()
    assert content(record.file) == killed_acts.PNG
    assert list(faults(office.housing)) == []


def files_after_clearing() -> int:
    for file in settings.MEDIA_ROOT.glob("*/*"):
        os.utime(file, (0, 0))
    clear_orphans()
    return len([file for file in settings.MEDIA_ROOT.glob("*/*") if file.is_file()])
