"""What a PDF holds beside its pages: notes, fields, files, scripts, properties."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf

from mingtang.packages.safety import guarded
from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.files.looked import Inner
from mingtang.screening.files.office import local
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

Thing = Any
"""An object of a PDF, whose kind only its use tells."""
MOST = 64 * 1024 * 1024
"""Of one stream so much is unpacked."""
MAX_OBJECTS = 500_000
_MACHINES = frozenset({"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"})
_INFO = {"/Author": "作者", "/Title": "标题", "/Subject": "主题", "/Keywords": "关键词"}
_MACHINES_XMP = frozenset({
    "CreateDate", "ModifyDate", "MetadataDate", "CreatorTool", "Producer", "DocumentID",
    "InstanceID", "OriginalDocumentID", "RenditionClass", "VersionID", "part",
    "conformance", "format", "PDFVersion", "Trapped", "when", "action", "softwareAgent",
    "instanceID", "documentID", "changed", "NPages", "rev", "date",
})  # fmt: skip
_DAY = re.compile(r"D:[0-9]{4}")
_RUNNING = {
    "/JavaScript": "脚本",
    "/Launch": "启动程序的动作",
    "/ImportData": "导入数据的动作",
    "/SubmitForm": "提交数据的动作",
}
_WORDS = {
    "/ActualText": "替代文字",
    "/Alt": "替代文字",
    "/E": "缩写的全称",
    "/Title": "书签或标题",
    "/TU": "填写项的说明",
    "/Desc": "附件的说明",
    "/P": "页码标签",
}
_BESIDE = frozenset({"/Link", "/Widget", "/Popup"})
_BESIDE_DRAWN = ("/ActualText", "/Alt", "/E")
_NATURAL = {True: 2, False: 1}
"""How often a file says where its index begins, linearised or not."""


class Parts:
    """The objects of a PDF, looked through once."""

    def __init__(self, pdf: pikepdf.Pdf, data: bytes) -> None:
        """Take an open PDF. Raises `ValueError` past the limits."""
        if len(pdf.objects) > MAX_OBJECTS:
            message = f"这个 PDF 里的对象超过 {MAX_OBJECTS} 个的上限"
            raise ValueError(message)
        self.pdf = pdf
        self.data = data
        self.not_looked: list[str] = []
        self.held = [each for each in map(_dictionary, pdf.objects) if each is not None]
        self.held += [inner for each in self.held for inner in _nested(each)]

    def pieces(self) -> list[Piece]:
        """Return all text beside the pages, and all hidden content."""
        found = [*self._info(), *self._xmp(), *self._notes()]
        for each in self.held:
            found += self._of(each)
        return [*found, *self._leftovers()]

    def inner(self) -> Iterator[Inner]:
        """Yield the files within, as far as they can be unpacked."""
        for name, stream in self.files():
            data = unpacked(stream)
            if data is None:
                self.not_looked.append(
                    f"附件 {name} 没有查：展开后太大，或者打包的方式少见"
                )
            else:
                yield Inner(data, name, Where(f"PDF附件 {name}", "附件"))

    def files(self) -> Iterator[tuple[str, Thing]]:
        """Yield the names of the files within, and their streams."""
        for each in self.held:
            held = each.get("/EF")
            if isinstance(held, pikepdf.Dictionary):
                stream = next((each for _, each in held.items()), None)
                if isinstance(stream, pikepdf.Stream):
                    yield said(each.get("/UF", each.get("/F"))) or "（无名）", stream

    def _info(self) -> Iterator[Piece]:
        info = self.pdf.trailer.get("/Info")
        if not isinstance(info, pikepdf.Dictionary):
            return
        for key, value in info.items():
            text = said(value)
            if key not in _MACHINES and text.strip() and not _DAY.match(text):
                where = Where(f"文档属性“{_INFO.get(key, key[1:])}”", "文档属性")
                why = "文件自己记着的，页面上看不见"
                yield Piece(where, (Bit(text),), kind=Kind.METADATA, why=why)

    def _xmp(self) -> Iterator[Piece]:
        for each in self.held:
            stream = each.get("/Metadata")
            if not isinstance(stream, pikepdf.Stream):
                continue
            data = unpacked(stream)
            if data is None:
                self.not_looked.append("一份 XMP 元数据没有查：展开后太大")
                continue
            words = list(_words_of_xmp(data))
            if words:
                where = Where("XMP 元数据", "文档属性")
                why = "文件自己记着的，页面上看不见"
                bits = [bit for word in words for bit in (Bit(word), Bit("\n"))]
                yield Piece(where, bits, kind=Kind.METADATA, why=why)

    def _notes(self) -> Iterator[Piece]:
        for number, page in enumerate(self.pdf.pages, 1):
            for note in listed(page.get("/Annots")):
                kind = (
                    note.get("/Subtype") if isinstance(note, pikepdf.Dictionary) else None
                )
                if kind is None or str(kind) in _BESIDE:
                    continue
                who = said(note.get("/T"))
                told = f"的注释（{who}）" if who else "的注释"
                where = Where(f"第{number}页{told}", page=number)
                bit = Bit(said(note.get("/Contents")))
                why = "加在页面上的注释、图章或标记，接收者能看到作者和内容"
                yield Piece(where, (bit,), "\n\n", kind=Kind.ANNOTATION, why=why)

    def _of(self, each: Thing) -> Iterator[Piece]:
        if "/FT" in each or each.get("/Subtype") == "/Widget":
            name, text = said(each.get("/T")), said(each.get("/V"))
            where = Where(f"表单填写项“{name}”", "表单")
            why = "可以填写的项，填的内容另存在文件里"
            yield Piece(where, (Bit(text),), "\n\n", kind=Kind.FORM_FIELD, why=why)
        action = str(each.get("/S", "")) if "/S" in each else ""
        if action in _RUNNING or "/JS" in each:
            where = Where(_RUNNING.get(action, "脚本"), "动作")
            bit = Bit(said(each.get("/JS")))
            why = "打开或点击时会自己运行，不应当公开"
            yield Piece(where, (bit,), "\n\n", kind=Kind.SCRIPT, why=why)
        if action in {"/URI", "/GoToR", "/GoToE"}:
            bit = Bit(said(each.get("/URI", each.get("/F"))))
            why = "点开会连到文件外面；请确认可以公开"
            where = Where("页面上的链接", "动作")
            yield Piece(where, (bit,), "\n\n", kind=Kind.EXTERNAL_LINK, why=why)
        if isinstance(each.get("/EF"), pikepdf.Dictionary):
            name = said(each.get("/UF", each.get("/F")))
            why = "附在 PDF 里的文件，接收者可以另存"
            where = Where(f"PDF附件 {name}", "附件")
            yield Piece(where, (Bit(name),), "\n\n", kind=Kind.ATTACHMENT, why=why)
        if "/PieceInfo" in each:
            why = "制作软件存下的私有数据，可能有编辑过程和原稿"
            where = Where("制作软件的数据", "文档属性")
            yield Piece(where, (), kind=Kind.METADATA, why=why)
        for key, called in _WORDS.items():
            text = said(each.get(key)) if key in each else ""
            if text:
                yield Piece(Where(called, "其他文字"), (Bit(text),), "\n\n")

    def _leftovers(self) -> Iterator[Piece]:
        """Yield layers that are switched off, and earlier versions kept in the file."""
        layers = self.pdf.Root.get("/OCProperties")
        if isinstance(layers, pikepdf.Dictionary):
            chosen: Thing = layers.get("/D")
            held = isinstance(chosen, pikepdf.Dictionary)
            hidden = listed(chosen.get("/OFF") if held else None)
            if hidden:
                why = f"有 {len(hidden)} 个图层没有打开，打开就能看见"
                yield Piece(Where("隐藏的图层"), (), kind=Kind.HIDDEN_TEXT, why=why)
        linear = any("/Linearized" in each for each in self.held)
        if self.data.count(b"startxref") > _NATURAL[linear]:
            where = Where("以前保存的版本")
            why = "PDF 是追加保存的，改动之前的内容可能还在文件里"
            yield Piece(where, (), kind=Kind.REVISION, why=why)


def inline_words(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Yield the words that stand beside what pages and forms draw, with the page.

    Those of a form have the page 0: several may draw it.
    """
    for number, page in enumerate(pdf.pages, 1):
        contents: Thing = page.get("/Contents")
        streams = listed(contents) or [contents]
        held = [s for s in streams if isinstance(s, pikepdf.Stream) and _replaces(s)]
        if held:
            yield from ((number, words) for words in _marked(page))
    for thing in pdf.objects:
        form = isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        if form and _replaces(thing):
            yield from ((0, words) for words in _marked(thing))


