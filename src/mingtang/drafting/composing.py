"""Composing a letter: template, particulars and setting become one frozen text.

Everything that is missing or wrong is told at once. The law's part of a letter
is the same whoever composes it: no edit reaches a locked passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mingtang.drafting import fees, numbers
from mingtang.drafting.citing import said, term_cited, term_in_words
from mingtang.drafting.editing import edited
from mingtang.drafting.fields import fill
from mingtang.drafting.hiding import Filled, look
from mingtang.drafting.letter import Clause, Letter, Origin
from mingtang.drafting.remedies import (
    Reader,
    fee_paragraph,
    remedy_paragraph,
    remedy_told,
)
from mingtang.drafting.setting import SettingError
from mingtang.drafting.template import REMEDY, template
from mingtang.drafting.values import ValueProblemError, say, shown, spoken_day
from mingtang.law.grounds import Remedy
from mingtang.law.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang.drafting.setting import Setting
    from mingtang.drafting.template import Passage, Template
    from mingtang.drafting.values import Said

FORM_SHARES = {2: (0.3, 0.7), 4: (0.18, 0.32, 0.18, 0.32)}
"""Widths of a form's columns, by how many there are."""
_ENDS, _CLOSING = ("。", "！", "？", "…", "；", "：", ".", "!", "?"), '”’）》」』)"'
"""What ends a sentence, and what may still close after it."""
_PAPERS = ("告知书", "通知书", "意见书", "回执", "函")


class ParticularsError(ValueError):
    """A letter's particulars are missing or wrong; tells all of them with their labels.

    `problems` are triples of id, label and what is wrong.
    """

    def __init__(self, title: str, problems: tuple[tuple[str, str, str], ...]) -> None:
        self.problems = problems
        told = "；".join(f"“{label}”{problem}" for _, label, problem in problems)
        super().__init__(
            f"《{title}》有{len(problems)}处要素须补正：{told}。请补正后再出具"
        )


def compose(kind: str, particulars: Mapping[str, object], setting: Setting) -> Letter:
    """Return the letter of a kind, for these particulars in this setting.

    The same arguments give the same letter. Raises `UnknownKindError`;
    `ParticularsError` with everything that is missing, ill-typed or unknown;
    `LockedTextError` and `EditError` for edits that may not be made;
    `SettingError` and `NumberError` for what the office lacks; `DisclosureError`
    for what must not be shown; `OpenRemedyError` where a person must choose.
    """
    made = template(kind)
    if setting.day < made.since:
        message = (
            f"《{made.title}》依据的规定自{spoken_day(made.since)}起施行，不能用于此前"
        )
        raise SettingError(message)
    given = _said(made, particulars, setting.day)
    return _Composition(made, particulars, setting, given).letter()


def _said(made: Template, particulars: Mapping[str, object], on: date) -> dict[str, Said]:
    """Return every particular in words; one error tells everything that is wrong."""
    told: dict[str, Said] = {}
    asked = {known.id: known for known in (*made.needs, *made.may)}
    problems = [
        (known.id, known.label, f"没有填写（{known.what}）")
        for known in made.needs
        if known.id not in particulars
    ]
    for name, value in particulars.items():
        if name not in asked:
            problems.append((name, shown(name), "不是这种文书的要素"))
            continue
        try:
            told[name] = say(asked[name], value, on)
        except ValueProblemError as problem:
            problems.append((name, asked[name].label, str(problem)))
    if problems:
        raise ParticularsError(made.title, tuple(problems))
    return told


def _told(said: Said) -> str:
    """Return all that a particular says."""
    return "\n".join(text for words in (said.words, *said.items) for text in words.values())


