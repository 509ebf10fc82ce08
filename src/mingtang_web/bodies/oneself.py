"""Whether words that should name another body name the body itself, or a part of it.

A body asks nobody's opinion by asking itself, and sends nobody on to itself
(政府信息公开条例第三十二条、第三十三条第三款、第三十六条第五项).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from mingtang_web.bodies.models import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body

_DISTRICT = re.compile(r".+[省市县区旗州盟乡镇]")


def plain(name: str) -> str:
    """Return a name as it is compared: one width, no blanks, no capitals.

    >>> plain("西山区 住建局 A")
    '西山区住建局a'
    """
    return "".join(normalize("NFKC", name).casefold().split())


def same_organ(one: str, other: str) -> bool:
    """Return whether two names are one organ's: a district before either may be left out.

    Two that both name a district are one where the shorter's is the end of the longer's.

    >>> same_organ("西山区水务局", "水务局")
    True
    >>> same_organ("西山区水务局", "云州市西山区水务局")
    True
    >>> same_organ("西山区水务局", "东山区水务局"), same_organ("水务局", "西水务局")
    (False, False)
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    if not short or not long.endswith(short):
        return False
    before = long.removesuffix(short)
    return not before or _DISTRICT.fullmatch(before) is not None


def own_name(named: str, body: Body) -> str:
    """Return by which name of the body or of a section of it words name it; blank: none.

    Its full, short and former names count, its sections by themselves or after one of
    those. Two queries.
    """
    if not plain(named):
        return ""
    return next((own for own in _names(body) if _means(named, own, body)), "")


def _means(named: str, own: str, body: Body) -> bool:
    """Return whether words mean one own name.

    A short name is no more than itself: 水务局 is one body's in every district, so that
    the same with a district before it may be another's.
    """
    if plain(named) == plain(own):
        return True
    longer = len(plain(named)) > len(plain(own))
    whole = own == body.name or own.startswith(body.name)
    return same_organ(named, own) and (not longer or (whole and _placed(own)))


def _placed(name: str) -> bool:
    """Return whether a name says of which district its body is."""
    return re.match(r".{2,}?[省市县区旗州盟乡镇].{2,}", plain(name)) is not None


def _names(body: Body) -> Iterator[str]:
    former = list(body.former_names.values_list("name", "short_name"))
    bodies = [body.name, body.short_name, *(each for names in former for each in names)]
    sections = [*Section.objects.filter(body=body).values_list("name", flat=True)]
    sections += [body.disclosure_office] if body.disclosure_office else []
    whole = [each for each in bodies if each]
    yield from whole
    yield from sections
    yield from (f"{own}{section}" for own in whole for section in sections)
