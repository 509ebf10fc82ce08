"""A plain question that people answer and programs must take trouble with (验证问题).

It is words alone, so that a screen reader reads it, and needs no script and no other
service. Its token is signed, short-lived and good for one answer, right or wrong.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock
from mingtang_web.asking.models import Answered

if TYPE_CHECKING:
    from collections.abc import Callable

_SALT = "mingtang.asking.question"
LASTS = timedelta(minutes=15)
NUMBERS = (
    gettext_lazy("零"), gettext_lazy("一"), gettext_lazy("二"), gettext_lazy("三"),
    gettext_lazy("四"), gettext_lazy("五"), gettext_lazy("六"), gettext_lazy("七"),
    gettext_lazy("八"), gettext_lazy("九"), gettext_lazy("十"), gettext_lazy("十一"),
    gettext_lazy("十二"), gettext_lazy("十三"), gettext_lazy("十四"), gettext_lazy("十五"),
    gettext_lazy("十六"), gettext_lazy("十七"), gettext_lazy("十八"),
)  # fmt: skip
THINGS = (
    gettext_lazy("苹果"), gettext_lazy("铁路"), gettext_lazy("月亮"), gettext_lazy("雨伞"),
    gettext_lazy("火车"), gettext_lazy("茶杯"), gettext_lazy("森林"), gettext_lazy("窗户"),
    gettext_lazy("钢笔"), gettext_lazy("河流"), gettext_lazy("书包"), gettext_lazy("馒头"),
)  # fmt: skip


class Question(NamedTuple):
    """What is asked, and the token that comes back with the answer."""

    words: str
    token: str


def asked() -> Question:
    """Return a fresh question."""
    words, answer = secrets.choice(_KINDS)()
    nonce = secrets.token_hex(16)
    return Question(words, signing.dumps([nonce, _mark(nonce, answer)], salt=_SALT))


def answered(token: str, answer: str) -> bool:
    """Return whether a question was answered rightly, in time and for the first time."""
    try:
        nonce, mark = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return _first(nonce) and constant_time_compare(mark, _mark(nonce, answer))


def _first(nonce: str) -> bool:
    """Use a question up; false where it was used before."""
    now = clock.now()
    Answered.objects.filter(at__lt=now - 2 * LASTS).delete()
    try:
        with transaction.atomic():
            Answered.objects.create(nonce=nonce, at=now)
    except IntegrityError:
        return False
    return True


def _mark(nonce: str, answer: str) -> str:
    return salted_hmac(_SALT, f"{nonce}:{_plain(answer)}", algorithm="sha256").hexdigest()


def _plain(answer: str) -> str:
    """Return an answer as it is compared: a number's words are its figures."""
    said = "".join(normalize("NFKC", answer).casefold().split())
    named = {str(word): str(number) for number, word in enumerate(NUMBERS)}
    return named.get(said, said)


def _sum() -> tuple[str, str]:
    first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    words = _("%(a)s加%(b)s等于几？")
    return words % {"a": NUMBERS[first], "b": NUMBERS[second]}, str(first + second)


def _rest() -> tuple[str, str]:
    second = secrets.randbelow(8) + 1
    first = second + secrets.randbelow(9) + 1
    words = _("%(a)s减%(b)s等于几？")
    return words % {"a": NUMBERS[first], "b": NUMBERS[second]}, str(first - second)


def _word() -> tuple[str, str]:
    chosen = secrets.SystemRandom().sample(THINGS, 4)
    place = secrets.randbelow(4)
    words = _("“%(things)s”，其中第%(n)s个词是什么？")
    listed = _("、").join(map(str, chosen))
    return words % {"things": listed, "n": NUMBERS[place + 1]}, str(chosen[place])


_KINDS: tuple[Callable[[], tuple[str, str]], ...] = (_sum, _rest, _word)
