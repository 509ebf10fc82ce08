"""Reports as OFD: the pages of a PDF carried over, in the ways writers of OFD differ.

What pdfplumber sees of a PDF (characters, lines, rectangles) is written down
as GB/T 33190 has it; nothing of the reader under trial takes part.
"""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

import pdfplumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MM = 25.4 / 72
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


class Dialect(NamedTuple):
    """How a writer of OFD puts things: the measure inside objects, runs, lines."""

    scale: float = 1.0
    runs: bool = True
    repeats: bool = False
    filled: bool = False
    template: bool = False
    composite: bool = False
    blocks: int = 0
    whole_page: bool = False
    parameters: bool = False


DIALECTS: dict[str, Dialect] = {
    "runs": Dialect(),
    "a character an object": Dialect(scale=0.05, runs=False, blocks=3),
    "repeats": Dialect(repeats=True, filled=True),
    "points": Dialect(scale=MM, filled=True, whole_page=True),
    "template": Dialect(repeats=True, template=True, parameters=True),
    "composite": Dialect(scale=0.1, composite=True, parameters=True),
}


class Run(NamedTuple):
    """Characters on one baseline: text, size, and the origin of each, in millimetres."""

    text: str
    size: float
    xs: tuple[float, ...]
    y: float


class Stroke(NamedTuple):
    """The ink of a line, in millimetres from the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Sheet(NamedTuple):
    """A page: its size, its text and its lines, in millimetres."""

    wide: float
    high: float
    runs: Sequence[Run]
    strokes: Sequence[Stroke]


def sheets(pdf: bytes) -> list[Sheet]:
    """Return the pages of a PDF as another reader sees them."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [_sheet(page) for page in opened.pages]


def _sheet(page: Any) -> Sheet:
    strokes = [
        stroke
        for kind in ("lines", "rects", "curves")
        for thing in getattr(page, kind)
        for stroke in _strokes(thing)
    ]
    runs = [
        run
        for _, chars in groupby(page.chars, lambda c: (c["matrix"][5], c["size"]))
        for run in _runs(list(chars), page.height)
    ]
    return Sheet(page.width * MM, page.height * MM, runs, strokes)


def _strokes(thing: dict[str, Any]) -> Iterator[Stroke]:
    x0, y0, x1, y1 = (thing[edge] * MM for edge in ("x0", "top", "x1", "bottom"))
    half = max((thing.get("linewidth") or 0.5) * MM, 0.1) / 2
    if min(x1 - x0, y1 - y0) < 1:
        across = x1 - x0 >= y1 - y0
        grow = (0, half) if across and y1 - y0 < half else (half, 0)
        grow = grow if min(x1 - x0, y1 - y0) < half else (0, 0)
        yield Stroke(x0 - grow[0], y0 - grow[1], x1 + grow[0], y1 + grow[1])
    elif thing.get("stroke"):
        for y in (y0, y1):
            yield Stroke(x0, y - half, x1, y + half)
        for x in (x0, x1):
            yield Stroke(x - half, y0, x + half, y1)


def _runs(chars: list[dict[str, Any]], high: float) -> Iterator[Run]:
    """Yield the characters of one baseline as runs that go to the right."""
    size, y = chars[0]["size"] * MM, (high - chars[0]["matrix"][5]) * MM
    text, xs = "", list[float]()
    for sign, x in _signs(chars):
        if xs and x < xs[-1]:
            yield Run(text, size, tuple(xs), y)
            text, xs = "", []
        text, xs = text + sign, [*xs, x]
    yield Run(text, size, tuple(xs), y)


