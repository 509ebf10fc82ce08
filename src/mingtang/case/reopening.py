"""On what a case is opened anew (重新处理), and by which term it is answered again."""

from __future__ import annotations

from typing import NamedTuple


class Basis(NamedTuple):
    """What a new round rests on: the articles, and what is said of its term.

    Source: the articles named; where none gives a term, `term` says so.
    """

    cite: str
    term: str


_AS_RULED = (
    "裁决写明期限的，按裁决；没有写明的，这一条没有规定期限，"
    "本软件比照政府信息公开条例（2019年修订）第三十三条第二款重新计算，这是本软件的口径"
)
_BASES = {
    "review": Basis("行政复议法（2023年修订）第六十四条", _AS_RULED),
    "judgment": Basis("行政诉讼法（2017年修正）第七十条", _AS_RULED),
    "own": Basis(
        "没有专门条文：本机关自行纠正，不是复议决定或者判决责令的",
        "没有条文规定自行纠正后重新答复的期限；填写了期限的，按所填；没有填写的，"
        "本软件比照政府信息公开条例（2019年修订）第三十三条第二款重新计算，这是本软件的口径",
    ),
}


def basis(cause: str) -> Basis:
    """Return what a reopening of that cause rests on; raises `KeyError`.

    Before a cause is chosen only the act's own article can be named, by which every
    answer is given.

    >>> basis("judgment").cite
    '行政诉讼法（2017年修正）第七十条'
    """
    return _BASES[cause]
