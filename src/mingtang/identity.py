"""The check digit of a citizen's identity number (公民身份号码, GB 11643)."""

from __future__ import annotations

from operator import mul

_FACTORS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MARKS = "10X98765432"
LENGTH = len(_FACTORS) + 1


def check_digit(number: str) -> str:
    """Return the digit, or X, that the first seventeen of a number ask for.

    >>> check_digit("11010119900307013")
    '4'
    """
    digits = map(int, number[: len(_FACTORS)])
    return _MARKS[sum(map(mul, digits, _FACTORS)) % len(_MARKS)]


def checks_out(number: str) -> bool:
    """Return whether a number of eighteen ends with the digit that it should.

    >>> checks_out("110101199003070134"), checks_out("110101199003070135")
    (True, False)
    """
    body = number[:-1]
    if len(number) != LENGTH or not body.isdecimal():
        return False
    return check_digit(number) == number[-1].upper()
