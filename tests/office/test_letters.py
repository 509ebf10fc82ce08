"""LibreOffice shows our letters whole, with no page that holds a remnant."""

from __future__ import annotations

import re
import shutil
import subprocess

import pypdfium2
import pytest

from mingtang.writing import letters
from tests.engine.drafting.cases import letter

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
KINDS = (
    "disclosure",
    "extension_notice",
    "fee_notice",
    "third_party_consultation",
    "delivery_receipt",
)


def bare(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The pages LibreOffice prints of each letter, as texts."""
    folder = tmp_path_factory.mktemp("letters")
    files = [folder / f"{kind}.docx" for kind in KINDS]
    for path in files:
        path.write_bytes(letters.write(letter(path.stem).manuscript(), "docx"))
    words = [OFFICE, "--headless", "--norestore", "--convert-to", "pdf"]
    words += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    words += ["--outdir", str(folder), *map(str, files)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    found = {}
    for kind in KINDS:
        document = pypdfium2.PdfDocument(folder / f"{kind}.pdf")
        pages = [page.get_textpage().get_text_bounded() for page in document]
        found[kind] = [re.sub(r"—\d+—$", "", bare(page)) for page in pages]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_it_loses_nothing_of_a_letter(shown, kind):
    text = "".join(shown[kind])
    said = [bare(part) for part in letter(kind).manuscript().texts()]
    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_it_keeps_signature_and_contact_on_one_page(shown, kind):
    (page,) = (page for page in shown[kind] if "2026年3月12日（联系单位" in page)
    assert "010-00000000）" in page
    assert page.index("清河市东湖区住房和城乡建设局2026年3月12日") > 0
