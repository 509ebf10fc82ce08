from __future__ import annotations

import json

import pytest

from mingtang.catalogue import rules
from mingtang.finding import Change, Equation, Finding, Remedy, Rule, Weight
from mingtang.place import Place

RULE = Rule(
    "S303",
    "row-total-differs",
    "六类之和不等于总计",
    Weight.CONTRADICTION,
    "格式三",
    "",
    "",
)
SUM = Equation("3", "0", "3", (("requests/received/person", "3"),), (("a", "0"),))
FINDING = Finding(
    RULE,
    "3 ≠ 0",
    cells=("requests/received/person",),
    places=(Place(table=2),),
    equation=SUM,
)


class TestFingerprint:
    """What a person has judged must be found again in the next run."""

    @pytest.mark.parametrize(
        "moved",
        [
            FINDING._replace(places=(Place(table=3, row=9), Place(page=2))),
            FINDING._replace(message="另一种说法"),
            FINDING._replace(remedy=Remedy("ask", "核对")),
            FINDING._replace(rule=RULE._replace(title="改了题目", weight=Weight.DOUBT)),
            FINDING._replace(equation=SUM._replace(left_terms=())),
        ],
    )
    def test_it_stays_when_place_wording_or_remedy_change(self, moved: Finding) -> None:
        assert moved.fingerprint == FINDING.fingerprint

    @pytest.mark.parametrize(
        "other",
        [
            FINDING._replace(rule=RULE._replace(code="S302")),
            FINDING._replace(cells=("requests/received/total",)),
            FINDING._replace(equation=SUM._replace(right="1", difference="2")),
            FINDING._replace(assessed=False),
            FINDING._replace(quote="没有遇到"),
            FINDING._replace(subject="五"),
        ],
    )
    def test_it_changes_when_the_fault_does(self, other: Finding) -> None:
        assert other.fingerprint != FINDING.fingerprint

    def test_it_is_the_same_on_every_machine_and_in_every_version(self) -> None:
        assert FINDING.fingerprint == "0e35f70ef2bbf334"

    def test_the_border_between_two_parts_counts(self) -> None:
        one = FINDING._replace(cells=("ab", "c"))
        assert one.fingerprint != FINDING._replace(cells=("a", "bc")).fingerprint


class TestWeight:
    def test_the_heaviest_stands_first(self) -> None:
        assert [weight.label for weight in sorted(Weight, key=lambda w: w.rank)] == [
            "违规",
            "矛盾",
            "存疑",
            "提示",
        ]

    def test_what_was_not_assessed_weighs_as_a_note(self) -> None:
        assert FINDING.weight is Weight.CONTRADICTION
        assert FINDING._replace(assessed=False).weight is Weight.NOTE


class TestJson:
    def test_it_holds_what_the_contract_names(self) -> None:
        remedy = Remedy("likely", "改总计", (Change("requests/received/total", "0", "3"),))
        printed = json.loads(json.dumps(FINDING._replace(remedy=remedy).as_json()))
        assert printed["code"] == "S303"
        assert printed["weight"] == "contradiction"
        assert printed["equation"]["difference"] == "3"
        assert printed["place"] == {"table": 2}
        assert printed["remedy"]["changes"] == [
            {"cell": "requests/received/total", "from": "0", "to": "3"}
        ]
        assert printed["quote"] is None

    def test_an_absence_has_no_place(self) -> None:
        assert FINDING._replace(places=()).as_json()["place"] is None


class TestNextStep:
    """Nobody is left with a fault and no idea what to do."""

    def test_it_is_the_remedy_where_there_is_one(self) -> None:
        remedy = Remedy("likely", "若总计为3则相符")
        assert FINDING._replace(remedy=remedy).next_step is remedy

    def test_it_is_else_what_the_rule_advises(self) -> None:
        advised = FINDING._replace(
            rule=RULE._replace(page="题。\n\n怎么改：照台账\n改正。")
        )
        assert advised.next_step == Remedy("ask", "照台账改正。")
        assert advised.as_json()["remedy"] == {
            "kind": "ask",
            "message": "照台账改正。",
            "changes": [],
        }

    def test_a_rule_without_a_page_advises_nothing(self) -> None:
        assert RULE.advice == ""

    @pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
    def test_every_rule_advises_as_its_page_says(self, rule: Rule) -> None:
        assert rule.advice
        assert "\n怎么改：" + rule.advice in rule.page.replace("\n    ", "")
