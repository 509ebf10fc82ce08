"""A trial kept with the file it tried: of which file and mapping, and what it found.

Nothing is taken over that was not tried, and what a second person consents to is a
trial: the file, the mapping, and what they would bring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web.importing import consenting, signing, trying, weighing
from mingtang_web.importing.models import Refusal
from mingtang_web.importing.opening import (
    allowed,
    by_of,
    locked,
    reading_hash,
    table_of,
)

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.importing.models import Source
    from mingtang_web.importing.trying import Trial
    from mingtang_web.ledger.canonical import Plain


@transaction.atomic
def attempt(source: Source, actor: User | None) -> Trial:
    """Try the rows not yet taken over and keep what was found; no case is written.

    What was proposed on a trial that found something else lapses. Raises
    `NotAllowedError` and `ClearedError`.
    """
    allowed(actor, source.body)
    present = locked(source)
    table = table_of(present)
    done = set(present.imported.values_list("row", flat=True))
    left = table._replace(rows=tuple(r for r in table.rows if r.number not in done))
    found = trying.attempt(left, by_of(present, table), present.body)
    present.trial = _kept(present, found)
    present.save(update_fields=("trial",))
    present.refusals.filter(trial=True).delete()
    Refusal.objects.bulk_create(
        [Refusal(source=present, row=row, trial=True, **why._asdict())
         for row, why in found.refused]
    )  # fmt: skip
    signing.lapse_otherwise(present, actor)
    source.refresh_from_db(fields=("mapping", "trial"))
    return found


def _kept(source: Source, found: Trial) -> dict[str, Plain]:
    live = consenting.live_since(source.body)
    unfit = sorted({row for row, _ in found.refused})
    return {
        "of": reading_hash(source),
        "mapping": source.mapping,
        "live": live.isoformat() if live else "",
        "rows": found.rows,
        "phases": {str(phase): n for phase, n in found.phases.items()},
        "tables": {
            str(year): [[*cell, number] for cell, number in cells.items()]
            for year, cells in found.tables.items()
        },
        "refused": len(unfit),
        "unfit": unfit,
        "unsent": list(found.unsent),
        "unarrived": list(found.unarrived),
        **weighing.figures(found.weighed, live),
    }
