"""Reports added up: a district, a city, a country, with what is missing named.

A total says how many reports gave a number and which did not: a blank is not a
zero, and a total over some of the reports is never shown as one over all. What
is combined is a set of reports; totals follow from the set and the tree of
bodies, so that the order and the grouping of adding change nothing.
"""

from __future__ import annotations

from mingtang.combining.bulletin import bulletin
from mingtang.combining.changes import Change, Uncarried, changes, uncarried
from mingtang.combining.comparison import comparison
from mingtang.combining.fees import Stated, fee_pieces, fee_totals, stated_fees
from mingtang.combining.rates import Rate, rates
from mingtang.combining.tables import as_csv, as_object, by_body
from mingtang.combining.totals import Combined, CombineError, Total, add, combine
from mingtang.combining.tree import Bodies, BodiesError, Body, read_bodies

__all__ = [
    "Bodies",
    "BodiesError",
    "Body",
    "Change",
    "CombineError",
    "Combined",
    "Rate",
    "Stated",
    "Total",
    "Uncarried",
    "add",
    "as_csv",
    "as_object",
    "bulletin",
    "by_body",
    "changes",
    "combine",
    "comparison",
    "fee_pieces",
    "fee_totals",
    "rates",
    "read_bodies",
    "stated_fees",
    "uncarried",
]
