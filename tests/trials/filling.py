"""A database with many cases: a demonstration district, copied inside the database.

The first district is founded as ever: its entries are chained, its applicants
sealed, its histories whole. The copies are rows of bodies, applicants and cases,
which is all that lists read; they have no entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from mingtang_web.accounts.models import User
from mingtang_web.applicants.models import Applicant
from mingtang_web.bodies.actions import appoint, move_body
from mingtang_web.bodies.codes import check_character
from mingtang_web.bodies.models import Body, Kind, Membership, Role
from mingtang_web.cases.models import Case
from mingtang_web.demonstration.district import bodies_in_order, found_district
from mingtang_web.demonstration.founding import found_cases

if TYPE_CHECKING:
    from collections.abc import Callable

PASSWORD = "七棵松树-下棋-1187"  # noqa: S105 - opens an invented account of a throw-away database
PROVINCE = "sheng"
LARGE, SMALL = 2.0, 1.0
"""How many times the demonstration's cases the first district has."""
MANY = 500_000


def fill(cases: int, tell: Callable[[str], None], share: float = SMALL) -> int:
    """Fill an empty database with about so many cases and return how many there are."""
    found_district(PASSWORD)
    share = LARGE if cases >= MANY else share
    made = found_cases(share=share, told=tell)
    originals = bodies_in_order()
    province = _province(originals[0])
    move_body(originals[0], province)
    copies = max(0, round(cases / made) - 1)
    for number in range(copies):
        with transaction.atomic():
            _copy(originals, province, number)
        if number % max(1, copies // 10) == 0:
            tell(f"  已复制 {number + 1}/{copies} 个区")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Case.objects.count()


def _province(office: Body) -> Body:
    """Put a province above the district, with somebody who supervises all of it."""
    province = _new_body(office, 9_000_000, None)
    person = User.objects.create_user(PROVINCE, password=PASSWORD, display_name="秦总督")
    appoint(
        Membership(
            user=person,
            body=province,
            role=Role.SUPERVISOR,
            since=person.date_joined.date(),
        )
    )
    return province


def _copy(originals: list[Body], province: Body, number: int) -> None:
    office: Body | None = None
    for place, body in enumerate(originals):
        copied = _new_body(body, number * 100 + place + 1000, office or province)
        office = office or copied
        _copy_rows(body.pk, copied.pk)


def _new_body(like: Body, number: int, parent: Body | None) -> Body:
    first = f"11990202MB{number:07d}"
    copied = Body.objects.create(
        code=first + check_character(first),
        name=f"{like.name}（{number}）",
        short_name=like.short_name,
        letter_code=like.letter_code,
        kind=like.kind if parent else Kind.OFFICE,
        region="990202",
        parent=parent,
        path=f"new-{number}",
    )
    copied.path = f"{parent.path if parent else '/'}{copied.pk:08d}/"
    copied.save(update_fields=("path",))
    return copied


def _copy_rows(body: int, copied: int) -> None:
    """Copy a body's applicants and cases inside the database, with new numbers."""
    person = _APPLICANT[connection.vendor]
    with connection.cursor() as cursor:
        for model, changed in (
            (Applicant, {"id": person.format("id"), "body_id": "{copied}"}),
            (
                Case,
                {
                    "body_id": "{copied}",
                    "applicant_id": person.format("applicant_id"),
                    "section_id": "NULL",
                    "handler_id": "NULL",
                    "parent_id": "NULL",
                },
            ),
        ):
            table = model._meta.db_table
            columns = [field.column for field in model._meta.concrete_fields]
            columns = [name for name in columns if model is Applicant or name != "id"]
            read = [
                changed.get(name, name).replace("{copied}", str(copied)) for name in columns
            ]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - our own names
                f"SELECT {', '.join(read)} FROM {table} WHERE body_id = {body}"
            )


# A number of its own for each copy of an applicant, made of the body's and the first's.
_APPLICANT = {
    "postgresql": (
        "(lpad(to_hex({{copied}}), 8, '0') || substr(replace({}::text, '-', ''), 9))::uuid"
    ),
    "sqlite": "printf('%08x', {{copied}}) || substr({}, 9)",
}
