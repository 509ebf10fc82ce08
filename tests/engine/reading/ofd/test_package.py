"""An OFD as a package: which document is read, and where its parts are found."""

from __future__ import annotations

import io
import zipfile

import pytest

from mingtang.packages.archives import ArchiveError
from mingtang.reading.ofd.markup import OfdError
from mingtang.reading.ofd.package import Package


def zipped(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return held.getvalue()


def body(root, more=""):
    return f"<DocBody><DocRoot>{root}</DocRoot>{more}</DocBody>"


def test_the_last_document_of_several_is_read():
    listed = f"<OFD>{body('A/D.xml')}{body('B/D.xml')}</OFD>"
    package = Package(zipped(OFD=listed, A__D="<a/>", B__D="<b/>"))
    assert package.document.name == "B/D.xml"


@pytest.mark.parametrize("place", ["D2.xml", "A/D2.xml", "/A/D2.xml"])
def test_the_current_version_of_a_document_is_read(place):
    versions = (
        '<Versions><Version ID="1" BaseLoc="A/V1.xml"/>'
        '<Version ID="2" Current="true" BaseLoc="A/V2.xml"/></Versions>'
    )
    listed = f"<OFD>{body('A/D1.xml', versions)}</OFD>"
    second = f"<DocVersion><DocRoot>{place}</DocRoot></DocVersion>"
    held = zipped(OFD=listed, A__V1="<x/>", A__V2=second, A__D1="<a/>", A__D2="<b/>")
    assert Package(held).document.name == "A/D2.xml"


@pytest.mark.parametrize("place", ["P/C.xml", "/A/P/C.xml", "A/P/C.xml", "p\\c.XML"])
def test_a_part_is_found_however_its_place_is_written(place):
    package = Package(
        zipped(OFD=f"<OFD>{body('A/D.xml')}</OFD>", A__D="<a/>", A__P__C="<c/>")
    )
    assert package.part(place, package.document).name == "A/P/C.xml"


@pytest.mark.parametrize("garbled", [False, True])
def test_a_part_with_a_chinese_name_is_found(garbled):
    name = "文档/正文"
    stored = name.encode("gb18030").decode("cp437") if garbled else name
    held = {"OFD": f"<OFD>{body('文档/正文.xml')}</OFD>", stored: "<a/>"}
    assert Package(zipped(**held)).document.name.startswith(stored)


def test_nothing_outside_the_file_is_looked_for():
    package = Package(zipped(OFD=f"<OFD>{body('A/D.xml')}</OFD>", A__D="<a/>"))
    assert package.maybe("../../../etc/passwd", package.document) is None


def test_a_missing_part_is_named():
    with pytest.raises(OfdError, match=r"缺少 A/D\.xml"):
        Package(zipped(OFD=f"<OFD>{body('A/D.xml')}</OFD>"))


@pytest.mark.parametrize("listed", ["<OFD/>", "<OFD><DocBody/></OFD>"])
def test_a_file_without_a_document_is_refused(listed):
    with pytest.raises(OfdError, match="文件不完整"):
        Package(zipped(OFD=listed))


def test_an_encrypted_file_is_refused_by_name():
    with pytest.raises(ArchiveError, match="加了密；请先解密"):
        Package(zipped(OFD=f"<OFD>{body('A/D.xml')}</OFD>", Encryptions="<x/>"))


def test_a_torn_file_is_refused():
    whole = zipped(OFD=f"<OFD>{body('A/D.xml')}</OFD>", A__D="<a/>")
    with pytest.raises(ArchiveError, match="不完整或已损坏"):
        Package(whole[:-30])
