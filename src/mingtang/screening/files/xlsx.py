"""A workbook: the cells of all its sheets, hidden ones too, and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.screening.files.docx import called, targets, told_by_itself
from mingtang.screening.files.found import EXCERPT, Bit, Piece, Where
from mingtang.screening.files.looked import Looked, embedded, pictures
from mingtang.screening.files.office import Office, local, surroundings
from mingtang.screening.files.sheets import Book, Sheet
from mingtang.screening.files.stories import TELLING, Story
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_LINKS = "connections.xml"


def look(data: bytes) -> Looked:
    """Return what stands in a workbook. Raises `ValueError` as `Office` does."""
    office = Office(data)
    if not office.main():
        message = "这个 zip 里没有 Excel 工作簿"
        raise ValueError(message)
    return Looked(list(pieces(office)), embedded(office), pictures(office))


def pieces(office: Office) -> Iterator[Piece]:
    """Yield all text of a workbook, and all hidden content."""
    book = Book(office)
    done = {book.strings_part, "xl/calcChain.xml"}
    for sheet in book.sheets:
        done.add(sheet.part)
        cells = list(sheet.pieces(book))
        yield from _hidden_sheet(sheet, cells)
        yield from cells
        yield from _around(office.trees[sheet.part], sheet)
    yield from book.unused()
    for name in sorted(set(office.trees) - done):
        if not told_by_itself(name):
            yield from _other(office, book, name)
    yield from surroundings(office)
    yield from targets(office)


def _hidden_sheet(sheet: Sheet, cells: list[Piece]) -> Iterator[Piece]:
    if not sheet.hidden:
        return
    told = " ".join(text for piece in cells[:EXCERPT] if (text := piece.text.strip()))
    why = "打开时看不见，取消隐藏就能看见" + (
        "（只有用宏才能取消）" if sheet.hidden == "veryHidden" else ""
    )
    where = Where(f"隐藏工作表“{sheet.name}”", sheet.part)
    bit = Bit(told[:EXCERPT])
    yield Piece(where, (bit,), kind=Kind.HIDDEN_SHEET, why=why, silent=True)


def _around(root: etree._Element, sheet: Sheet) -> Iterator[Piece]:
    """Yield the words of a sheet outside of its cells: headers, checks, names of links."""
    for part in root.iterchildren("*"):
        if local(part) == "sheetData":
            continue
        for node in part.iter("*"):
            where = Where(
                f"{sheet.words}的{_SPOTS.get(local(part), local(part))}", sheet.part
            )
            if (node.text or "").strip():
                yield Piece(where, (Bit(node.text or "", node),), "\n\n")
            for name, value in node.attrib.items():
                if str(name) in TELLING | {"display"} and str(value).strip():
                    yield Piece(where, (Bit(str(value), node, str(name)),), "\n\n")


_SPOTS = {
    "headerFooter": "页眉页脚",
    "dataValidations": "数据有效性",
    "hyperlinks": "超链接",
    "conditionalFormatting": "条件格式",
}


def _other(office: Office, book: Book, name: str) -> Iterator[Piece]:
    root = office.trees[name]
    owner = next((s for s in book.sheets if s.part == office.owner(name)), None)
    if "comments" in name.lower():
        yield from _comments(root, name, owner)
        return
    if name.endswith(_LINKS):
        for link in root.iterchildren("*"):
            told = " ".join(str(v) for node in link.iter("*") for v in node.attrib.values())
            why = "工作簿记着从哪里取数，常有单位内部的地址和用户名"
            bit = Bit(told)
            where = Where("数据连接", name)
            yield Piece(where, (bit,), "\n\n", kind=Kind.EXTERNAL_LINK, why=why)
        return
    words = "工作簿设置" if name == office.main() else called(name)
    yield from Story(name, words, _seen).walk(root)


def _seen(_run: etree._Element) -> str:
    return ""


def _comments(root: etree._Element, name: str, owner: Sheet | None) -> Iterator[Piece]:
    """Yield the notes of cells, old ones and threads alike, with who wrote them."""
    sheet = owner.words if owner else "工作簿"
    for node in root.iter("{*}comment", "{*}threadedComment"):
        bits = [Bit(t.text or "", t) for t in node.iter("{*}t", "{*}text") if t.text]
        bits = [bit for bit in bits if bit.text.strip()]
        where = Where(f"{sheet}{node.get('ref', '')}的批注", name)
        why = "审改时写的批注，不应当公开"
        yield Piece(where, bits, kind=Kind.COMMENT, why=why)
    for node in root.iter("{*}author"):
        yield Piece(Where(f"{sheet}批注的作者", name), (Bit(node.text or "", node),))
