"""Reading the catalogue: as of a day, whose turn an item is, and what nobody published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from mingtang_web.bodies.queries import seen
from mingtang_web.matters.models import Fulfilment, Item

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing

LINKS = Fulfilment.objects.filter(
    item=OuterRef("pk"),
    ended_at__isnull=True,
    document__published__isnull=False,
    document__withdrawn_on__isnull=True,
)
"""The public documents that stand at an item, for subqueries."""


def visible(held: Standing) -> QuerySet[Item]:
    """Return the items of the bodies that are seen, and those above that hold for them."""
    above = {
        int(part)
        for path in seen(held).values_list("path", flat=True)
        for part in path.split("/")
        if part
    }
    return Item.objects.filter(body__in=above).select_related("body")


def as_of(rows: QuerySet[Item], day: date) -> QuerySet[Item]:
    """Return the items that stood in the catalogue on a day (the version of that day)."""
    return rows.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Stated(models.TextChoices):
    """The level that an item states (公开层级); pilot catalogues write it in words."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    NONE = "none", _("没有写明")


_WORDS = {
    Stated.PROVINCE: "省|自治区|直辖市|各级",
    Stated.CITY: "(^|[^级辖])市|各级",
    Stated.COUNTY: "县|旗|(^|[^设地治])区|各级",
    Stated.TOWNSHIP: "乡|镇|街道|各级",
}
"""How catalogues write the levels: 设区的市、自治区 are none of the county's 区."""


def at_level(rows: QuerySet[Item], level: str) -> QuerySet[Item]:
    """Return the items that state a level among theirs, or none at all.

    What states none is in no level: it is not said that it belongs to all.
    """
    if level == Stated.NONE:
        return rows.filter(level="")
    return rows.filter(level__regex=_WORDS[Stated(level)])


def with_documents(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Return items with ``fulfilled``: whether a public document stands at each."""
    return rows.annotate(fulfilled=Exists(LINKS))