def _signs(chars: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    """Yield characters and where they begin; a glyph may stand for several."""
    for char in chars:
        text = "".join(filter(str.isprintable, char["text"].strip())) or " "
        x, wide = char["matrix"][4] * MM, (char["x1"] - char["x0"]) * MM
        for at, sign in enumerate(text):
            yield sign, x + wide * at / len(text)


def ofd(pages: Sequence[Sheet], dialect: Dialect) -> bytes:
    """Return pages as an OFD in a dialect."""
    parts: dict[str, str] = {}
    listed, templates, units = [], [], []
    for at, sheet in enumerate(pages):
        lines = "".join(_line(stroke, dialect) for stroke in sheet.strokes)
        text = "".join(_text(run, sheet, dialect) for run in sheet.runs)
        text = (
            "<ofd:PageBlock>" * dialect.blocks + text + "</ofd:PageBlock>" * dialect.blocks
        )
        use = ""
        if dialect.template:
            use = f'<ofd:Template TemplateID="{900 + at}" ZOrder="Background"/>'
            templates.append(
                f'<ofd:TemplatePage ID="{900 + at}" BaseLoc="Tpls/T{at}/Content.xml"/>'
            )
            parts[f"Doc_0/Tpls/T{at}/Content.xml"] = page(sheet, lines)
            lines = ""
        if dialect.composite:
            units.append(
                f'<ofd:CompositeGraphicUnit ID="{700 + at}" Width="{sheet.wide}" '
                f'Height="{sheet.high}"><ofd:Content>{lines}</ofd:Content>'
                "</ofd:CompositeGraphicUnit>"
            )
            lines = f'<ofd:CompositeObject ID="1" ResourceID="{700 + at}" Boundary='
            lines += f'"0 0 {sheet.wide} {sheet.high}"/>'
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = page(sheet, lines + text, use)
        listed.append(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>')
    return package(parts, "".join(listed), "".join(templates), resources("".join(units)))


def package(
    parts: dict[str, str],
    listed: str = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>',
    common: str = "",
    shared: str = "",
) -> bytes:
    """Return a whole OFD: its pages as listed, common data and resources."""
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    held = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD">{body}</ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": shared or resources(),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (held | parts).items():
            archive.writestr(name, text)
    return data.getvalue()


def alone(
    drawn: str, use: str = "", common: str = "", shared: str = "", **parts: str
) -> bytes:
    """Return an OFD of one page that draws so; other parts by name, ``__`` for a slash."""
    held = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    content = page(Sheet(100, 60, (), ()), drawn, use)
    held["Doc_0/Pages/Page_0/Content.xml"] = content
    return package(held, common=common, shared=shared)


def resources(units: str = "") -> str:
    """Return shared resources: black as parameter 4 by way of 3, and drawings."""
    return (
        f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:DrawParams>'
        '<ofd:DrawParam ID="3"><ofd:FillColor Value="0 0 0"/></ofd:DrawParam>'
        '<ofd:DrawParam ID="4" Relative="3"><ofd:StrokeColor Value="#0 #0 #0"/>'
        "</ofd:DrawParam></ofd:DrawParams><ofd:CompositeGraphicUnits>"
        f"{units}</ofd:CompositeGraphicUnits></ofd:Res>"
    )


def page(sheet: Sheet, drawn: str, use: str = "") -> str:
    """Return the content of one page."""
    return (
        f"<ofd:Page {NAMESPACE}>{use}<ofd:Area><ofd:PhysicalBox>0 0 {sheet.wide} "
        f"{sheet.high}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="2">{drawn}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _numbers(values: Iterable[float]) -> str:
    return " ".join(map(_number, values))


def _text(run: Run, sheet: Sheet, dialect: Dialect) -> str:
    if not dialect.runs:
        single = [
            Run(sign, run.size, (x,), run.y)
            for sign, x in zip(run.text, run.xs, strict=True)
            if sign != " "
        ]
        return "".join(_object(each, sheet, dialect) for each in single)
    return _object(run, sheet, dialect)


def _object(run: Run, sheet: Sheet, dialect: Dialect) -> str:
    left, top = run.xs[0], run.y - run.size * 0.88
    boundary = (left, top, run.xs[-1] - left + run.size, run.size * 1.2)
    if dialect.whole_page:
        left, top, boundary = 0.0, 0.0, (0, 0, sheet.wide, sheet.high)
    inner = 1 / dialect.scale
    steps = [(b - a) * inner for a, b in zip(run.xs, run.xs[1:], strict=False)]
    deltas = _repeated(steps) if dialect.repeats else _numbers(steps)
    spaced = f' DeltaX="{deltas}"' if steps else ""
    turned = f' CTM="{_numbers((dialect.scale, 0, 0, dialect.scale, 0, 0))}"'
    return (
        f'<ofd:TextObject ID="9" Boundary="{_numbers(boundary)}" Font="1" '
        f'Size="{_number(run.size * inner)}"{turned if inner != 1 else ""}'
        f"{_parameter(dialect)}>{_ink('FillColor', dialect)}"
        f'<ofd:TextCode X="{_number((run.xs[0] - left) * inner)}" '
        f'Y="{_number((run.y - top) * inner)}"{spaced}>{escape(run.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _repeated(steps: Sequence[float]) -> str:
    rounded = [_number(step) for step in steps]
    parts = []
    for step, same in groupby(rounded):
        count = len(list(same))
        parts.append(f"g {count} {step}" if count > 1 else step)
    return " ".join(parts)


def _parameter(dialect: Dialect) -> str:
    return ' DrawParam="4"' if dialect.parameters else ""


def _ink(name: str, dialect: Dialect) -> str:
    return "" if dialect.parameters else f'<ofd:{name} Value="0 0 0"/>'


def _line(stroke: Stroke, dialect: Dialect) -> str:
    x0, y0, x1, y1 = stroke
    wide, high = x1 - x0, y1 - y0
    inner = 1 / dialect.scale
    if dialect.filled:
        how = ' Stroke="false" Fill="true"'
        ink = _ink("FillColor", dialect)
        corners = ((0, 0), (wide, 0), (wide, high), (0, high))
        closed = " C"
    else:
        how = f' LineWidth="{_number(min(wide, high) * inner)}"'
        ink = _ink("StrokeColor", dialect)
        middle = min(wide, high) / 2
        corners = ((0, middle), (wide, middle))
        corners = corners if wide >= high else ((middle, 0), (middle, high))
        closed = ""
    points = [_numbers((x * inner, y * inner)) for x, y in corners]
    turned = f' CTM="{_numbers((dialect.scale, 0, 0, dialect.scale, 0, 0))}"'
    return (
        f'<ofd:PathObject ID="8" Boundary="{_numbers((x0, y0, wide, high))}"'
        f"{how}{turned if inner != 1 else ''}{_parameter(dialect)}>{ink}"
        f"<ofd:AbbreviatedData>M {' L '.join(points)}{closed}</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )
