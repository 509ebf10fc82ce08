"""Packages that were made to harm: refused whole, with nothing kept of them."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from mingtang_web.bringing import packages
from mingtang_web.bringing.models import Catalogue, StagedRow
from mingtang_web.importing.tables import TableError
from tests.web.bringing.catalogues import as_csv, as_zip, row

TABLE = as_csv([row(1)])


def packed(write) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("目录.csv", TABLE)
        write(made)
    return held.getvalue()


def linked(made: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("附件/密码")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    made.writestr(info, "/etc/passwd")


def twice(made: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("目录.csv", TABLE)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed(lambda made: made.writestr("../../外面.txt", "x")), "指向外面"),
        (packed(lambda made: made.writestr("/etc/cron.d/x", "x")), "指向外面"),
        (packed(lambda made: made.writestr("a\\..\\b.txt", "x")), "指向外面"),
        (packed(lambda made: made.writestr("c:/b.txt", "x")), "指向外面"),
        (packed(linked), "有链接"),
        (packed(lambda made: made.writestr("大.txt", bytes(64 * 1024**2))), "异常地大"),
        (as_zip({"一.csv": TABLE, "二.csv": TABLE}), "2个目录表"),
        (as_zip({"说明.txt": b"x"}), "0个目录表"),
    ],
)
def test_a_hostile_package_is_refused_whole(room, data, why):
    with pytest.raises(TableError, match=why):
        room.uploaded(data, "包.zip")
    assert not Catalogue.objects.exists()
    assert not StagedRow.objects.exists()


def test_names_given_twice_are_refused(room):
    with pytest.raises(TableError, match="同名"):
        room.uploaded(packed(twice), "包.zip")


def test_a_size_that_lies_reads_no_further_than_it_may(tmp_path):
    file = tmp_path / "包.zip"
    file.write_bytes(packed(lambda made: made.writestr("大.txt", bytes(1024**2))))
    with packages.Package(file) as package:
        assert len(package.read("大.txt", 1024**2)) == 1024**2
        with pytest.raises(packages.PackageError, match="上限"):
            package.read("大.txt", 1000)


def test_a_folder_is_packed_and_its_links_are_not_followed(room, tmp_path):
    folder = tmp_path / "旧站"
    (folder / "正文").mkdir(parents=True)
    (folder / "目录.csv").write_bytes(as_csv([row(1, 正文="", 正文文件="正文/1.txt")]))
    (folder / "正文" / "1.txt").write_text("正文一。", encoding="utf-8")
    made = room.upload_folder(folder)
    assert room.tried(made).trial["public"] == 1
    (folder / "密码").symlink_to("/etc/passwd")
    with pytest.raises(TableError, match="有链接"):
        room.upload_folder(folder)


def test_old_packers_names_are_read():
    data = packed(lambda made: made.writestr("一.txt", "说明"))
    # A name in GBK that no flag tells of, as old packers on Windows wrote it.
    old = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert old == ["目录.csv", "一.txt"]
    info = zipfile.ZipInfo("x")
    info.filename = "附件.pdf".encode("gb18030").decode("cp437")
    info.flag_bits = 0
    assert packages._name(info) == "附件.pdf"
