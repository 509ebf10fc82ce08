"""Guides, catalogue and word lists: each act by each role, as the table has it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError

from mingtang.screening import Word
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.guides import actions as guides
from mingtang_web.ledger.doing import Doing
from mingtang_web.ledger.models import Entry
from mingtang_web.matters import actions as matters
from mingtang_web.matters.models import Fulfilment, Item
from mingtang_web.publication.recording import OutOfTurnError
from mingtang_web.wordlists import actions as wordlists
from tests.web.people import appointed, person
from tests.web.publication.offices import TODAY

TABLE = Path(__file__).parents[1] / "authorisation.yaml"
SPECIFICATION = yaml.safe_load(TABLE.read_text("utf-8"))["kept"]
LINE = matters.Line(*"甲乙丙丁戊己")
STOPPED = (ValidationError, OutOfTurnError, wordlists.ListMovedOnError)
"""What stops somebody who may, once somebody else has been there."""


class Kept:
    """One of everything, and every act on it."""

    def __init__(self, room) -> None:
        self.body = room.housing
        admin, lawyer = room.administrator, room.lawyer
        self.document = room.drafted(column="guide")
        matters.add(self.body, [LINE], TODAY, Doing(admin, 0, note="首次"))
        self.item = Item.objects.get()
        matters.link(self.item, self.document, Doing(room.writer, 0))
        self.row = Fulfilment.objects.get()
        self.words = wordlists.begin(self.body, "本局", "局", Doing(lawyer, 0))

    def acts(self, user) -> dict:
        said = Doing(user, 0, note="理由")
        name = f"词表{user.pk}"
        return {
            "guide_start": lambda: guides.start_guide(self.body, said),
            "guide_confirm": lambda: guides.confirm(self.document, said),
            "guide_interval": lambda: guides.set_interval(self.body, 6, user, None),
            "matter_add": lambda: matters.add(self.body, [LINE], TODAY, said),
            "matter_retire": lambda: matters.retire(self.item, TODAY, said),
            "matter_link": lambda: matters.link(self.item, self.document, said),
            "matter_unlink": lambda: matters.unlink(self.row, said),
            "words_begin": lambda: wordlists.begin(self.body, name, "局", said),
            "words_add": lambda: wordlists.add(self.words, [Word("甲乙", "丙")], "", said),
            "words_retire": lambda: wordlists.retire(self.words, 1, said),
            "words_list_retire": lambda: wordlists.retire_list(self.words, said),
        }


@pytest.mark.parametrize("role", list(Role))
def test_each_act_is_for_the_roles_of_the_table(room, role):
    kept = Kept(room)
    user = person(f"is-{role}", "某人")
    appointed(user, kept.body, role)
    acts = kept.acts(user)
    assert set(acts) == set(SPECIFICATION)
    allowed = set()
    for name, act in acts.items():
        before = Entry.objects.count()
        try:
            act()
        except NotAllowedError:
            assert Entry.objects.count() == before
            continue
        except STOPPED:
            pass
        allowed.add(name)
    assert allowed == {name for name, roles in SPECIFICATION.items() if role in roles}


def test_nobody_of_another_body_may(room):
    kept = Kept(room)
    for role in Role:
        user = person(f"else-{role}", "某人")
        appointed(user, room.elsewhere, role)
        for act in kept.acts(user).values():
            with pytest.raises(NotAllowedError):
                act()
