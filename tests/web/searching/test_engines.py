"""What any engine finds, and what not."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.searching.entries import CAP, NUMBERS, TITLES, Asked, Key, StaleIndexError
from mingtang_web.searching.finding import find, suggested, titles
from mingtang_web.searching.wanted import wanted
from tests.web.searching.shelves import (
    EMBEDDED,
    ENGINES,
    SIMPLE,
    entry,
    opened,
    refs,
    runs_of,
    stands,
)

SIGNS = "开办关于补贴发号条政府开開辦關補貼abCD12\uff10，。〔〕（ \n、"
TEXTS = st.text(SIGNS, max_size=40)


@pytest.fixture(params=ENGINES)
def engine(request, tmp_path):
    made = opened(request.param, tmp_path)
    yield made
    made.close()


@contextmanager
def fresh(kind: str):
    with tempfile.TemporaryDirectory() as folder:
        made = opened(kind, Path(folder))
        yield made
        made.close()


def words_of(text: str) -> list[str]:
    """Return every word of two characters or more that stands in a text."""
    found = []
    for run, wide in runs_of(text):
        if not wide:
            found.append(run)
            continue
        ends = range(2, len(run) + 1)
        found += [run[first:end] for end in ends for first in range(end - 1)]
    return found


@pytest.mark.parametrize("kind", ENGINES)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=3), st.data())
def test_every_word_that_stands_in_an_entry_finds_it(kind, said, data):
    entries = [
        entry(ref, title=title, text=text, attachments=(("附表", file),))
        for ref, (title, text, file) in enumerate(said, 1)
    ]
    with fresh(kind) as engine:
        engine.write(entries, (), {})
        for each, parts in zip(entries, said, strict=True):
            words = [word for part in parts for word in words_of(part)]
            if words:
                word = data.draw(st.sampled_from(words))
                assert each.key.ref in refs(engine, word), word
                assert each.key.ref in refs(engine, f"“{word}”"), word


@pytest.mark.parametrize("kind", ENGINES)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.data())
def test_a_phrase_finds_exactly_the_texts_in_which_it_stands(kind, texts, other, data):
    source = data.draw(st.sampled_from([*texts, other]))
    first = data.draw(st.integers(0, len(source)))
    phrase = source[first : data.draw(st.integers(first, len(source)))]
    if sum(len(run) for run, _ in runs_of(phrase)) < 2:
        return
    entries = [entry(ref, title="", text=text) for ref, text in enumerate(texts, 1)]
    with fresh(kind) as engine:
        engine.write(entries, (), {})
        right = {ref for ref, text in enumerate(texts, 1) if stands(phrase, text)}
        assert set(refs(engine, f"“{phrase}”")) == right


def test_a_single_character_finds_what_holds_it(engine):
    engine.write([entry(1, text="海绵城市"), entry(2, text="道路")], (), {})
    assert refs(engine, "绵") == [1]


@pytest.mark.parametrize(
    "typed",
    [
        "西政发〔2024〕3号", "西政发[2024]3号", "西政发【2024】3号", "西政发(2024)3号",
        "西政發（２０２４）\uff13號", "X/2024-00001", "x/2024-00001",
    ],
)  # fmt: skip
def test_a_number_finds_its_own_document_first_in_any_brackets(engine, typed):
    citing = f"按照{SIMPLE.number}（索引号{SIMPLE.index_number}）办理"
    later = date(2025, 1, 1)
    cites = [
        entry(n, title="转发西政发〔2024〕3号", text=citing, day=later) for n in (2, 3)
    ]
    engine.write([SIMPLE, *cites], (), {})
    assert refs(engine, typed)[0] == 1


def test_titles_come_before_texts_and_the_newest_first(engine):
    days = [date(2024, 1, 1) + timedelta(n) for n in range(4)]
    engine.write(
        [
            entry(1, title="公租房配租", text="", day=days[0]),
            entry(2, title="通知", text="公租房", day=days[3]),
            entry(3, title="通知", text="公租房", day=days[2]),
            entry(4, title="租房的公租", text="", day=days[1]),
        ],
        (),
        {},
    )
    assert refs(engine, "公租房") == [1, 4, 2, 3]
    assert refs(engine, "公租房", newest=True) == [2, 3, 4, 1]


def test_fields_narrow_what_is_sought(engine):
    engine.write([SIMPLE, entry(2, title="通知", text=SIMPLE.title)], (), {})
    assert refs(engine, "公租房", where=TITLES) == [1]
    assert set(refs(engine, "通知", where=TITLES)) == {1, 2}
    assert refs(engine, "西政发", where=NUMBERS) == [1]
    assert refs(engine, "公租房", where=NUMBERS) == []


def test_facets_part_what_was_found_and_narrow_it(engine):
    other = entry(2, bodies=("A",), kind="guide", topic="", genre="", year=2023)
    engine.write([SIMPLE, other, entry(3, text="别的", title="别的")], (), {})
    found = find(engine, Asked(wanted("公租房")))
    assert found.counted == 2
    assert found.facets["body"] == {"B": 1, "A": 1}
    assert found.facets["kind"] == {"document": 1, "guide": 1}
    assert found.facets["topic"] == {"construction": 1}
    assert found.facets["year"] == {"2024": 1, "2023": 1}
    assert set(refs(engine, "公租房", narrowed={"body": "A"})) == {1, 2}
    assert refs(engine, "公租房", narrowed={"body": "B"}) == [1]
    assert refs(engine, "", narrowed={"kind": "guide"}) == [2]
    assert refs(engine, "西政发〔2024〕3号", narrowed={"kind": "guide"}) == []


def test_nothing_typed_finds_nothing(engine):
    engine.write([SIMPLE], (), {})
    assert refs(engine, "") == refs(engine, "，。") == refs(engine, '"*) OR (') == []


def test_what_is_excluded_is_neither_found_nor_counted_nor_suggested(engine):
    engine.write([SIMPLE, entry(2)], (), {})
    asked = Asked(wanted("公租房"), without={Key("document", 1), Key("report", 9)})
    found = find(engine, asked)
    assert [each.key.ref for each in found.entries] == [2]
    assert (found.counted, found.facets["kind"]) == (1, {"document": 1})
    assert refs(engine, SIMPLE.number, without={SIMPLE.key}) == []
    engine.write([entry(2, title="别的")], (), {})
    assert suggested(engine, "公租房", {SIMPLE.key}) == []
    assert titles(suggested(engine, "公租房")) == [SIMPLE.title]


def test_what_is_taken_out_or_put_in_anew_leaves_no_trace(engine):
    engine.write([SIMPLE, entry(2)], (), {"cursor": "7"})
    engine.write([replace(SIMPLE, title="改题", text="改文", attachments=())], (), {})
    assert refs(engine, "公租房") == [2]
    assert refs(engine, "住房补贴") == []
    assert refs(engine, "改文") == [1]
    engine.write((), [Key("document", 2), Key("document", 8)], {})
    assert refs(engine, "公租房") == []
    assert engine.size() == 1
    assert engine.notes()["cursor"] == "7"
    assert engine.stamps("document", 0, None) == {1: "1"}
    assert engine.stamps("document", 1, None) == engine.stamps("document", 0, 0) == {}


def test_an_entry_whose_day_moves_is_there_once(engine):
    engine.write([SIMPLE, entry(2)], (), {})
    engine.write([replace(SIMPLE, day=date(2030, 1, 1))], (), {})
    assert refs(engine, "公租房", newest=True) == [1, 2]


def test_counts_are_capped_and_pages_lie_within(engine):
    engine.write([entry(n) for n in range(1, CAP + 6)], (), {})
    found = find(engine, Asked(wanted("公租房"), first=CAP - 5))
    assert (found.counted, found.more, len(found.entries)) == (CAP, True, 5)
    assert sum(found.facets["kind"].values()) == CAP


def test_an_index_stays_when_it_is_closed(tmp_path):
    first = opened(EMBEDDED, tmp_path)
    first.write([SIMPLE], (), {})
    first.close()
    again = opened(EMBEDDED, tmp_path)
    assert refs(again, "公租房") == [1]
    again.write((), (), {"layout": "another"})
    again.close()
    with pytest.raises(StaleIndexError):
        opened(EMBEDDED, tmp_path)


def test_a_file_that_is_no_index_is_refused(tmp_path):
    (tmp_path / "index").write_bytes(b"no database at all" * 100)
    with pytest.raises(StaleIndexError):
        opened(EMBEDDED, tmp_path)