def without_inline_words(pdf: pikepdf.Pdf) -> bool:
    """Let what is drawn stand for itself, and return whether other words stood for any."""
    found = False
    for thing in pdf.objects:
        picture = isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        if not isinstance(thing, pikepdf.Stream) or picture:
            continue
        data = unpacked(thing)
        if data is not None and b"/ActualText" in data:
            thing.write(data.replace(b"/ActualText", b"/NotTheText"))
            found = True
    return found


def _replaces(stream: Thing) -> bool:
    data = unpacked(stream) or b""
    return any(word in data for word in (b"/ActualText", b"/Alt", b"/E"))


def _marked(holder: Thing) -> Iterator[str]:
    """Yield the words of the marks of a content."""
    for instruction in pikepdf.parse_content_stream(holder, "BDC DP"):
        for operand in instruction.operands:
            if isinstance(operand, pikepdf.Dictionary):
                yield from filter(None, (said(operand.get(key)) for key in _BESIDE_DRAWN))


def listed(value: Thing) -> list[Thing]:
    """Return what an array holds; nothing where an object is none."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def said(value: Thing) -> str:
    """Return the words of an object: a text, a stream of it; nothing of others."""
    if isinstance(value, pikepdf.String):
        return str(value)
    if isinstance(value, pikepdf.Stream):
        data = unpacked(value)
        return data.decode("utf-8", "replace") if data else ""
    if isinstance(value, pikepdf.Array):
        texts = (each for each in value if isinstance(each, pikepdf.String))
        return " ".join(map(str, texts))
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def unpacked(stream: Thing, most: int = MOST) -> bytes | None:
    """Return what a stream holds, None where that is too much or cannot be told."""
    packing = stream.get("/Filter")
    filters = [str(each) for each in packing] if isinstance(packing, pikepdf.Array) else []
    filters = filters or ([str(packing)] if packing is not None else [])
    try:
        if filters == ["/FlateDecode"] and "/DecodeParms" not in stream:
            opening = zlib.decompressobj()
            data = opening.decompress(stream.read_raw_bytes(), most + 1)
        elif filters.count("/FlateDecode") + filters.count("/LZWDecode") > 1:
            return None
        else:
            data = bytes(stream.read_bytes())
    except (zlib.error, pikepdf.PdfError):
        return None
    return data if len(data) <= most else None


def _words_of_xmp(data: bytes) -> Iterator[str]:
    try:
        root = guarded(data.strip(b"\0 \r\n"), "XMP 元数据")
    except ValueError:
        yield data.decode("utf-8", "replace")
        return
    for node in root.iter("*"):
        names = {local(each) for each in (node, *node.iterancestors())}
        if (node.text or "").strip() and not names & _MACHINES_XMP:
            yield (node.text or "").strip()
        for name, value in node.attrib.items():
            plain = str(name).rpartition("}")[2]
            if plain not in _MACHINES_XMP | {"about", "lang", "parseType", "xmptk"}:
                yield str(value)


def _dictionary(thing: Thing) -> Thing:
    return thing if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) else None


def _nested(holder: Thing, depth: int = 0) -> Iterator[Thing]:
    """Yield the dictionaries that stand within another and have no number of their own."""
    if depth > 20:  # noqa: PLR2004 - deeper is nothing that a reader opens
        return
    values = (
        (v for _, v in holder.items()) if not isinstance(holder, pikepdf.Array) else holder
    )
    for value in values:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            if isinstance(value, pikepdf.Dictionary):
                yield value
            yield from _nested(value, depth + 1)
