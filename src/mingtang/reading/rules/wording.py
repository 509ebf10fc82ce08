"""How a rule of reading is worded: the parts of its page, and what it rests on."""

from __future__ import annotations

FORM = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）"


def page(*sections: str) -> str:
    """Return the page of a rule: its title and the six parts, in order."""
    names = ("查什么", "依据", "为什么", "例", "何时不算错", "怎么改")
    title, *texts = sections
    lines = [f"{name}：{text}" for name, text in zip(names, texts, strict=True)]
    return "\n".join([title, "", *lines])
