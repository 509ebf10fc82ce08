"""Links lead somewhere, every public name is in the glossary, samples in Python run."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mingtang
from tests.docs.documents import ROOT, Sample, anchors, documents, links, samples

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = ROOT / "src" / "mingtang"
each_document = pytest.mark.parametrize(
    "document", documents(), ids=lambda path: str(path.relative_to(ROOT))
)


@each_document
def test_every_relative_link_leads_to_a_file_and_its_heading(document: Path) -> None:
    lost = []
    for target in links(document):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (document.parent / name).resolve() if name else document
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


@each_document
def test_a_document_has_one_title(document: Path) -> None:
    fenceless = re.sub(r"(?ms)^```.*?^```", "", document.read_text("utf-8"))
    assert len(re.findall(r"^# ", fenceless, re.M)) == 1


def test_every_document_is_found_from_the_index() -> None:
    seen: set[Path] = set()
    todo = [ROOT / "docs" / "README.md"]
    while todo:
        document = todo.pop()
        if document in seen or document.suffix != ".md" or not document.is_file():
            continue
        seen.add(document)
        todo += [
            (document.parent / link.split("#")[0]).resolve() for link in links(document)
        ]
    assert sorted(set((ROOT / "docs").rglob("*.md")) - seen) == []


@pytest.mark.parametrize(
    "name", [name for name in mingtang.__all__ if not name.startswith("_")]
)
def test_every_public_name_is_in_the_glossary(name: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    assert f"`{name}`" in glossary


def python_samples() -> Iterator[Sample]:
    for document in documents():
        yield from samples(document, "python")


@pytest.mark.parametrize("sample", list(python_samples()), ids=lambda sample: sample.id)
def test_a_sample_in_python_runs_and_prints_what_follows_it(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ``text`` block straight after a ``python`` block is what it prints.

    A sample may also be a piece of the engine, word for word.
    """
    if any(sample.body in file.read_text("utf-8") for file in ENGINE.rglob("*.py")):
        return
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    shutil.copy(ROOT / "samples" / "wujiang-2024.html", tmp_path / "report.html")
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(sample.body, sample.id, "exec"), {"__name__": "__sample__"})  # noqa: S102
    promised = promised_after(sample)
    if promised is not None:
        assert printed.getvalue() == promised


def promised_after(sample: Sample) -> str | None:
    following = sample.path.read_text("utf-8").split(sample.body, 1)[1]
    match = re.match(r"```\n\n```text\n(.*?)```", following, re.S)
    return match[1] if match else None
