"""Cases held until a transaction ends, so that no two acts are done at once."""

from __future__ import annotations

from mingtang_web.cases.models import Case


def locked(case: Case) -> Case:
    """Return a case as it now stands, locked until the transaction ends."""
    return (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("body")
        .get(pk=case.pk)
    )
