"""Table two counts documents in years, and tells what else moved the effective count."""

from __future__ import annotations

from datetime import date as D  # noqa: N812 - a day in a line

import pytest

from mingtang.publication.effective import (
    KIND_NAMES,
    WHY_NAMES,
    Counted,
    History,
    Kind,
    Move,
    Why,
    counts_here,
    tally,
    years_of,
)
from mingtang.publication.events import Amended, DeclaredVoid, Issued, Kept, Repealed
from mingtang.publication.explaining import explain

OLD = Issued(on=D(2020, 5, 1))
LAPSING = Issued(on=D(2021, 1, 4), expires_on=D(2024, 12, 31))


def normative(name, *events, entered=None) -> History:
    return History(name, Kind.NORMATIVE, events, entered)


def counted(histories, year=2025, **choices):
    return tally(histories, year, choices)[Kind.NORMATIVE]


def test_every_kind_and_reason_has_its_name() -> None:
    assert set(KIND_NAMES) == set(Kind)
    assert set(WHY_NAMES) == set(Why)


def test_a_year_of_issue_and_repeal_balances() -> None:
    counts = counted(
        [
            normative("清政规〔2020〕1号", OLD),
            normative("清政规〔2020〕2号", OLD, Repealed(on=D(2025, 6, 2))),
            normative("清政规〔2025〕1号", Issued(on=D(2025, 2, 3))),
        ]
    )
    assert counts.issued == Counted(1, ("清政规〔2025〕1号",))
    assert counts.repealed == Counted(1, ("清政规〔2020〕2号",))
    assert counts.in_force == Counted(2, ("清政规〔2020〕1号", "清政规〔2025〕1号"))
    assert counts.carried.number == 2
    assert counts.moves == ()
    told = explain(counts, 2)
    assert told.holds
    assert told.told.endswith("相符")


def test_regulations_are_a_line_of_their_own() -> None:
    found = tally([History("令1号", Kind.REGULATION, [OLD])], 2020)
    assert found[Kind.REGULATION].issued.number == 1
    assert found[Kind.NORMATIVE].issued == Counted(0, ())


@pytest.mark.parametrize(
    ("choice", "issued", "repealed"),
    [("issued_and_repealed", 2, 2), ("not_counted", 0, 0)],
)
def test_an_amendment_counts_as_the_body_chose(choice, issued, repealed) -> None:
    changes = [Amended(on=D(2025, 3, 3)), Amended(on=D(2025, 9, 3))]
    counts = counted([normative("甲", OLD, *changes)], amended_document=choice)
    assert (counts.issued.number, counts.repealed.number) == (issued, repealed)
    assert counts.in_force.number == 1
    assert set(counts.issued.ids) <= {"甲"}
    assert explain(counts, 1).holds


@pytest.mark.parametrize(
    ("choice", "expired", "declared"),
    [("not_counted", 0, 0), ("declared", 0, 1), ("counted", 1, 1)],
)
def test_what_lapsed_counts_as_the_body_chose(choice, expired, declared) -> None:
    lapsed = counted([normative("甲", LAPSING)], lapsed_document=choice)
    void = DeclaredVoid(on=D(2025, 9, 1), campaign="2025年清理")
    cleaned = counted([normative("乙", OLD, void)], lapsed_document=choice)
    assert (lapsed.repealed.number, cleaned.repealed.number) == (expired, declared)
    assert lapsed.in_force.number == cleaned.in_force.number == 0
    assert lapsed.moves == (() if expired else (Move(Why.EXPIRED, -1, ("甲",)),))
    wanted = Move(Why.DECLARED_VOID, -1, ("乙",), "2025年清理")
    assert cleaned.moves == (() if declared else (wanted,))


def test_a_last_day_on_new_years_eve_is_a_day_in_force() -> None:
    assert counted([normative("甲", LAPSING)], 2024).in_force.number == 1
    assert counted([normative("甲", LAPSING)], 2025).in_force.number == 0


def test_what_was_kept_goes_on() -> None:
    kept = Kept(on=D(2024, 11, 4), expires_on=D(2029, 12, 31))
    assert counted([normative("甲", LAPSING, kept)]).in_force.number == 1


def test_across_the_years_end_by_issue_or_by_effect() -> None:
    coming = normative("甲", Issued(on=D(2025, 12, 9), effective_on=D(2026, 1, 1)))
    going = normative("乙", OLD, Repealed(on=D(2025, 12, 9), effective_on=D(2026, 1, 1)))
    by_issue = counted([coming, going])
    assert by_issue.in_force.ids == ("甲",)
    assert by_issue.moves == ()
    by_effect = counted([coming, going], in_force_day="effective")
    assert by_effect.in_force.ids == ("乙",)
    assert by_effect.moves == (
        Move(Why.TIMING, -1, ("甲",)),
        Move(Why.TIMING, 1, ("乙",)),
    )
    assert counted([coming, going], 2026, in_force_day="effective").in_force.ids == ("甲",)


def test_what_never_was_in_force_at_a_years_end_holds_in_none() -> None:
    made = years_of([Issued(on=D(2025, 2, 3)), Repealed(on=D(2025, 6, 2))])
    assert (made.issued, made.repealed, made.first) == ((2025,), (2025,), None)
    assert not any(made.holds(year) for year in range(2024, 2028))


def test_two_documents_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="有两件"):
        counted([normative("甲", OLD), normative("甲", OLD)])


def test_a_stock_entered_later_explains_itself() -> None:
    stock = [normative(f"旧{n}", OLD, entered=D(2025, 4, n)) for n in (1, 2, 3)]
    counts = counted([normative("甲", OLD), normative("乙", LAPSING), *stock])
    told = explain(counts, 2)
    assert (told.found, told.expected, told.difference) == (4, 2, 2)
    assert told.unexplained == 0
    assert [each.by for each in told.moves] == [-1, 3]
    assert "有效期届满-1件" in told.told
    assert "补登的旧文件+3件" in told.told


def test_what_nothing_explains_is_told_and_not_repaired() -> None:
    counts = counted([normative("甲", OLD), normative("乙", LAPSING)])
    told = explain(counts, 9)
    assert (told.found, told.expected, told.difference) == (1, 9, -8)
    assert told.unexplained == -7
    assert not told.holds
    assert "其余-7件没有记录可以说明" in told.told


def test_without_last_years_figure_nothing_is_assessed() -> None:
    told = explain(counted([normative("甲", OLD)]), None)
    assert told[:5] == (1, None, None, (), None)
    assert not told.holds
    assert "不能与上年核对" in told.told


def test_moves_that_cancel_out_are_told_all_the_same() -> None:
    late = normative("旧", OLD, entered=D(2025, 4, 1))
    told = explain(counted([normative("乙", LAPSING), late]), 1)
    assert told.holds
    assert "相符；有效期届满-1件；" in told.told


def test_a_joint_document_counts_with_its_lead_body_alone() -> None:
    issued = Issued(on=D(2025, 2, 3))
    own = normative("清政规〔2025〕1号", issued)
    joint = normative("清政规〔2025〕2号", issued)._replace(led_elsewhere=True)
    assert counted([own, joint]).issued == Counted(1, ("清政规〔2025〕1号",))
    assert counted([own, joint]).in_force.number == 1
    every = {"joint_document": "every"}
    assert counted([own, joint], **every).issued.number == 2
    assert [counts_here(each) for each in (own, joint)] == [True, False]
    assert counts_here(joint, every)
