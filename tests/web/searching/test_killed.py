"""A process killed in the middle of writing loses nothing and leaves nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest

from mingtang_web.searching import feeding, places
from mingtang_web.searching.models import Change
from tests.conftest import ROOT
from tests.web.notices.test_killed import command, finished, killed_after
from tests.web.searching.offices import found, held, many
from tests.web.searching.shelves import EMBEDDED, ENGINES, opened, refs
from tests.web.searching.writing import BATCH

KILLS = 8


def writer(kind: str, folder) -> subprocess.Popen[str]:
    known = {"DJANGO_SETTINGS_MODULE": "tests.web.settings"}
    paths = [str(ROOT / "src"), str(ROOT), *filter(None, sys.path)]
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "tests.web.searching.writing", kind, str(folder)],
        env={**os.environ, **known, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("kind", ENGINES)
def test_whatever_is_killed_in_mid_write_is_whole(kind, tmp_path):
    chance = Random(7)  # noqa: S311 - no secret
    said = -1
    for _ in range(KILLS):
        running = writer(kind, tmp_path)
        assert running.stdout
        first = running.stdout.readline()
        if not first:
            pytest.fail(f"it ended by itself: {running.communicate()[1]}")
        said = max(said, int(first))
        time.sleep(chance.uniform(0, 0.1))
        running.send_signal(signal.SIGKILL)
        told, _ = running.communicate()
        said = max([said, *map(int, told.split())])
        engine = opened(kind, tmp_path)
        last = int(engine.notes().get("batch", "-1"))
        assert last >= said - (kind != EMBEDDED)
        whole(engine, kind, last, said)
        engine.close()


def whole(engine, kind: str, last: int, said: int) -> None:
    """Assert that an index holds whole batches, all that were said to be in."""
    batches = {ref: (ref - 1) // BATCH for ref in engine.stamps("document", 0, None)}
    count = max(batches.values()) + 1
    assert count > said
    # Only an engine that notes behind its commit may be one batch further.
    assert count - 1 - last in ({0} if kind == EMBEDDED else {0, 1})
    refs_in = range(1, count * BATCH + 1)
    kept = {n for n in refs_in if (n - 1) // BATCH == count - 1 or _stays(n - 1)}
    assert set(batches) == kept
    assert len(refs(engine, f"批次{count - 1:06}")) == BATCH
    assert engine.size() == len(kept)


def _stays(number: int) -> bool:
    """Return whether an entry is of the half that the batch behind it leaves in."""
    return number % BATCH >= BATCH - BATCH // 2


@pytest.mark.django_db(transaction=True)
def test_an_index_killed_while_it_is_made_goes_on_behind_its_last_step(room, index_folder):
    rows = many(room.housing, room.writer, 3 * feeding.AT_A_TIME + 20)
    folder = index_folder.parent
    killed_after(command(folder, "searchindex", "rebuild"), "建立索引")
    looked = feeding.begin().looked
    assert looked >= feeding.AT_A_TIME
    with pytest.raises(places.NoIndexError):
        places.current()
    Change.objects.create(room="document", ref=rows[0].pk)
    killed_after(command(folder, "searchindex", "rebuild"), "建立索引")
    said = finished(command(folder, "searchindex", "rebuild"))
    assert f"索引里有 {len(rows)} 条" in said
    assert set(held()) == {row.pk for row in rows}
    assert found("工程编号7").counted == 1
    assert Change.objects.count() == 0
