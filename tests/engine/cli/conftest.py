"""A report that balances, one that does not, and the command to try them with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingtang.cli import main

SAMPLES = Path(__file__).parents[3] / "samples"


def report(total: int = 3, body: str = "某区某局") -> str:
    """Return a small report as HTML whose table 三 says ``total`` in one corner."""
    people = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    heads = "".join(f"<td>{name}</td>" for name in (*people, "总计"))
    cells = "<td>0</td>" * 5
    rows = "".join(
        f"<tr><td>{label}</td><td>3</td>{cells}<td>{last}</td></tr>"
        for label, last in (
            ("一、本年新收政府信息公开申请数量", total),
            ("四、结转下年度继续办理", 3),
        )
    )
    return (
        f"<html><body><h1>{body}2024年政府信息公开工作年度报告</h1><p>一、总体情况</p>"
        f"<p>本年收到申请3件。</p><p>三、收到和处理政府信息公开申请情况</p>"
        f"<table><tr><td></td>{heads}</tr>{rows}</table></body></html>"
    )


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "甲.html"
    path.write_text(report(), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "乙.html"
    path.write_text(report(total=7), encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "空.html"
    path.write_bytes(b"")
    return path


@pytest.fixture
def mingtang(capsys):
    """Run the command in this process: status, output, errors."""

    def run(*words):
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def command():
    """Run the command as people do, in a process of its own."""

    def run(*words, **options):
        environment = {**os.environ, "PYTHONIOENCODING": "ascii", **options.pop("env", {})}
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "mingtang.cli", *map(str, words)],
            capture_output=True,
            check=False,
            timeout=120,
            env=environment,
            **options,
        )

    return run
