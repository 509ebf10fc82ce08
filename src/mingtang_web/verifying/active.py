"""The registers that go on by steps against the ledger: each row, and each step of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingtang_web.activities import actions as activities
from mingtang_web.activities.models import Step, What
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.mistakes import actions as mistakes
from mingtang_web.spells import actions as spells
from mingtang_web.spells.evidence import COLUMNS, PART
from mingtang_web.spells.models import Evidence
from mingtang_web.supervision import assessing, bulletin, inspecting, ordering
from mingtang_web.supervision.models import (
    Inspection,
    InspectionStep,
    Order,
    Watching,
)
from mingtang_web.verifying.told import AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.stepping import Stepping
    from mingtang_web.verifying.told import Told

_KEPT: tuple[Stepping[Any], ...] = (
    activities.ROWS,
    mistakes.ROWS,
    spells.ROWS,
    inspecting.ROWS,
    ordering.ROWS,
    bulletin.ROWS,
    assessing.ROWS,
)


def entries(body: Body, found: Told) -> Iterator[str]:
    """Yield every row of a register that is not as it was told last."""
    for kept in _KEPT:
        told, name = found.kept[kept.name], kept.model._meta.verbose_name
        rows = kept.model._default_manager.filter(body=body).order_by("pk")
        for row in rows.iterator(chunk_size=AT_A_TIME):
            said = told.pop(row.pk, {})
            own = fingerprint(row, *kept.registered), fingerprint(row, *kept.now)
            if (said.get("row"), said.get("now"), said.get("number")) != (*own, row.number):
                yield f"{row.number}与台账不符"
        yield from (f"台账所记的{name}（内部编号{pk}）已不在" for pk in told)


def steps(body: Body, _found: Told) -> Iterator[str]:
    """Yield every step that is not as its entry tells, and rows that lack theirs."""
    for kept in _KEPT:
        name, left = kept.model._meta.verbose_name, 0
        rows = kept.steps._default_manager.filter(**{f"{kept.name}__body": body})
        rows = rows.select_related("entry").order_by("pk")
        for row in rows.iterator(chunk_size=AT_A_TIME):
            said, of = row.entry.content, getattr(row, "of_id", None)
            told = row.entry.kind, said.get("step"), said.get("of")
            if told != (f"{kept.name}.{row.what}", fingerprint(row, *kept.step), of):
                yield f"{name}的经过（内部编号{row.pk}）与台账不符"
            left += 1
        all_of = kept.model._default_manager.filter(body=body)
        versions = sum(all_of.values_list("version", flat=True))
        if versions != left:
            yield f"{name}的经过应有{versions}条，实有{left}条"


def observations(body: Body, _found: Told) -> Iterator[str]:
    """Yield every observation of an account that is struck, or not, unlike its steps."""
    rows = Step.objects.filter(activity__body=body).order_by()
    marked = set(rows.filter(struck=True).values_list("pk", flat=True))
    by_step = rows.filter(what=What.STRUCK, of__isnull=False)
    struck = set(by_step.values_list("of_id", flat=True))
    yield from (f"巡查（内部编号{pk}）的作废与台账不符" for pk in sorted(marked ^ struck))


def evidence(body: Body, found: Told) -> Iterator[str]:
    """Yield every file's row of a period figure that is not as it was told."""
    told = found.parts[PART]
    for row in Evidence.objects.filter(spell__body=body).order_by("pk"):
        if told.pop(row.pk, None) != fingerprint(row, *COLUMNS):
            yield f"{Evidence._meta.verbose_name}（内部编号{row.pk}）与台账不符"
    yield from (f"台账所记的时段填报数的凭据（内部编号{pk}）已不在" for pk in told)


def inspections(body: Body, _found: Told) -> Iterator[str]:
    """Yield every inspection whose findings are not as they were when it ended."""
    for row in Inspection.objects.filter(body=body).exclude(found="").order_by("pk"):
        if inspecting.hash_of(row) != row.found:
            yield f"检查{row.number}发现的问题与台账不符"
        told = row.steps.filter(what__in=("noted", "dropped")).order_by("pk")
        noted: dict[int, str] = {}
        dropped: set[int] = set()
        for what, held in told.values_list("what", "held"):
            if what == InspectionStep.What.NOTED:
                noted[held["finding"]] = held["row"]
            else:
                dropped.add(held["finding"])
        found = {each.pk: each for each in row.findings.filter(by_hand=True)}
        for pk, said in noted.items():
            one = found.pop(pk, None)
            if one is None or fingerprint(one, *inspecting.COLUMNS) != said:
                yield f"检查{row.number}登记的问题（内部编号{pk}）与台账不符"
        yield from (f"检查{row.number}有台账没有的问题（内部编号{pk}）" for pk in found)
        marked = set(row.findings.filter(dropped=True).values_list("pk", flat=True))
        for pk in sorted(marked ^ dropped):
            yield f"检查{row.number}的问题（内部编号{pk}）是否成立与台账不符"


def orders(body: Body, _found: Told) -> Iterator[str]:
    """Yield every order that does not ask for the findings that say they are in it."""
    for row in Order.objects.filter(body=body, struck=False).order_by("pk"):
        found = row.findings.order_by("pk").values_list("check_id", "place", "said")
        if sorted(map(list, found)) != sorted(row.asked):
            yield f"整改通知{row.number}的问题与台账不符"


def watching(body: Body, found: Told) -> Iterator[str]:
    """Yield where an office looks at columns by other limits than the ledger says."""
    row = Watching.objects.filter(body=body).first()
    held = (row.limits, row.monthly) if row else (None, None)
    if held != (found.body.get("watched"), found.body.get("monthly")):
        yield "栏目更新时限的设置与台账不符"


ACTIVE = (entries, steps, observations, evidence, inspections, orders, watching)
