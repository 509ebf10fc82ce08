"""What is installed elsewhere is what stands here: code, law, form, styles."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from tests.architecture.engine import ENGINE, ROOT
from tools.tracked import tracked

SITE = ROOT / "src" / "mingtang_web"

if TYPE_CHECKING:
    from pathlib import Path


def test_the_wheel_carries_every_file_of_engine_and_site(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(
        ROOT / "src", source / "src", ignore=shutil.ignore_patterns("*.egg-info")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-index", "--no-deps"]
    build += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(source)]
    subprocess.run(build, check=True)  # noqa: S603 - our own words and folders
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    files = [path for path in tracked(ROOT) if {ENGINE, SITE} & set(path.parents)]
    assert {str(path.relative_to(ROOT / "src")) for path in files} - carried == set()
