"""An import that is killed leaves whole rows only, and goes on without doubles."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.web.importing.ledgers import written
from tests.web.people import unified_code

PREPARE = """
from mingtang_web.bodies.actions import add_body
from mingtang_web.bodies.models import Body
from tests.web.people import unified_code
add_body(Body(code=unified_code(1), name='西山区水务局', short_name='水务局',
              letter_code='西水', kind='department', region='990101'))
"""
JUDGE = """
from mingtang_web.bodies.models import Body
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case
from mingtang_web.importing.models import ImportedRow
from mingtang_web.ledger.queries import faults
cases = list(Case.objects.order_by('id'))
assert [c.number for c in cases] == [f'2024-{n:04d}' for n in range(1, len(cases) + 1)]
assert ImportedRow.objects.count() == len(cases)
assert all(len(bridge.history(c.pk)) == c.version == 4 for c in cases)
assert list(faults(Body.objects.get())) == []
print(len(cases))
"""
ROWS = [
    {"old_number": str(n), "received": "2024-03-04", "channel": "当面", "kind": "公民",
     "name": "张三丰", "decided": "2024-03-12", "ground": "G2", "dispatched": "2024-03-13",
     "mode": "邮寄", "delivered": "2024-03-15"}
    for n in range(160)
]  # fmt: skip


def test_a_killed_import_leaves_whole_rows_and_goes_on(tmp_path: Path, root: Path) -> None:
    file = tmp_path / "台账.csv"
    file.write_bytes(written(ROWS))
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
    run("shell", "-c", PREPARE)
    words = ("import_ledger", file, "--body", unified_code(1))
    started = subprocess.Popen(  # noqa: S603 - our own command
        command(*words), env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout
    for line in started.stdout:
        if "已处理 100 行" in line:
            os.kill(started.pid, signal.SIGKILL)
            break
    started.wait(30)
    started.stdout.close()
    kept = int(run("shell", "-c", JUDGE).split()[-1])
    assert 100 <= kept < len(ROWS)
    assert f"导入 {len(ROWS)} 件" in run(*words, "--resume")
    assert int(run("shell", "-c", JUDGE).split()[-1]) == len(ROWS)
