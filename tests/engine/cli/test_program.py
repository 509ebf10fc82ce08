"""From words to a command: help, wrong calls, exit status, quick start."""

from __future__ import annotations

import sys

import pytest

from mingtang import __version__
from mingtang.cli.program import COMMANDS
from mingtang.cli.usage import translated
from mingtang.registry import load

HEAVY = ("yaml", "rich", "dataclasses", "argparse", "mingtang.form.loading", "turbohtml")


def test_version_is_said_and_nothing_heavy_is_loaded(command):
    said = command("--version")
    assert said.stdout.decode().strip() == f"mingtang {__version__}"
    assert said.returncode == 0


def test_version_loads_next_to_nothing():
    import subprocess  # noqa: PLC0415

    probe = (
        "import sys; from mingtang.cli import main; main(['--version']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)  # noqa: S603
    assert said.stdout.decode().splitlines()[-1] == "[]"


def test_without_words_the_overview_is_shown_and_the_call_is_wrong(mingtang):
    status, out, _ = mingtang()
    assert status == 2
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_help_is_shown(mingtang, word):
    status, out, err = mingtang(word)
    assert (status, err) == (0, "")
    assert "用法：mingtang" in out


@pytest.mark.parametrize("name", [*COMMANDS, "law due", "law fee", "law grounds"])
def test_every_command_has_help_in_chinese(mingtang, capsys, name):
    try:
        status, out, _ = mingtang(*name.split(), "--help")
    except SystemExit as end:
        status, out = end.code, capsys.readouterr().out
    assert status == 0
    assert out.startswith("用法：")
    assert not any(word in out for word in ("usage:", "positional", "show this"))


@pytest.mark.parametrize("name", ["read", "check"])
def test_every_option_has_its_words(name):
    for action in load(f"cli.{name}").usage()._actions:
        assert action.help


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chek", "x"), "没有“chek”这个命令"),
        (("check",), "还缺：FILE"),
        (("check", "x", "--colour"), "不认识的参数：--colour"),
        (("read", "x", "--json", "--jsonl"), "只能用一个"),
        (
            ("check", "x", "--fail-on", "worst"),
            "--fail-on 不能是“worst”，可用：breach、contradiction、doubt、note（",
        ),
        (("check", "x", "--jobs", "viele"), "要写 0 以上的整数"),
        (("check", "x", "--resume", "o.jsonl"), "--resume 要与 --jsonl 同用"),
        (("rule", "S999"), "S999"),
        (("form", "2018"), "没有“2018”版的表式"),
        (("form", "2021", "--year", "2023"), "只写一个"),
        (("form", "--year", "2015"), "2015年度没有可用的表式"),
        (("law", "tax"), "law 没有“tax”这一项"),
        (("law", "due", "soon"), "日期要写成"),
        (("law", "due", "2026-09-18", "--term", "lunch"), "没有“lunch”这个期限"),
        (("law", "due", "2026-09-18", "--extend", "21"), "延长的期限"),
        (("law", "due", "2026-09-18", "--pause", "2026-10-08"), "开始:结束"),
        (("law", "due", "2026-09-18", "--pause", "2026-10-08:2026-10-01"), "早于"),
        (("law", "due", "2035-01-01"), "2035年的放假安排尚未录入"),
        (("law", "fee"), "须写其中之一"),
        (("law", "fee", "--items", "-3"), "--items"),
        (("law", "fee", "--items", "3", "--on", "2019-01-01"), "2021-01-01"),
        (("law", "holidays", "1999"), "1999"),
    ],
)
def test_a_wrong_call_is_one_clear_line_and_status_two(mingtang, words, said):
    status, out, err = mingtang(*words)
    assert status == 2
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


def test_our_own_bugs_do_show(monkeypatch):
    from mingtang.cli import main, program  # noqa: PLC0415

    monkeypatch.setitem(program.COMMANDS, "bug", "")
    with pytest.raises(ModuleNotFoundError):
        main(["bug"])


def test_an_unknown_message_stays_as_it_is():
    assert translated("something new") == "something new"


def test_output_is_utf8_whatever_the_terminal_was_set_to(command):
    said = command("form", env={"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"})
    assert "年版" in said.stdout.decode("utf-8")