class _Composition:
    """One letter in the making."""

    def __init__(
        self,
        made: Template,
        raw: Mapping[str, object],
        setting: Setting,
        given: Mapping[str, Said],
    ) -> None:
        self.made, self.raw, self.setting, self.given = made, raw, setting, given
        self.number = _number(made, setting)
        self.reader = Reader(self._you(), _paper(made.title))
        self.remedy = self._remedy()
        self.words = self._words()

    def letter(self) -> Letter:
        """Return the letter, looked over for what it must not show."""
        made, setting = self.made, self.setting
        clauses = tuple(self._clauses())
        enclosures = tuple(item["item"] for item in self._items("enclosures"))
        texts = [(clause.passage, _whole(clause)) for clause in clauses]
        texts += [("enclosures", name) for name in enclosures]
        addressee = self.given["addressee"].words["addressee"] if self._is_sent() else None
        filled = [
            Filled(asked.id, asked.label, _told(self.given[asked.id]))
            for asked in (*made.needs, *made.may)
            if asked.id in self.given
        ]
        hides = dict.fromkeys((*made.hides, *setting.hides))
        look(made.title, hides, setting.secrets, texts, filled)
        return Letter(
            kind=made.kind,
            title=made.title,
            number=self.number,
            addressee=addressee,
            clauses=clauses,
            enclosures=enclosures,
            signer=setting.office.name,
            day=setting.day,
            contact=setting.office.contact() if self._is_sent() else None,
            remedy=self.remedy,
            internal=tuple(
                (asked.label, self.given[asked.id].words[asked.id])
                for asked in made.needs
                if asked.internal
            ),
        )

    def _is_sent(self) -> bool:
        return self.made.reader != "file"

    def _you(self) -> str:
        kind = self.given.get("addressee_kind")
        return kind.words["addressee_kind"] if kind else "贵单位"

    def _items(self, name: str) -> tuple[Mapping[str, str], ...]:
        return self.given[name].items if name in self.given else ()

    def _remedy(self) -> Remedy | None:
        made = self.made
        if made.remedy == "by_person":
            return Remedy(str(self.raw["remedy"]))
        if made.remedy == "RS":
            return Remedy.RS
        if made.remedy == "by_ground" and made.ground is not None:
            return remedy_told(made.ground, self.setting, self._withheld())
        return None if made.reader == "file" else Remedy.NA

    def _withheld(self) -> tuple[str, ...]:
        parts = self.raw.get("withheld")
        if not isinstance(parts, Sequence):
            return ()
        return tuple(str(part["ground"]) for part in parts)

    def _words(self) -> dict[str, str]:
        """Return what every field stands for."""
        words = {
            "body": self.setting.office.name,
            "you": self.reader.you,
            "paper": self.reader.paper,
            "number": self.number or "",
            "cite": said(self.made.cite),
            "pay_by": self._pay_by(),
            "among": "和".join(part.among for part in parts_of(self._withheld())),
            "left_out": "或者".join(part.told for part in parts_of(self._withheld())),
        }
        for told in self.given.values():
            words |= told.words
        return words

    def _pay_by(self) -> str:
        received = self.raw.get("expected_receipt")
        if type(received) is not date:
            return ""
        last = fees.pay_by(received)
        if last is None:
            return "次年放假安排尚未公布，缴纳截止日待公布后按上述期限确定"
        return f"按{spoken_day(received)}收到计算，缴纳截止日为{spoken_day(last)}"

    def _clauses(self) -> Iterator[Clause]:
        for passage, origin in edited(self.made, self.setting.edits):
            if passage.id == REMEDY:
                text = self._told()
                if text is not None:
                    yield Clause(REMEDY, text, Origin.LOCKED)
            elif self._stands(passage):
                yield from self._worded(passage, origin)

    def _stands(self, passage: Passage) -> bool:
        there = self.given.keys()
        return there >= set(passage.given) and not there & set(passage.unless)

    def _told(self) -> str | None:
        if self.made.remedy == "fee_notice":
            return fee_paragraph(self.reader)
        if self.remedy is None:
            return None
        return remedy_paragraph(self.remedy, self.setting, self.reader)

    def _worded(self, passage: Passage, origin: Origin) -> Iterator[Clause]:
        words = self.words | self._law(passage)
        if passage.table == "fee":
            bill = fees.bill(self.raw["fee"], self.setting.day)  # type: ignore[arg-type]
            yield Clause(passage.id, "", origin, bill.rows(), fees.SHARES, heads=1)
        elif passage.table is not None:
            rows = tuple(tuple(fill(cell, words) for cell in row) for row in passage.rows)
            shares = FORM_SHARES[max(map(len, rows))]
            yield Clause(passage.id, "", origin, rows, shares, appendix=passage.appendix)
        elif passage.each is None:
            yield Clause(
                passage.id, _ended(passage.text, fill(passage.text, words)), origin
            )
        else:
            for n, item in enumerate(self._items(passage.each), 1):
                text = fill(passage.text, {**words, **item, "n": str(n)})
                yield Clause(passage.id, text, origin)

    def _law(self, passage: Passage) -> dict[str, str]:
        """Return the terms that a passage names, on the letter's day."""
        found = {}
        for name in passage.fields():
            kind, _, term = name.partition(".")
            if kind == "term":
                found[name] = term_in_words(term, self.setting.day)
            elif kind == "cited":
                found[name] = term_cited(term, self.setting.day)
        return found


def _number(made: Template, setting: Setting) -> str | None:
    if made.series is None:
        return None
    office = setting.office
    return numbers.format(office.code_word, made.series, setting.day.year, setting.number)


def _paper(title: str) -> str:
    """Return what a letter calls itself.

    >>> _paper("信息不存在告知书")
    '本告知书'
    """
    return "本" + next((word for word in _PAPERS if title.endswith(word)), "文书")


def _ended(made: str, text: str) -> str:
    """Return a passage that ends with typed words as a whole sentence.

    >>> _ended("理由是：{reason}", "理由是：属于讨论记录")
    '理由是：属于讨论记录。'
    """
    plain = text.rstrip()
    typed = made.rstrip().endswith("}")
    return f"{plain}。" if typed and not plain.rstrip(_CLOSING).endswith(_ENDS) else text


def _whole(clause: Clause) -> str:
    return clause.text + "\n".join(cell for row in clause.rows for cell in row)
