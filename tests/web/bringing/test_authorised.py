"""Each step of an import, and the export, by everybody who holds one role alone."""

from __future__ import annotations

import pytest
from django.db import transaction

from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bringing import exporting, running, signing, staging, trying
from tests.web.bringing.catalogues import as_csv, row
from tests.web.desk.test_authorisation import SPECIFICATION
from tests.web.people import appointed, person

ALLOWED = SPECIFICATION["bringing"]


def prepared(room, act: str):
    """A catalogue as far as an act finds it."""
    if act in {"upload", "export"}:
        return room.published() if act == "export" else None
    catalogue = room.uploaded(as_csv([row(1)]))
    if act in {"map", "try", "clear"}:
        return catalogue
    catalogue = room.tried(catalogue)
    if act == "propose":
        return catalogue
    if act in {"agree", "send_back"}:
        return signing.propose(catalogue, "旧站数据库导出", room.publisher)
    catalogue = room.agreed(catalogue)
    return running.begin(catalogue, room.publisher) if act == "stop" else catalogue


def uploaded(room, who):
    file = room.folder / "又一份.csv"
    file.write_bytes(as_csv([row(2)]))
    return staging.upload(room.housing, "又一份.csv", file, who)


def exported(room, who):
    [part] = exporting.slices(room.housing)
    return exporting.export(room.housing, part, who)


DOES = {
    "upload": lambda room, _made, who: uploaded(room, who),
    "map": lambda _room, made, who: trying.set_mapping(made, made.mapping, who),
    "try": lambda _room, made, who: trying.begin(made, who),
    "propose": lambda _room, made, who: signing.propose(made, "旧站导出", who),
    "agree": lambda _room, made, who: signing.agree(made, signing.hash_of(made), who),
    "send_back": lambda _room, made, who: signing.send_back(made, who, "请核对"),
    "run": lambda _room, made, who: running.begin(made, who),
    "stop": lambda _room, made, who: running.stop(made, who),
    "clear": lambda _room, made, who: running.clear(made, who),
    "export": lambda room, _made, who: exported(room, who),
}


@pytest.mark.parametrize("act", ALLOWED)
def test_each_act_is_done_by_those_roles_alone(room, act):
    made = prepared(room, act)
    could = set()
    for role in Role:
        who = person(f"only-{role}")
        appointed(who, room.housing, role)
        undone = transaction.savepoint()
        try:
            DOES[act](room, made, who)
            could.add(role.value)
        except NotAllowedError:
            pass
        transaction.savepoint_rollback(undone)
        if made is not None:
            made.refresh_from_db()
    assert could == set(ALLOWED[act])
    assert set(ALLOWED) == set(DOES)
