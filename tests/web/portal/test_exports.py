"""The portal as static pages: whole, led together, only what is public, never half."""

from __future__ import annotations

from email import message_from_bytes
from http.server import SimpleHTTPRequestHandler
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import CommandError, call_command
from lxml import html

from mingtang_web.portal.exports import walking
from mingtang_web.publication import releasing
from tests.web.annual.reports import Bureau
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = "https://www.example.gov.cn/xxgk"
HIDDEN = "没有公开的一句话"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def room(db, settings, tmp_path) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    with at(TODAY):
        yield Newsroom()


def exported(folder: Path, **more: str) -> str:
    said = StringIO()
    call_command("exportportal", folder, address=ADDRESS, stdout=said, **more)
    return said.getvalue()


def held(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


class Wire:
    """What a request comes in on and its answer goes out on, without a network."""

    def __init__(self, place: str) -> None:
        self.asked, self.said = BytesIO(f"GET {place} HTTP/1.0\r\n\r\n".encode()), b""

    def makefile(self, *_: object) -> BytesIO:
        return self.asked

    def sendall(self, data: bytes) -> None:
        self.said += data


def given(root: Path, place: str) -> tuple[int, str, bytes]:
    """Return what a plain file server says at an address: status, media type, bytes."""
    wire = Wire(place)
    Quiet(wire, ("127.0.0.1", 0), None, directory=str(root))  # type: ignore[arg-type]
    head, _, data = wire.said.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    return status, message_from_bytes(head.partition(b"\r\n")[2]).get_content_type(), data


def crawled(root: Path, first: str) -> set[str]:
    """Open everything that a page leads to on a plain file server."""
    seen, waiting = set(), [first]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        status, kind, data = given(root, place)
        assert status == 200, place
        if kind == "text/html":
            found = html.fromstring(data).xpath("//@href | //@src")
            here = [each for each in found if not urlsplit(each).scheme]
            waiting += [urldefrag(urljoin(place, each))[0] for each in here]
    return seen


def test_every_link_resolves_at_a_root_and_below_one_and_nothing_else_is_out(
    room, tmp_path
):
    document = room.published(html="<p>全文公开的一句话。</p>")
    room.drafted(title=HIDDEN)
    room.cleared(title=HIDDEN)
    gone = room.published(title=f"撤下的{HIDDEN}")
    releasing.withdraw(gone, room.doing(room.publisher, gone, "发布有误"))
    folder = tmp_path / "www" / "xxgk"
    exported(folder)
    for root, before in ((folder, ""), (folder.parent, "/xxgk")):
        seen = crawled(root, f"{before}/")
        assert f"{before}/info/{document.index_number}/" in seen
        assert all(each.startswith(f"{before}/") for each in seen)
        assert f"{before}/not-here/" in seen
    files = held(folder)
    assert not [name for name, data in files.items() if HIDDEN.encode() in data]
    assert "已经撤下" in files[f"info/{gone.index_number}/index.html"].decode()
    listed = files["sitemap-documents-0.xml"].decode()
    assert f"{ADDRESS}/info/{document.index_number}/" in listed
    page = files[f"info/{document.index_number}/index.html"].decode()
    assert "全文公开的一句话" in page
    assert "csrf" not in page
    assert "<form" not in "".join(data.decode("utf-8", "ignore") for data in files.values())
    assert "404.html" in files


def test_forms_lead_to_the_live_site_where_there_is_one(room, tmp_path):
    room.published()
    exported(tmp_path / "out", live="https://live.example.gov.cn")
    files = held(tmp_path / "out")
    column = files[f"open/{room.housing.code}/index.html"].decode()
    ask = f"https://live.example.gov.cn/ask/bodies/{room.housing.code}/"
    assert f'href="{ask}"' in column
    assert (
        'action="https://live.example.gov.cn/search/"' in files["open/index.html"].decode()
    )


class KilledError(Exception):
    """The process ends in the middle."""


def test_killed_in_the_middle_and_resumed_gives_the_same_bytes(room, tmp_path, monkeypatch):
    for n in range(3):
        room.published(title=f"第{n}号")
    exported(tmp_path / "whole")
    fetched: list[str] = []
    page = walking.Export._page

    def killed(self, kept, address):
        if len(fetched) == 6:
            raise KilledError
        fetched.append(address)
        return page(self, kept, address)

    monkeypatch.setattr(walking.Export, "_page", killed)
    with pytest.raises(KilledError):
        exported(tmp_path / "cut")
    first, fetched[:] = list(fetched), []
    monkeypatch.setattr(
        walking.Export, "_page", lambda s, k, a: fetched.append(a) or page(s, k, a)
    )
    exported(tmp_path / "cut")
    assert not set(first) & set(fetched)
    assert held(tmp_path / "cut") == held(tmp_path / "whole")


def test_what_was_taken_down_since_is_replaced_and_only_what_differs_is_written(
    room, tmp_path
):
    document = room.published(title="先公开后撤下的通知", matter="a20_3")
    room.published(title="留下的通知")
    folder = tmp_path / "out"
    exported(folder)
    assert "写了 0 个文件，删除 0 个" in exported(folder)
    releasing.withdraw(document, room.doing(room.publisher, document, "发布有误"))
    exported(folder)
    files = held(folder)
    assert not [name for name, data in files.items() if "先公开后撤下".encode() in data]
    assert f"info/{document.index_number}/index.html" in files
    assert not [name for name in files if "a20_3" in name]
    (folder / "own.txt").write_text("别人的")
    exported(folder)
    assert (folder / "own.txt").exists()


@pytest.mark.usefixtures("room")
def test_a_folder_of_somebody_else_is_not_touched(tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "own.txt").write_text("别人的", "utf-8")
    with pytest.raises(CommandError, match="请换一个空文件夹"):
        exported(folder)
    assert held(folder) == {"own.txt": "别人的".encode()}
    with pytest.raises(CommandError, match="--address"):  # nobody said which
        call_command("exportportal", tmp_path / "out")


def test_reports_are_out_with_their_files(bureau: Bureau, settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    annual = bureau.published(bureau.finished())
    exported(tmp_path / "out")
    seen = crawled(tmp_path / "out", "/")
    place = f"/reports/{annual.body.code}/{annual.year}/"
    for row in annual.outputs.all():
        assert f"{place}{row.format}/{annual.body.code}-{annual.year}.{row.format}" in seen
