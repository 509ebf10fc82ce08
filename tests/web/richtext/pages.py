"""Pages as people paste them, drawn by chance."""

from __future__ import annotations

from hypothesis import strategies as st

TAGS = (
    *(
        "p",
        "div",
        "span",
        "b",
        "i",
        "u",
        "s",
        "sup",
        "sub",
        "a",
        "h1",
        "h2",
        "h5",
        "center",
    ),
    *("ul", "ol", "li", "dl", "dt", "table", "caption", "thead", "tbody", "tfoot", "tr"),
    *("td", "th", "blockquote", "pre", "o:p", "font", "br", "hr", "img", "svg", "math"),
    *("form", "button", "textarea", "ruby", "rt", "figure", "xmp", "nobr", "body"),
)
ATTRIBUTES = (
    *(
        "",
        "",
        "",
        ' style="text-align:center"',
        ' style="text-indent:2em"',
        ' align="right"',
    ),
    *(' class="align-left indent"', ' href="/a"', ' href="javascript:x"', ' colspan="3"'),
    *(' rowspan="0"', ' scope="row"', ' start="4"', ' style="font-weight:normal"'),
    *(' onclick="x()"', ' src="/own/a.png" alt="图"', ' href="https://a.cn/?b=1&amp;c"'),
)
WORDS = (
    *(
        "各科室",
        "甲",
        "a",
        "二〇二六年",
        " ",
        "\n",
        "\t",
        "&nbsp;",
        "\u3000\u3000",
        "&nbsp;" * 4,
    ),
    *("1 &lt; 2", "\u200b", "“公开”", "&amp;amp;", "x\ny", "字\n字", "\x0c", "\ufeff"),
)
WORD = st.sampled_from(WORDS)
OPENED = st.builds(
    lambda tag, more: f"<{tag}{more}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)
)
CLOSED = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
PAGES = st.lists(st.one_of(WORD, WORD, OPENED, OPENED, CLOSED), max_size=30).map("".join)
"""Markup in any disorder."""
