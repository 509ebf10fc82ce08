"""Whether two applicants bear the same name; nobody is shown either."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from mingtang_web.applicants.actions import ErasedError, for_letters
from mingtang_web.applicants.models import Applicant

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 50
"""So many earlier applicants of one number are compared, the latest first."""


def same_name(one: Applicant, other: Applicant) -> bool:
    """Return whether two applicants bear one name; of the erased nothing is known."""
    try:
        return _plain(for_letters(one).name) == _plain(for_letters(other).name)
    except ErasedError:
        return True


def other_names(applicant: Applicant) -> bool:
    """Return whether the body knows the applicant's number under another name too."""
    if not applicant.identity_index:
        return False
    known = Applicant.objects.filter(
        body=applicant.body_id, identity_index=applicant.identity_index
    ).exclude(pk=applicant.pk)
    return not _all_same(applicant, known.order_by("-pk")[:MOST])


def _all_same(applicant: Applicant, others: Iterable[Applicant]) -> bool:
    return all(same_name(applicant, other) for other in others)


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).casefold().split())
