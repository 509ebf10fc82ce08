"""Seals, stamps and notes are found by their page and lie over its text."""

from __future__ import annotations

import pytest

from mingtang.reading.ofd.notes import notes
from mingtang.reading.ofd.package import Package
from tests.trials.ofd import alone, package

LISTED = "<Annotations><Page PageID='7'><FileLoc>P.xml</FileLoc></Page></Annotations>"
LOOK = '<Appearance Boundary="10 20 30 40"/>'


def annotated(note):
    document = "<Document><CommonData/><Annotations>Annots/A.xml</Annotations></Document>"
    parts = {
        "Doc_0/Document.xml": document,
        "Doc_0/Annots/A.xml": LISTED,
        "Doc_0/Annots/P.xml": f"<PageAnnot>{note}</PageAnnot>",
    }
    return notes(Package(package(parts)))


def test_a_document_without_notes_has_none():
    assert notes(Package(alone(""))) == {}


@pytest.mark.parametrize("kind", ["Stamp", "Path"])
def test_a_note_over_the_text_is_found(kind):
    found = annotated(f'<Annot Type="{kind}">{LOOK}</Annot>')
    assert found == {"7": [(10, 20, 40, 60)]}


@pytest.mark.parametrize("kind", ["Link", "Highlight", "Watermark"])
def test_a_note_through_which_text_is_read_is_none(kind):
    assert annotated(f'<Annot Type="{kind}">{LOOK}</Annot>') == {}


@pytest.mark.parametrize(
    "note", [f'<Annot Type="Stamp" Visible="false">{LOOK}</Annot>', '<Annot Type="Stamp"/>']
)
def test_a_note_that_is_not_shown_is_none(note):
    assert annotated(note) == {}


def test_the_seal_of_a_signature_is_found():
    body = (
        "<DocBody><DocRoot>Doc_0/Document.xml</DocRoot>"
        "<Signatures>Doc_0/Signs/Signatures.xml</Signatures></DocBody>"
    )
    parts = {
        "OFD.xml": f"<OFD>{body}</OFD>",
        "Doc_0/Signs/Signatures.xml": '<Signatures><Signature ID="1" '
        'BaseLoc="Sign_0/Signature.xml"/><Signature BaseLoc="gone.xml"/></Signatures>',
        "Doc_0/Signs/Sign_0/Signature.xml": "<Signature><SignedInfo>"
        '<StampAnnot ID="1" PageRef="7" Boundary="10 20 30 40"/>'
        "</SignedInfo></Signature>",
    }
    assert notes(Package(package(parts))) == {"7": [(10, 20, 40, 60)]}
