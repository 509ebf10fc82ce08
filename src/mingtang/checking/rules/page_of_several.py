"""A file that looks like one page of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.extent import parts_of_a_page
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_NUMERALS = "一二三四五六"


@rule(
    code="F118",
    name="page-of-several",
    weight=Weight.NOTE,
    message="只读到第{parts}部分，像是一份报告的其中几页，或者文件在中间断了；缺少的部分可能在别的页上",
)
def page_of_several(evidence: Evidence) -> Iterator[Fault]:
    """像是一份报告的其中几页。

    查什么：文中的部分是否前后相连，而开头几部分连同题目、或者末尾几部分连同落款都没有。
    依据：政府信息公开条例（2019年修订）第五十条；国办公开办函〔2021〕30号
    为什么：一页一页扫描、拍照的报告，单看一页必定缺标题、缺表，这些发现不是报告的毛病。
    例：一张图片上只有第三部分的表，没有题目，也没有第五、六部分。
    何时不算错：报告确实只写了这些部分的，以缺少标题、表格的发现为准。
    怎么改：把同一份报告的各页合成一个 PDF 或多页 TIFF 再查；网页断了的，重新另存。
    """
    numbers = parts_of_a_page(evidence)
    if numbers:
        said = "、".join(_NUMERALS[number - 1] for number in numbers)
        yield Fault({"parts": said}, subject=said)
