"""What is done with word lists: begun, words added, words and lists retired."""

from __future__ import annotations

import hashlib
import secrets
from itertools import islice
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.screening.lists import MOST, Problem, WordListProblems
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.canonical import canonical
from mingtang_web.ledger.models import Entry
from mingtang_web.wordlists import policy
from mingtang_web.wordlists.models import Batch, Listed, ListOfWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.screening import Word
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing

KIND = "words."
AT_ONCE = 2_000
SAID = ("wrong", "right", "kind", "not_before", "not_after", "label", "since", "until")
"""What a word says, in the order in which it is hashed."""


class ListMovedOnError(Exception):
    """The list was changed since it was looked at, or is retired; nothing was done."""


@transaction.atomic
def begin(body: Body, name: str, owner: str, doing: Doing) -> ListOfWords:
    """Begin an empty list of a body and return it; sent twice it is one list.

    Raises `NotAllowedError` and `ValidationError`.
    """
    require(doing.person, policy.KEEP, body, clock.today())
    earlier = _entry(body, doing)
    if earlier:
        return ListOfWords.objects.get(pk=earlier.content["list"])
    made = ListOfWords(
        body=body, name=name.strip(), owner=owner.strip(), created_at=clock.now()
    )
    made.clean_fields(exclude=["body", "stamp", "retired_on", "retired_by"])
    if ListOfWords.objects.filter(body=body, name=made.name).exists():
        raise ValidationError({"name": _("本机关已有同名的词表，请换一个名称")})
    made.save(force_insert=True)
    return _record(made, "begun", doing, {"name": made.name, "owner": made.owner})


@transaction.atomic
def add(
    words: ListOfWords, coming: Sequence[Word], source: str, doing: Doing
) -> tuple[int, int]:
    """Add words to a list; return how many are new and how many stood there before.

    A word in use that is replaced otherwise has to be retired first. All of them come in
    or none. Raises `NotAllowedError`, `ListMovedOnError` and `WordListProblems`.
    """
    present = _locked(words, doing)
    if _entry(present.body, doing):
        return 0, 0
    _in_turn(present, doing)
    fresh = _fresh(present, coming)
    if not fresh:
        return 0, len(coming)
    batch = Batch.objects.create(
        words=present,
        source=source[:150],
        count=len(fresh),
        digest=digest(fresh),
        by=doing.person,
        at=clock.now(),
    )
    rows = (
        Listed(batch=batch, words=present, **{name: getattr(each, name) for name in SAID})
        for each in fresh
    )
    while some := list(islice(rows, AT_ONCE)):
        Listed.objects.bulk_create(some)
    said: dict[str, Plain] = {
        "batch": batch.pk, "count": len(fresh), "digest": batch.digest,
    }  # fmt: skip
    _record(present, "added", doing, said)
    return len(fresh), len(coming) - len(fresh)


@transaction.atomic
def retire(words: ListOfWords, row: int, doing: Doing) -> None:
    """Retire a word from today on, ``doing.note`` saying why.

    Raises `NotAllowedError`, `ListMovedOnError` and `ValidationError`.
    """
    present = _locked(words, doing)
    if _entry(present.body, doing):
        return
    _in_turn(present, doing)
    masking.to_keep(doing.note, "note")
    listed = present.listed.filter(pk=row, retired_on__isnull=True).first()
    if listed is None:
        raise ValidationError(_("没有这个词条，或者已经停用；请看过最新的词表"))
    _retire(listed, doing)
    _record(present, "retired", doing, {"word": row, "why": listed.retired_why})


@transaction.atomic
def retire_list(words: ListOfWords, doing: Doing) -> None:
    """Retire a list with all its words, ``doing.note`` saying why.

    Raises `NotAllowedError`, `ListMovedOnError` and `ValidationError`.
    """
    present = _locked(words, doing)
    if _entry(present.body, doing):
        return
    _in_turn(present, doing)
    masking.to_keep(doing.note, "note")
    _retire(present, doing)
    _record(present, "list_retired", doing, {"why": present.retired_why})


def digest(words: Sequence[Word | Listed]) -> str:
    """Return the SHA-256 of what some words say, in their order."""
    told = hashlib.sha256()
    for each in words:
        told.update(canonical([str(getattr(each, name) or "") for name in SAID]).encode())
    return told.hexdigest()


def _fresh(words: ListOfWords, coming: Sequence[Word]) -> list[Word]:
    """Return the words that are new; raises `WordListProblems` for those that clash."""
    there = dict(words.listed.filter(retired_on__isnull=True).values_list("wrong", "right"))
    problems, fresh = [], []
    for place, each in enumerate(coming, 1):
        found = masking.personal_data(f"{each.wrong} {each.right}")
        if found:
            why = _("含有身份证号、手机号（%(found)s），词表不收") % {"found": found}
            problems.append(Problem(place, "", why))
        elif each.wrong not in there:
            fresh.append(each)
        elif there[each.wrong] != each.right:
            known = {"wrong": each.wrong, "right": there[each.wrong]}
            why = _("词表里已有“%(wrong)s”，对的写法是“%(right)s”；要改，请先停用原来的")
            problems.append(Problem(place, "", why % known))
    if len(there) + len(fresh) > MOST:
        why = _("加上原有的超过%(most)s条，请另建一个词表") % {"most": f"{MOST:,}"}
        problems.append(Problem(1, "", why))
    if problems:
        raise WordListProblems(words.name, problems)
    return fresh


def _locked(words: ListOfWords, doing: Doing) -> ListOfWords:
    rows = ListOfWords.objects.select_for_update(of=("self",), no_key=True)
    present = rows.select_related("body").get(pk=words.pk)
    require(doing.person, policy.KEEP, present.body, clock.today())
    return present


def _in_turn(words: ListOfWords, doing: Doing) -> None:
    if words.retired_on:
        raise ListMovedOnError(_("这个词表已经停用，不能再改；需要的请另建一个"))
    if doing.version != words.version:
        raise ListMovedOnError(_("词表在您打开之后有了改动，没有登记；请看过最新的再办"))


def _retire(row: ListOfWords | Listed, doing: Doing) -> None:
    row.retired_on, row.retired_by = clock.today(), doing.person
    row.retired_why = doing.note.strip()[:200]
    row.save()


def _entry(body: Body, doing: Doing) -> Entry | None:
    """Return what the same submission recorded before."""
    if doing.key is None:
        return None
    return Entry.objects.filter(body=body, key=doing.key).first()


def _record(
    words: ListOfWords, name: str, doing: Doing, said: dict[str, Plain]
) -> ListOfWords:
    words.version += 1
    words.stamp = secrets.token_hex(8)
    words.save()
    content = {"list": words.pk, "version": words.version, **said}
    append(Record(words.body, KIND + name, content, actor=doing.actor, key=doing.key))
    return words
