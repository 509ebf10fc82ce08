"""Query codes: unguessable, typed anyhow, kept nowhere."""

from __future__ import annotations

import math
import secrets

from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.asking.codes import ALPHABET, LENGTH, code_from, digest, plain, spaced
from mingtang_web.asking.drafts import Token


def test_a_code_holds_more_than_eighty_bits_and_nothing_ambiguous():
    assert LENGTH * math.log2(len(set(ALPHABET))) > 80
    assert not set("01ILOU") & set(ALPHABET)


def test_codes_of_many_secrets_use_every_character_about_alike():
    found = "".join(code_from(secrets.token_bytes(32)) for _each in range(2000))
    shares = [found.count(each) / len(found) for each in ALPHABET]
    assert max(shares) < 1.2 / len(ALPHABET)
    assert min(shares) > 0.8 / len(ALPHABET)


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_read_back_however_it_is_typed(secret):
    code = code_from(secret)
    wide = "".join(chr(ord(each) + 0xFEE0) for each in code)
    for typed in (spaced(code), code.lower(), f" {spaced(code).replace('-', ' ')} ", wide):
        assert digest("2026-0001", typed) == digest("2026-0001", code)


@given(st.text())
def test_whatever_is_typed_has_a_digest(typed):
    assert len(digest(typed, typed)) == 64
    assert plain(plain(typed)) == plain(typed)


def test_another_number_or_another_code_has_another_digest():
    code = code_from(bytes(32))
    assert digest("2026-0001", code) != digest("2026-0002", code)
    assert digest("2026-0001", code) != digest("2026-0001", code[:-1] + "2")


def test_a_token_gives_name_key_and_code_apart():
    token = Token.fresh()
    assert Token.read(str(token)) == token
    assert len({token.name, token.key, token.code}) == 3
    assert token.open(token.seal({"name": "何小满"})) == {"name": "何小满"}
    assert Token.fresh().open(token.seal({"name": "何小满"})) == {}


def test_a_cookie_that_is_no_token_opens_nothing():
    for text in ("", "abc", "é" * 44, "A" * 44 + "=", "=" * 44):
        assert Token.read(text) is None, text
