"""An applicant is sent on to another body, never to the one that writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mingtang_web.cases.lettering import previewed
from mingtang_web.letters.composing import NotReadyError
from tests.web.cases.requests import at
from tests.web.letters.ways import ANSWERED, WAYS, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

[U1B] = WAYS["not_ours"]


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(ANSWERED):
        yield LetterOffice()


def test_it_does_not_name_itself_as_the_one_to_ask(office: LetterOffice) -> None:
    case, order = office.registered(), office.order("not_ours")
    named = dict(order.particulars) | {"responsible_body": "住房和城乡建设局"}
    wrong = replace(order, particulars=named)
    [problem] = previewed(case, U1B, wrong).problems
    assert (problem.id, "本机关" in problem.what) == ("responsible_body", True)
    with pytest.raises(NotReadyError, match="本机关"):
        office.act(case, U1B, wrong)
    right = dict(order.particulars) | {"responsible_body": "西山区水务局"}
    assert office.act(case, U1B, replace(order, particulars=right)).ground == "U1b"
