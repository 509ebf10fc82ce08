"""The attribute of a document has its reason, and follows whose it must follow."""

from __future__ import annotations

import pytest

from mingtang.law.citation import parse_citations
from mingtang.publication.disclosure import (
    ATTRIBUTE_NAMES,
    CITE,
    ENCLOSED_CITE,
    Attribute,
    Bond,
    Followed,
    refuse_enclosed,
    settle,
)
from mingtang.publication.refused import RefusedError

OWN = {"forwarded_attribute": "own"}


def test_every_attribute_has_its_name_and_every_refusal_a_source() -> None:
    assert set(ATTRIBUTE_NAMES) == set(Attribute)
    assert parse_citations(CITE)
    assert parse_citations(ENCLOSED_CITE)


@pytest.mark.parametrize("attribute", [Attribute.ON_REQUEST, Attribute.WITHHELD])
@pytest.mark.parametrize("reason", ["", "  "])
def test_what_is_not_for_everybody_needs_a_reason(
    attribute: Attribute, reason: str
) -> None:
    with pytest.raises(RefusedError, match="须写明理由") as refused:
        settle(attribute, reason)
    assert refused.value.cite == CITE
    assert settle(attribute, " 内部事务 ").reason == "内部事务"


def test_no_attribute_is_not_any_attribute() -> None:
    with pytest.raises(RefusedError, match="没有认定"):
        settle(None)


@pytest.mark.parametrize("bond", Bond)
@pytest.mark.parametrize("attribute", Attribute)
def test_what_follows_another_has_its_attribute(bond: Bond, attribute: Attribute) -> None:
    followed = Followed(bond, attribute, "清河市财政局")
    assert settle(None, followed=followed).attribute is attribute
    assert settle(attribute, followed=followed).attribute is attribute
    for other in set(Attribute) - {attribute}:
        with pytest.raises(RefusedError, match="清河市财政局"):
            settle(other, "另有理由", followed)


def test_the_reason_of_what_follows_names_whom_it_follows() -> None:
    followed = Followed(Bond.FORWARDED, Attribute.ON_REQUEST, "清政办〔2026〕3号")
    assert "清政办〔2026〕3号" in settle(None, followed=followed).reason
    assert settle(None, "原件注明", followed).reason == "原件注明"
    public = followed._replace(attribute=Attribute.PROACTIVE)
    assert settle(None, followed=public).reason == ""


def test_a_forwarding_body_that_may_judge_anew_gives_its_own_reason() -> None:
    followed = Followed(Bond.FORWARDED, Attribute.ON_REQUEST, "清政办〔2026〕3号")
    assert settle(Attribute.PROACTIVE, "", followed, OWN).attribute is Attribute.PROACTIVE
    with pytest.raises(RefusedError, match="须写明理由"):
        settle(Attribute.ON_REQUEST, "", followed, OWN)
    joint = followed._replace(bond=Bond.JOINT)
    with pytest.raises(RefusedError, match="牵头机关"):
        settle(Attribute.PROACTIVE, "", joint, OWN)


def test_what_is_for_everybody_carries_nothing_that_is_not() -> None:
    refuse_enclosed(Attribute.PROACTIVE, [Attribute.PROACTIVE])
    refuse_enclosed(Attribute.WITHHELD, list(Attribute))
    with pytest.raises(RefusedError, match="依申请公开、不予公开"):
        refuse_enclosed(Attribute.PROACTIVE, list(Attribute))
