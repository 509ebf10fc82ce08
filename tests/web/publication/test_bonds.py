"""Joint and forwarded documents: whose attribute, who counts, and who is told what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mingtang.publication.effective import Kind
from mingtang_web.annual.publications import documents_tally
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.models import Choice
from mingtang_web.cases.rules import rulebook
from mingtang_web.ledger.canonical import canonical
from mingtang_web.publication import (
    cleaning,
    contents,
    counting,
    drafting,
    linking,
    norming,
    releasing,
    reviewing,
)
from mingtang_web.publication.bonds import Bonds, Issuer, issuers_named
from mingtang_web.publication.completeness import IncompleteError
from mingtang_web.publication.models import Document, Revision
from mingtang_web.publication.naming import named
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.originals import found, original_of
from mingtang_web.publication.releasing import NotReviewedError
from tests.web.people import appointed, person
from tests.web.publication.norms import NORM, after, happen
from tests.web.publication.offices import DRAFT, TODAY
from tests.web.publication.test_verifying import verified

FINANCE = "西山区财政局"
TYPED = Bonds(
    original_title="省厅关于电梯加装的若干意见",
    original_number="省建〔2026〕3号",
    original_issuer="省住房和城乡建设厅",
    original_attribute="proactive",
)


def ours(room) -> Issuer:
    return Issuer(room.housing.name, room.housing.code)


def led_by_us(room) -> Bonds:
    return Bonds((ours(room), Issuer(FINANCE)))


def led_elsewhere(room, attribute: str = "proactive") -> Bonds:
    return Bonds((Issuer(FINANCE), ours(room)), attribute)


def forwarding(original: Document) -> Bonds:
    return Bonds(forwards=original)


def withheld(room, **more) -> Document:
    said = {"attribute": "withheld", "attribute_reason": "内部请示（条例第十六条）"}
    return room.drafted(**said | {"matter": "", "title": "不公开的请示"} | more)


def wrong(room, **draft) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raised:
        room.drafted(**draft)
    return raised.value.message_dict


def test_bodies_of_this_site_are_known_by_their_full_names(room) -> None:
    said = issuers_named([FINANCE, "", f"  {room.housing.name} "])
    assert said == (Issuer(FINANCE), ours(room))


def test_all_bodies_are_named_as_issuer_the_lead_first(room) -> None:
    revision = room.drafted(bonds=led_by_us(room)).newest
    assert revision.issuer == f"{room.housing.name}、{FINANCE}"
    told = dict(named(revision))
    assert told["联合发文"] == f"{room.housing.name}（牵头）、{FINANCE}"
    assert drafting.as_draft(revision).issuer == ""


def test_the_attribute_follows_the_lead_body(room) -> None:
    bonds = led_elsewhere(room, "on_request")
    revision = room.drafted(attribute="", matter="", bonds=bonds).newest
    assert revision.attribute == "on_request"
    reason = f"联合发文，随牵头机关“{FINANCE}”的认定：依申请公开"
    assert revision.attribute_reason == reason
    assert drafting.as_draft(revision).attribute_reason == ""
    [why] = wrong(room, bonds=bonds)["attribute"]
    assert "随牵头机关" in why
    assert "依申请公开" in why


def test_where_we_lead_we_settle_it_ourselves(room) -> None:
    revision = room.drafted(bonds=led_by_us(room)).newest
    assert (revision.attribute, revision.attribute_reason) == ("proactive", "")
    said = led_by_us(room)._replace(lead_attribute="withheld")
    assert "本机关牵头" in wrong(room, bonds=said)["lead_attribute"][0]


def test_the_attribute_follows_the_original(room) -> None:
    original = withheld(room)
    bonds = forwarding(original)
    revision = room.drafted(attribute="", matter="", bonds=bonds).newest
    assert revision.attribute == "withheld"
    assert original.title not in revision.attribute_reason
    assert revision.original_attribute == "withheld"
    said = wrong(room, bonds=bonds)["attribute"][0]
    assert said.startswith("“公开属性”选的“主动公开”定不了。")
    assert "随原件" in said
    assert (
        "随原件"
        in wrong(room, bonds=TYPED._replace(original_attribute="on_request"))["attribute"][
            0
        ]
    )


def test_a_form_opened_with_an_original_has_its_attribute_chosen(room, client) -> None:
    original = room.drafted(
        title="内部通知", attribute="on_request", attribute_reason="涉及内部管理", matter=""
    )
    client.force_login(room.writer)
    place = f"{reverse('document_new')}?forwards={original.index_number}"
    page = client.get(place).context["form"]
    assert page["attribute"].value() == "on_request"
    assert page["attribute_reason"].value().startswith("转发文件，随原件")
    assert page["forwards"].value() == original.index_number
    text = client.get(place).text
    assert f"已随转发的原件选为“依申请公开”；原件是{original.index_number}" in text
    for other in ("没有的号", ""):
        fresh = client.get(f"{reverse('document_new')}?forwards={other}").context["form"]
        assert fresh["attribute"].value() == "proactive"
    made = room.drafted(
        attribute=page["attribute"].value(), matter="", bonds=forwarding(original),
        attribute_reason=page["attribute_reason"].value(),
    )  # fmt: skip
    assert made.newest.attribute_reason == page["attribute_reason"].value()
    Choice.objects.create(body=room.housing, option="forwarded_attribute", choice="own")
    anew = client.get(place).context["form"]
    assert anew["attribute"].value() == "proactive"
    assert anew["forwards"].value() == original.index_number


def test_only_what_can_be_forwarded_offers_it(room, client) -> None:
    client.force_login(room.writer)
    drafted, public = room.drafted(), room.published()
    offer = "?forwards="
    assert offer not in client.get(reverse("document", args=[drafted.pk])).text
    assert offer in client.get(reverse("document", args=[public.pk])).text
    client.force_login(room.publisher)
    assert offer not in client.get(reverse("document", args=[public.pk])).text


def test_a_body_may_choose_to_judge_a_forwarded_document_anew(room) -> None:
    choice = {"option": "forwarded_attribute", "choice": "own"}
    Choice.objects.create(body=room.housing, **choice)
    said = {"attribute": "on_request", "matter": "", "bonds": TYPED}
    assert "理由" in wrong(room, **said)["attribute"][0]
    revision = room.drafted(**said, attribute_reason="附件含个人隐私").newest
    assert (revision.attribute, revision.original_attribute) == ("on_request", "proactive")
    closed = TYPED._replace(original_attribute="withheld")
    assert "夹带" in wrong(room, bonds=closed)["attribute"][0]


@pytest.mark.parametrize(
    ("bonds", "field"),
    [
        (lambda room: Bonds((ours(room),)), "issuers"),
        (lambda _room: Bonds((Issuer("甲局"), Issuer("乙局")), "proactive"), "issuers"),
        (lambda room: Bonds((ours(room), Issuer("甲局"), Issuer("甲局"))), "issuers"),
        (
            lambda room: Bonds((ours(room), *(Issuer(f"第{n}局") for n in range(20)))),
            "issuers",
        ),
        (lambda room: Bonds((Issuer("甲局"), ours(room))), "lead_attribute"),
        (lambda room: led_elsewhere(room, "secret"), "lead_attribute"),
        (lambda _room: Bonds(lead_attribute="proactive"), "lead_attribute"),
        (lambda _room: TYPED._replace(original_title=""), "original_title"),
        (lambda _room: TYPED._replace(original_issuer=""), "original_issuer"),
        (lambda _room: TYPED._replace(original_attribute=""), "original_attribute"),
        (
            lambda room: TYPED._replace(forwards=room.drafted()),
            "original_title",
        ),
        (
            lambda room: Bonds(forwards=room.drafted(), original_attribute="withheld"),
            "original_attribute",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(room, bonds, field) -> None:
    assert field in wrong(room, bonds=bonds(room))


def test_another_issuer_beside_the_bodies_is_refused(room) -> None:
    assert "issuer" in wrong(room, issuer="别的机关", bonds=led_by_us(room))


def before_bonds(revision: Revision) -> str:
    """The hash as it was made before there were joint and forwarded documents."""
    import hashlib  # noqa: PLC0415 - made apart from the room on purpose

    names = (
        "title", "document_number", "issuer", "formed_on", "effective_on", "expires_on",
        "attribute", "attribute_reason", "normative", "matter", "topic", "genre",
        "keywords", "abstract", "html",
    )  # fmt: skip
    held = {
        name: "" if (value := getattr(revision, name)) is None else str(value)
        for name in names
    }
    held["index_number"] = revision.document.index_number
    held["column"] = revision.document.column
    held["attachments"] = []
    return hashlib.sha256(canonical(held).encode()).hexdigest()


def test_the_hash_of_what_is_neither_is_what_it_always_was(room) -> None:
    revision = room.drafted().newest
    assert revision.content == before_bonds(revision)


def test_the_hash_covers_everything_that_is_said(room) -> None:
    original = room.drafted(title="原件")
    said = [
        Bonds(),
        led_by_us(room),
        Bonds((*led_by_us(room).issuers, Issuer("又一个机关"))),
        led_elsewhere(room),
        TYPED,
        TYPED._replace(original_number="省建〔2026〕4号"),
        TYPED._replace(original_issuer="省政府"),
        TYPED._replace(original_title="别的意见"),
        forwarding(original),
    ]
    document = room.drafted()
    hashes = []
    for bonds in said:
        draft = replace(drafting.as_draft(document.newest), bonds=bonds)
        document = drafting.revise(document, draft, room.doing(room.writer, document))
        hashes.append(document.newest.content)
    assert len(set(hashes)) == len(said)
    for name, other in (
        ("issuers", [["甲", ""]]),
        ("lead_attribute", "withheld"),
        ("original_title", "改了"),
        ("original_attribute", "withheld"),
    ):
        for row in document.revisions.exclude(**{name: getattr(Revision(), name)}):
            setattr(row, name, other)
            assert not contents.says_the_same(row)


def test_what_is_altered_behind_the_ledger_is_told(room) -> None:
    room.drafted(bonds=led_elsewhere(room))
    assert verified() == ""
    Revision.objects.update(issuers=[["别的机关", ""], *[["又一个", ""]]])
    assert "指纹不符" in verified()


def test_versions_are_compared_in_what_they_say_of_it(room, client) -> None:
    document = room.drafted()
    draft = replace(drafting.as_draft(document.newest), bonds=led_by_us(room))
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    client.force_login(room.lawyer)
    page = client.get(reverse("document_compare", args=[document.pk, 1, 2]))
    assert f"{room.housing.name}（牵头）、{FINANCE}" in page.content.decode()


def norm_years(room) -> tuple[int, int]:
    line = counting.counts(room.housing, 2026)[Kind.NORMATIVE]
    return line.issued.number, line.in_force.number


def test_table_two_counts_a_joint_document_with_its_lead_body_only(room) -> None:
    room.published(**NORM, bonds=led_by_us(room))
    other = room.published(
        **NORM | {"title": "财政局牵头的办法"}, bonds=led_elsewhere(room)
    )
    assert norm_years(room) == (1, 1)
    assert counting.not_counted(room.housing, counting.of_body(room.housing)) == [other]
    tally = documents_tally(counting.of_body(room.housing), rulebook(room.housing))
    assert sum(n for stretch, n in tally.items() if stretch.cell.endswith("issued")) == 1
    assert after(other).validity == "in_force"
    Choice.objects.create(body=room.housing, option="joint_document", choice="every")
    assert norm_years(room) == (2, 2)
    assert counting.not_counted(room.housing, counting.of_body(room.housing)) == []


def test_another_bodys_document_has_no_term_worklist_or_interpretation_here(room) -> None:
    document = room.drafted(**NORM, bonds=led_elsewhere(room))
    assert document.due is None
    assert room.drafted(bonds=led_by_us(room)).due is not None
    room.published(**NORM | {"title": "财政局牵头的办法"}, bonds=led_elsewhere(room))
    own = room.published(**NORM | {"title": "本机关的办法"}, bonds=led_by_us(room))
    assert list(linking.policies(room.housing, 2026)) == [own]
    plan = cleaning.Plan("清理", TODAY, "年度清理")
    campaign = cleaning.open_clean_up(room.housing, plan, room.doing(room.writer))
    assert [item.document for item in campaign.items.all()] == [own]


def test_a_draft_that_nobody_looked_at_changes_no_count(room) -> None:
    document = room.published(**NORM, bonds=led_by_us(room))
    document = drafting.reopen(document, room.doing(room.writer, document, "改牵头"))
    draft = replace(drafting.as_draft(document.newest), bonds=led_elsewhere(room))
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    assert norm_years(room) == (1, 1)
    document = room.reviewed(room.sent(document))
    releasing.publish(document, room.doing(room.publisher, document))
    assert norm_years(room) == (0, 0)
    assert verified() == ""


def test_stock_is_not_published_with_another_lead_than_is_registered(room) -> None:
    document = room.drafted(**NORM, bonds=led_elsewhere(room))
    issued = Happened(ForceEvent.Kind.ISSUED, NORM["effective_on"], "发文簿")
    document = happen(room, document, issued)
    assert norm_years(room) == (0, 0)
    draft = replace(drafting.as_draft(document.newest), bonds=led_by_us(room))
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    document = room.reviewed(room.sent(document))
    with pytest.raises(NotReviewedError, match="由谁牵头"):
        releasing.publish(document, room.doing(room.publisher, document))
    row = document.forceevents.get(stage="stands")
    doing = room.doing(room.approver, document, "登记时牵头机关有误")
    document = norming.strike(document, row.pk, doing)
    releasing.publish(document, room.doing(room.publisher, document))
    assert norm_years(room) == (1, 1)


def shown(client, document: Document) -> str:
    client.logout()
    page = client.get(reverse("information", args=[document.index_number]))
    return page.content.decode()


def test_the_public_reads_every_issuer_and_who_leads(room, client) -> None:
    document = room.published(bonds=led_elsewhere(room))
    page = shown(client, document)
    assert f"{FINANCE}、{room.housing.name}" in page
    assert f"由{FINANCE}牵头" in page


def test_a_public_original_is_named_and_linked(room, client) -> None:
    original = room.published(title="原来的通知")
    page = shown(client, room.published(title="转发通知", bonds=forwarding(original)))
    assert "原来的通知" in page
    assert reverse("information", args=[original.index_number]) in page


def test_what_was_typed_of_an_original_is_shown_without_a_link(room, client) -> None:
    page = shown(client, room.published(bonds=TYPED))
    assert "《省厅关于电梯加装的若干意见》（省住房和城乡建设厅，省建〔2026〕3号）" in page


def test_nothing_of_an_original_that_is_not_out_reaches_the_public(room, client) -> None:
    original = room.drafted(title="还在起草的原件", keywords="原件专有词")
    document = room.published(title="转发通知", bonds=forwarding(original))
    page = shown(client, document)
    for secret in (original.title, original.index_number, original.document_number + "号"):
        assert secret not in page
    assert "转发自" not in page
    assert original_of(document.newest) is None
    search = client.get("/", {"q": "还在起草"}).content.decode()
    assert original.title not in search


def test_an_original_that_was_taken_down_is_told_without_its_title(room, client) -> None:
    original = room.published(title="原来的通知")
    document = room.published(title="转发通知", bonds=forwarding(original))
    original = after(original)
    doing = room.doing(room.approver, original, "附件有误")
    releasing.withdraw(original, doing)
    page = shown(client, document)
    assert "原来的通知" not in page
    assert "转发的原件已于2026-03-05撤下" in page
    client.force_login(room.writer)
    desk = client.get(reverse("document", args=[document.pk])).content.decode()
    assert "转发的原件已于2026-03-05撤下" in desk
    assert after(document).is_out


def test_an_original_that_is_repealed_is_told(room, client) -> None:
    original = room.published(**NORM)
    document = room.published(title="转发办法的通知", bonds=forwarding(original))
    repealed = Happened(ForceEvent.Kind.REPEALED, TODAY, "上级要求", by_name="新办法")
    happen(room, after(original), repealed)
    assert "转发的原件已经废止" in shown(client, document)
    client.force_login(room.writer)
    desk = client.get(reverse("document", args=[document.pk])).content.decode()
    assert "转发的原件已经废止" in desk


def test_an_original_that_ran_out_is_told(room) -> None:
    original = room.published(title="临时安排", expires_on=date(2026, 3, 4))
    revision = room.published(title="转发", bonds=forwarding(original)).newest
    said = original_of(Revision.objects.get(pk=revision.pk))
    assert said is not None
    assert said.notices == ("转发的原件已于2026-03-04失效",)


def test_an_officer_who_may_not_see_the_original_reads_nothing_of_it(room, client) -> None:
    both = person("both", "两边办事的")
    appointed(both, room.housing, Role.HANDLER)
    appointed(both, room.water, Role.HANDLER)
    made = replace(DRAFT, title="区政府的内部方案")
    original = drafting.begin(room.water, "statutory", made, room.doing(both))
    said = replace(DRAFT, title="转发通知", bonds=forwarding(original))
    document = drafting.begin(room.housing, "statutory", said, room.doing(both))
    for who, sees in ((both, True), (room.writer, False)):
        client.force_login(who)
        told = {"document": original.title, "document_edit": original.index_number}
        for name, words in told.items():
            page = client.get(reverse(name, args=[document.pk])).content.decode()
            assert (words in page) is sees, (who, name)
            assert sees or original.index_number not in page
    with pytest.raises(ValidationError):
        found("区政府的内部方案", standing(room.writer, TODAY))
    assert found("区政府的内部方案", standing(both, TODAY)) == original


def test_what_is_typed_must_mean_one_document(room) -> None:
    held = standing(room.writer, TODAY)
    one = room.drafted(title="甲通知", document_number="西政〔2026〕1号")
    two = room.drafted(title="乙通知", document_number="西政〔2026〕2号")
    assert found("", held) is None
    for words in (one.index_number, "西政〔2026〕1号", "甲通知"):
        assert found(words, held) == one
    with pytest.raises(ValidationError, match=two.index_number):
        found("通知", held)
    with pytest.raises(ValidationError, match="没有找到"):
        found("甲通知", held, one)


def test_an_original_that_changed_stops_the_document(room) -> None:
    original = room.drafted(title="原件")
    document = room.cleared(title="转发", bonds=forwarding(original))
    draft = replace(
        drafting.as_draft(original.newest),
        attribute="withheld", attribute_reason="涉及工作秘密", matter="",
    )  # fmt: skip
    drafting.revise(original, draft, room.doing(room.writer, original))
    with pytest.raises(NotReviewedError, match="重新认定"):
        releasing.publish(document, room.doing(room.publisher, document))
    document = drafting.reopen(
        after(document), room.doing(room.writer, after(document), "原件改了")
    )
    again = replace(drafting.as_draft(document.newest), html="<p>改过。</p>")
    with pytest.raises(ValidationError, match="随原件"):
        drafting.revise(document, again, room.doing(room.writer, document))
    with pytest.raises(IncompleteError, match="原件的公开属性"):
        reviewing.send(document, room.doing(room.writer, document))


def test_what_was_typed_is_screened(room) -> None:
    bonds = TYPED._replace(original_title="联系人张某，手机13812345678的来信")
    document = room.drafted(bonds=bonds)
    from mingtang_web.publication.screening import screened  # noqa: PLC0415

    assert [hit.where for hit in screened(document.newest)] == ["原件名称"]
