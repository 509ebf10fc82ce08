"""The demonstration's figures of periods: some add up, one lacks a quarter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.demonstration.district import WHERE
from mingtang_web.demonstration.spelling import MISSING, MORE, spells
from mingtang_web.spells.models import Spell
from mingtang_web.spells.queries import made_of
from tests.web.people import appointed, body, person

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", [WHERE, MORE])
def test_last_year_is_told_with_one_quarter_missing(db, name: str) -> None:  # noqa: ARG001
    where, clerk = body(9, f"西山{name}"), person("d-clerk")
    where.short_name = name
    appointed(clerk, where, Role.CLERK, date(2020, 1, 1))
    house = SimpleNamespace(body=where, staff=SimpleNamespace(clerk=clerk))
    for deed in sorted(spells(house, TODAY), key=lambda each: each.moment):
        with clock.fixed(deed.moment):
            deed.do()
    with clock.fixed(datetime(2026, 11, 23, 2, tzinfo=UTC)):
        last, this = (made_of(where, year) for year in (2025, 2026))
    lacking = [each for each in last.values() if each.lacking]
    assert all(each.figure is None and each.lacking for each in this.values())
    if name == MORE:
        assert (len(last), lacking) == (2, [])
        return
    [one] = lacking
    assert one.cell.split("/")[1] == MISSING[0]
    assert one.lacking == ((date(2025, 7, 1), date(2025, 9, 30)),)
    assert len(last) == 4
    assert Spell.objects.filter(struck=True).count() == 1
    assert Spell.objects.filter(steps__what="amended").count() == 2
