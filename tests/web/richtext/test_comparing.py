"""Two versions beside one another: what went, what came, and that either is whole."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.richtext import differences
from mingtang_web.richtext.comparing import compared
from mingtang_web.richtext.reading import plain
from tests.web.richtext.pages import PAGES

SHORT = {"del": "〔删除〕", "ins": "〔新增〕"}


def told(old: str, new: str) -> str:
    """The comparison, with [-…-] for what went and [+…+] for what came."""
    page = compared(old, new)
    for kind, word in SHORT.items():
        sign = "-" if kind == "del" else "+"
        page = page.replace(f'<{kind}><span class="hidden">{word}</span>', f"[{sign}")
        page = page.replace(f"</{kind}>", f"{sign}]")
    return page


def without(page: str, kind: str) -> str:
    """The words of one version."""
    found = turbohtml.parse_fragment(page)
    for each in [*found.select(kind), *found.select("span.hidden")]:
        each.decompose()
    return re.sub(r"\s", "", found.text)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>标准为十元。", "<p>标准为二十元。", "<p>标准为[+二+]十元。</p>"),
        ("<p>甲<p>乙", "<p>甲<p>丙<p>乙", "<p>甲</p><p>[+丙+]</p><p>乙</p>"),
        (
            "<p>自2025年1月起施行",
            "<p>自2026年10月起施行",
            "<p>自[-2025年1-][+2026年10+]月起施行</p>",
        ),
        (
            "<p>由市财政局负责收取费用",
            "<p>由县住建局负责收取费用",
            "<p>由[-市财政-][+县住建+]局负责收取费用</p>",
        ),
        ("<p>甲<b>乙</b>丙", "<p>甲乙<i>丙</i>", "<p>甲乙<em>丙</em></p>"),
        (
            "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>",
            "<table><tr><td>甲<td>9<tr><td>丁<td>3<tr><td>乙<td>2</table>",
            "<table><tbody><tr><td>甲</td><td>[-1-][+9+]</td></tr><tr><td>[+丁+]</td>"
            "<td>[+3+]</td></tr><tr><td>乙</td><td>2</td></tr></tbody></table>",
        ),
        (
            "<ul><li>收费标准<li>依据</ul>",
            "<ul><li>收费的标准<li>依据</ul>",
            "<ul><li>收费[+的+]标准</li><li>依据</li></ul>",
        ),
        (
            "<p>全部不同的一句话",
            "<p>另外写了几个字呀",
            "<p>[-全部不同的一句话-]</p><p>[+另外写了几个字呀+]</p>",
        ),
    ],
)
def test_what_changed_is_shown(old, new, shown):
    assert told(old, new) == shown


def test_another_address_of_a_link_is_a_change():
    page = told('<p>见<a href="/a">附件</a>。', '<p>见<a href="/b">附件</a>。')
    assert page == '<p>见[-<a href="/a">附件</a>-][+<a href="/b">附件</a>+]。</p>'


@given(PAGES, PAGES)
def test_either_version_is_whole_in_the_comparison(old, new):
    page = compared(old, new)
    assert without(page, "del") == re.sub(r"\s", "", plain(new))
    assert without(page, "ins") == re.sub(r"\s", "", plain(old))


@given(PAGES)
def test_a_version_does_not_differ_from_itself(page):
    assert not re.search(r"<(?:ins|del)>", compared(page, page))


@given(
    st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)), st.sampled_from([1, 9, 4000])
)
def test_changes_rebuild_both_sequences(old, new, work):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(differences, "MOST_WORK", work)
        steps = differences.changes(old, new)
    assert [each for step in steps for each in old[step.old]] == old
    assert [each for step in steps for each in new[step.new]] == new
    assert all(old[step.old] == new[step.new] for step in steps if step.same)
    assert all(one.same != other.same for one, other in pairwise(steps))


def test_a_long_document_with_many_small_changes_is_compared_word_by_word():
    chance = random.Random(7)  # noqa: S311 - no secret
    lines = [
        "".join(chance.choices("收费标准依据条例公开范围主体", k=200)) for _ in range(1000)
    ]
    others = [
        line[:90] + "改" + line[90:] if n % 10 == 0 else line
        for n, line in enumerate(lines)
    ]
    page = compared("<p>" + "<p>".join(lines), "<p>" + "<p>".join(others))
    assert page.count("<ins>") == 100
    assert "<del>" not in page
