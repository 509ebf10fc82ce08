"""Law as a letter says it: full names of instruments, terms in words.

Articles and terms come from the law's data of the letter's day; no template
holds a number of days.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from mingtang.drafting import sheets
from mingtang.law.citation import numeral, parse_citations
from mingtang.law.parameter import UNIT_NAMES
from mingtang.law.terms import term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingtang.law.citation import Citation


@cache
def _full_names() -> dict[str, str]:
    names = {}
    for key, row in sheets.read("instruments.yaml").entries():
        row.allow("name", optional=("number",))
        number = row.optional_text("number")
        names[key] = f"《{row.text('name')}》" + (f"（{number}）" if number else "")
    return names


def said(cite: str) -> str:
    """Return sources as a letter cites them: each instrument once, by its full name.

    >>> said("政府信息公开条例第十四条；政府信息公开条例（2019年修订）第十五条")
    '《中华人民共和国政府信息公开条例》第十四条、第十五条'
    """
    told = []
    for name, found in groupby(parse_citations(cite), _name):
        places = [source.provision for source in found if source.provision]
        told.append(name + "、".join(places))
    return "和".join(told)


def said_as_listed(sources: Sequence[Citation]) -> str:
    """Return sources that a person listed, each article and paragraph named once.

    >>> from mingtang.law.listing import parse_listing
    >>> said_as_listed(parse_listing("《档案法（试行）》第三条第一款、第二款"))
    '《档案法（试行）》第三条第一款、第二款'
    """
    told = []
    for name, found in groupby(sources, _name):
        places, before = [], None
        for source in found:
            places.append(_after(source, before))
            before = source
        told.append(name + "、".join(places))
    return "和".join(told)


def _after(source: Citation, before: Citation | None) -> str:
    """Return a place in short, where the one before it lies in the same article."""
    whole = source.provision
    if before is None or source.article is None or not (source.paragraph or source.item):
        return whole
    article = source._replace(paragraph=None, item=None)
    if article != before._replace(paragraph=None, item=None):
        return whole
    paragraph = source._replace(item=None)
    if source.item and before.item and paragraph == before._replace(item=None):
        return whole.removeprefix(paragraph.provision)
    return whole.removeprefix(article.provision) if source.paragraph else whole


def _name(source: Citation) -> str:
    key = source.instrument or source.number or ""
    version = source.version or ""
    trial = "" if any(map(str.isdigit, version)) else version
    titled = f"《{key}{f'（{trial}）' if trial else ''}》"
    return _full_names().get(key, titled if source.instrument else key)


def term_in_words(name: str, on: date) -> str:
    """Return a term of the law on a day, in words; raises what `term` raises.

    >>> from datetime import date
    >>> term_in_words("third_party", date(2026, 3, 2))
    '十五个工作日'
    """
    found = term(name, on)
    return f"{numeral(found.amount)}{UNIT_NAMES[found.unit]}"


def term_cited(name: str, on: date) -> str:
    """Return the sources of a term on a day, as a letter cites them."""
    return said(term(name, on).cite)
