"""Query codes: made, typed again, and compared; stored as keyed hashes only.

Twenty characters of thirty are 98 bits, so that nobody guesses one. The alphabet has
nothing that is taken for something else: no 0 and O, no 1, I and L, no U and V both.
"""

from __future__ import annotations

import hmac
from unicodedata import normalize

from django.conf import settings

from mingtang_web import keys

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 4


def code_from(secret: bytes) -> str:
    """Return the code that a secret of at least 128 bits makes, the same each time.

    >>> len(code_from(b"sixteen bytes or"))
    20
    """
    number = int.from_bytes(hmac.digest(secret, b"query code", "sha256"))
    found = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        found.append(ALPHABET[rest])
    return "".join(found)


def spaced(code: str) -> str:
    """Return a code as people read it: in groups of four.

    >>> spaced("23456789ABCDEFGHJKMN")
    '2345-6789-ABCD-EFGH-JKMN'
    """
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def plain(typed: str) -> str:
    """Return what was typed as it was meant: any width, case, spaces and dashes.

    >>> plain(" 2345-6789 abcd efgh-jkmn ")
    '23456789ABCDEFGHJKMN'
    """
    return "".join(each for each in normalize("NFKC", typed).upper() if each.isalnum())


def digest(number: str, code: str) -> str:
    """Return the keyed hash of a case's number and its code, as they may be typed.

    One hash whatever is typed: a wrong number takes as long as a wrong code.
    """
    secret = bytes.fromhex(keys.secret(settings.INDEX_KEY))
    said = f"hold:{plain(number)}:{plain(code)}"
    return hmac.digest(secret, said.encode(), "sha256").hex()
