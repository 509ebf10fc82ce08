"""Pictures of text to characters, each with how sure it is, by a network.

The network is PP-OCR's, run by ONNX Runtime; it and its alphabet lie in the
wheel of rapidocr. It reads a picture 48 dots high from left to right and says
at every eighth dot how likely each character is. Nothing is fetched.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np
import onnxruntime

from mingtang.reading.scans.pictures import PictureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.reading.scans.pictures import Picture

HEIGHT = 48
"""The network reads pictures so many dots high."""
AT_ONCE = 8
"""So many lines are read at once."""
FIGURES = "0123456789"
ALIKE = {"0": "OoQD〇○°。oＯＤ", "1": "lI|｜丨iＩ!", "-": "—－一―–", "/": "／∕丿"}  # noqa: RUF001 - what is taken for figures
"""What the network may see in the place of a figure or a mark."""
_MODEL = "PP-OCRv6_rec_small.onnx"


class Character(NamedTuple):
    """A character read: how sure it is, and where its middle is from the left.

    `figure` is the likeliest figure in its place and `among` its likelihood
    among figures alone: a nought may be a letter, but no other figure.
    """

    text: str
    sure: float
    at: float
    figure: str
    among: float


class Network(NamedTuple):
    """The network, its alphabet, and where in it the figures stand."""

    session: Any
    alphabet: tuple[str, ...]
    figures: tuple[tuple[int, ...], ...]


@cache
def network() -> Network:
    """Return the network, loaded once a process.

    Raises `PictureError` where the wheel does not hold it.
    """
    found = find_spec("rapidocr")
    places = found.submodule_search_locations if found else None
    model = Path(places[0]) / "models" / _MODEL if places else None
    if model is None or not model.exists():
        message = "识别图片所需的模型不在；请重新安装 rapidocr 3.10 以上"
        raise PictureError(message)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        str(model), options, providers=["CPUExecutionProvider"]
    )
    named = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    alphabet = ("", *named, " ")
    at = {sign: number for number, sign in enumerate(alphabet)}
    figures = tuple(
        tuple(at[sign] for sign in (figure, *ALIKE.get(figure, "")) if sign in at)
        for figure in FIGURES
    )
    return Network(session, alphabet, figures)


def read(lines: Sequence[Picture]) -> list[list[Character]]:
    """Return the characters in pictures of one line each, dark on white.

    `Character.at` is a share of the picture's width.
    """
    found: list[list[Character]] = [[] for _ in lines]
    sized = [_sized(line) for line in lines]
    order = sorted(range(len(lines)), key=lambda each: sized[each].shape[1])
    for start in range(0, len(order), AT_ONCE):
        part = order[start : start + AT_ONCE]
        wide = -(-max(sized[each].shape[1] for each in part) // 32) * 32
        given = np.zeros((len(part), 3, HEIGHT, wide), np.float32)
        for row, each in enumerate(part):
            given[row, :, :, : sized[each].shape[1]] = sized[each] / 127.5 - 1
        session = network().session
        (likely,) = session.run(None, {session.get_inputs()[0].name: given})
        for row, each in enumerate(part):
            share = wide / sized[each].shape[1]
            found[each] = [
                character._replace(at=character.at * share)
                for character in _decoded(likely[row])
            ]
    return found


def _sized(line: Picture) -> Picture:
    high, wide = line.shape
    width = max(16, round(wide * HEIGHT / high))
    how = cv2.INTER_AREA if high > HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(line, (width, HEIGHT), interpolation=how), np.uint8)


def _decoded(likely: Any) -> Iterator[Character]:  # noqa: ANN401 - steps by alphabet
    """Yield the characters of one line: runs of steps that say the same."""
    best = likely.argmax(1)
    alphabet, figures = network().alphabet, network().figures
    for sign, run in groupby(range(len(best)), key=lambda step: int(best[step])):
        if not sign:
            continue
        steps = list(run)
        step = max(steps, key=lambda each: float(likely[each, sign]))
        sums = [float(likely[step, list(alike)].sum()) for alike in figures]
        first = int(np.argmax(sums))
        among = sums[first] / max(sum(sums), 1e-9)
        middle = (sum(steps) / len(steps) + 0.5) / len(best)
        text, sure = alphabet[sign], float(likely[step, sign])
        yield Character(text, sure, middle, FIGURES[first], among)
