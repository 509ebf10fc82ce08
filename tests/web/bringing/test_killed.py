"""An import that is killed leaves whole parts only, and ends as one that was not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.web.bringing.catalogues import as_csv, row
from tests.web.people import unified_code

PREPARE = """
import sys
from pathlib import Path
from mingtang_web.bringing import signing, staging, trying
from mingtang_web.bringing.models import State
from tests.web.publication.offices import Newsroom
room = Newsroom()
made = staging.upload(room.housing, '目录.csv', Path({file!r}), room.publisher)
made = trying.begin(made, room.publisher)
while made.state == State.TRYING:
    made = trying.step(made)
made = signing.propose(made, '旧站导出', room.publisher)
signing.agree(made, signing.hash_of(made), room.approver)
"""
JUDGE = """
from mingtang_web.bodies.models import Body
from mingtang_web.bringing.models import Catalogue, Origin
from mingtang_web.ledger.queries import faults
from mingtang_web.publication.models import Document, Revision, Step
from mingtang_web.verifying.published import PUBLISHED
from mingtang_web.verifying.told import told
made = Catalogue.objects.get()
out = Document.objects.count()
assert [Origin.objects.count(), Revision.objects.count(), Step.objects.count()] == [out] * 3
assert out == sum(made.found.get(name, 0) for name in ('public', 'draft'))
for body in Body.objects.all():
    assert list(faults(body)) == []
    found = told(body)
    assert [each for look in PUBLISHED for each in look(body, found)] == []
numbers = Document.objects.order_by('pk').values_list('index_number', flat=True)
assert list(numbers) == [f'XS/2024-{n:05}' for n in range(out)]
print(out)
"""
ROWS = 1400


def test_a_killed_import_leaves_whole_parts_and_goes_on(tmp_path: Path, root: Path) -> None:
    file = tmp_path / "目录.csv"
    file.write_bytes(as_csv([row(n) for n in range(ROWS)]))
    known = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE"}}
    surroundings = known | {
        "MINGTANG_DATA": str(tmp_path / "data"),
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
    }

    def command(*words: object) -> list[str]:
        return [sys.executable, str(root / "manage.py"), *map(str, words)]

    def run(*words: object) -> str:
        return subprocess.run(  # noqa: S603 - our own command
            command(*words), env=surroundings, check=True, capture_output=True, text=True
        ).stdout

    run("migrate", "-v", 0)
    run("shell", "-c", PREPARE.format(file=str(file)))
    code = unified_code(2)
    words = "import_documents", file, "--body", code, "--by", "publisher", "--resume", 1
    started = subprocess.Popen(  # noqa: S603 - our own command
        command(*words), env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout
    for line in started.stdout:
        if "已到第 501 行" in line:
            os.kill(started.pid, signal.SIGKILL)
            break
    started.wait(30)
    started.stdout.close()
    kept = int(run("shell", "-c", JUDGE).split()[-1])
    assert 500 <= kept < ROWS
    assert f"公开 {ROWS} 件" in run(*words).splitlines()[-1]
    assert int(run("shell", "-c", JUDGE).split()[-1]) == ROWS
