"""The engine for very many entries: tantivy, where the extra ``search`` is installed.

An index is a folder. A commit of tantivy is there whole or not at all; what is noted
is written behind it, so that a write that is cut off between the two is done again.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import tantivy

from mingtang_web.searching.engines.words import DAY_BITS, fields, first_place
from mingtang_web.searching.entries import Entry, Key, StaleIndexError
from mingtang_web.searching.folding import VERSION, number_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from mingtang_web.searching.entries import Need, Sought

LAYOUT = f"tantivy 1 {VERSION}"
_NOTES = "mingtang-notes.json"
_MEMORY = 64_000_000
_MOST = 1_000_000
_SPACED = "spaced"
_FIELDS = {"title", "number", "chars", "words", "all_chars", "marks"}


class ScaledEngine:
    """An index in one folder; for one thread."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, or make it. Raises `StaleIndexError` where it is another's."""
        self._notes = folder / _NOTES
        self._fresh = True
        fresh = not folder.exists()
        folder.mkdir(mode=0o700, exist_ok=True)
        try:
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError as fault:
            raise StaleIndexError(str(fault)) from fault
        spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer(_SPACED, spaced)
        if fresh:
            self._note({"layout": LAYOUT})
        if self.notes().get("layout") != LAYOUT:
            message = "made by other rules"
            raise StaleIndexError(message)

    def write(
        self, entries: Sequence[Entry], gone: Collection[Key], notes: Mapping[str, str]
    ) -> None:
        """Put entries in and others out in one commit, then note."""
        kept = [Entry.composed(entry) for entry in entries]
        keys = {*gone, *(entry.key for entry in kept)}
        if keys:
            held = self._held(keys)
            writer = self._index.writer(_MEMORY, 1)
            if self._fresh:
                # What a killed commit left has the names that the next one needs.
                writer.garbage_collect_files()
                self._fresh = False
            try:
                for key in keys:
                    writer.delete_documents_by_term("key", _said(key))
                for place, entry in self._placed(kept, held):
                    writer.add_document(self._document(place, entry))
            except BaseException:
                writer.rollback()
                raise
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        if notes:
            self._note({**self.notes(), **notes})

    def notes(self) -> dict[str, str]:
        """Return what was noted."""
        try:
            held: dict[str, str] = json.loads(self._notes.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return held

    def stamps(self, room: str, after: int, upto: int | None) -> dict[int, str]:
        """Return the stamps of a room's entries by their numbers, in a range."""
        last = None if upto is None else upto
        whole = tantivy.FieldType.Unsigned
        within = tantivy.Query.range_query(
            self._schema, "ref", whole, max(after + 1, 0), last
        )
        of_room = tantivy.Query.term_query(self._schema, "room", room)
        searcher = self._searcher()
        hits = searcher.search(of_room.and_must_match(within), _MOST).hits
        held = (searcher.doc(address) for _, address in hits)
        return {doc["ref"][0]: doc["stamp"][0] for doc in held}

    def places(self, sought: Sought, most: int) -> list[int]:
        """Return the places of what fits, the newest first."""
        asked = [self._need(need, sought.table) for need in sought.needs]
        asked += [self._term("marks", each) for each in sought.marks]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in asked])
        hits = (
            self._searcher().search(query, most, count=False, order_by_field="place").hits
        )
        return [place for place, _ in hits]

    def numbered(self, key: str) -> list[int]:
        """Return the places of what has a number, by its folded key."""
        if not key:
            return []
        hits = self._searcher().search(self._term("numbers", key), _MOST, count=False,
                                       order_by_field="place").hits  # fmt: skip
        return [place for place, _ in hits]

    def places_of(self, keys: Collection[Key]) -> set[int]:
        """Return the places of entries."""
        return set(self._held(keys).values())

    def facets_of(self, places: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the facets of entries, in any order."""
        return [tuple(doc["facets"][0].split("\n")) for doc in self._at(places)]

    def entries(self, places: Sequence[int]) -> list[Entry]:
        """Return entries in the order of their places."""
        held = {doc["place"][0]: doc["data"][0] for doc in self._at(places)}
        return [Entry.unpacked(bytes(held[each])) for each in places if each in held]

    def size(self) -> int:
        """Return how many entries there are."""
        return int(self._searcher().num_docs)

    def close(self) -> None:
        """Let go of the files."""
        del self._index

    def _note(self, notes: Mapping[str, str]) -> None:
        draft = self._notes.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(notes, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._notes)

    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token)

    def _need(self, need: Need, table: str) -> tantivy.Query:
        field = need.field
        if field == "chars" and table == "texts":
            field = "all_chars"
        if len(need.tokens) == 1:
            return self._term(field, need.tokens[0])
        return tantivy.Query.phrase_query(self._schema, field, list(need.tokens))

    def _at(self, places: Sequence[int]) -> Iterator[tantivy.Document]:
        query = tantivy.Query.term_set_query(self._schema, "place", list(places))
        searcher = self._searcher()
        if places:
            for _, address in searcher.search(query, len(places), count=False).hits:
                yield searcher.doc(address)

    def _held(self, keys: Collection[Key]) -> dict[str, int]:
        if not keys:
            return {}
        named = [_said(key) for key in keys]
        query = tantivy.Query.term_set_query(self._schema, "key", named)
        searcher = self._searcher()
        hits = searcher.search(query, len(named), count=False).hits
        docs = [searcher.doc(address) for _, address in hits]
        return {doc["key"][0]: doc["place"][0] for doc in docs}

    def _placed(
        self, entries: Sequence[Entry], earlier: Mapping[str, int]
    ) -> Iterator[tuple[int, Entry]]:
        """Yield each entry with its place: that which it had, while its day is the same."""
        last: dict[int, int] = {}
        for entry in entries:
            first = first_place(entry)
            before = earlier.get(_said(entry.key))
            if before is not None and before >> DAY_BITS == first >> DAY_BITS:
                yield before, entry
                continue
            last[first] = last.get(first) or self._greatest(first)
            last[first] += 1
            yield last[first], entry

    def _greatest(self, first: int) -> int:
        end = first + (1 << DAY_BITS) - 1
        whole = tantivy.FieldType.Unsigned
        query = tantivy.Query.range_query(self._schema, "place", whole, first, end)
        hits = self._searcher().search(query, 1, count=False, order_by_field="place").hits
        return int(hits[0][0]) if hits else first

    def _document(self, place: int, entry: Entry) -> tantivy.Document:
        held = fields(entry)
        numbers = {number_key(entry.number), number_key(entry.index_number)} - {""}
        words = {
            "key": [_said(entry.key)],
            "room": [entry.key.room],
            "stamp": [entry.stamp],
            "facets": ["\n".join(entry.facets())],
            "numbers": sorted(numbers),
            "title": [held.title],
            "number": [held.number],
            "chars": [held.head_chars],
            "words": [held.words],
            "all_chars": [held.chars],
            "marks": [held.marks],
        }
        whole = {"place": [place], "ref": [entry.key.ref], "data": [entry.packed()]}
        return tantivy.Document.from_dict({**words, **whole}, self._schema)


def _said(key: Key) -> str:
    return f"{key.room}:{key.ref}"


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    for name in ("key", "room", "numbers"):
        made.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("stamp", "facets"):
        made.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in sorted(_FIELDS):
        kept = "basic" if name in {"chars", "all_chars", "marks"} else "position"
        made.add_text_field(name, tokenizer_name=_SPACED, index_option=kept)
    for name in ("place", "ref"):
        made.add_unsigned_field(name, stored=True, indexed=True, fast=True)
    made.add_bytes_field("data", stored=True)
    return made.build()
