"""The screens of normative documents: found, refused in words, opened to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mingtang_web.desk import norm_counts
from mingtang_web.publication import drafting, linking
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import Validity
from tests.web.publication.norms import NORM, after, entered, happen, stock
from tests.web.publication.offices import TODAY
from tests.web.publication.test_screens import sent, signed_in


def shown(who, place: str) -> str:
    return signed_in(who).get(place).content.decode()


def test_the_list_is_filtered_by_its_address(room):
    room.published(**NORM | {"title": "有效的办法"})
    stock(room, date(2019, 1, 1), expires=date(2026, 4, 30), title="快到期的办法")
    stock(room, date(2019, 1, 1), expires=date(2024, 4, 30), title="到期的办法")
    waiting = entered(
        room, room.drafted(**NORM | {"title": "待确认的办法"}),
        Happened("issued", date(2026, 3, 2), "登记簿"),
    )  # fmt: skip
    room.published(title="不是规范性文件")
    found = {
        stand: {
            name
            for name in ("有效的", "快到期的", "到期的", "待确认的", "不是")
            if f">{name}" in shown(room.writer, f"/norms/?stand={stand}")
        }
        for stand in ("holds", "soon", "over", "waiting", "all")
    }
    assert found == {
        "holds": {"有效的", "快到期的"},
        "soon": {"快到期的"},
        "over": {"到期的"},
        "waiting": {"待确认的"},
        "all": {"有效的", "快到期的", "到期的", "待确认的"},
    }
    assert ">有效的" not in shown(room.writer, "/norms/?q=快到期")
    assert shown(room.supervisor, f"/norms/{waiting.pk}/")


def test_nobody_of_another_body_finds_anything(room):
    document = room.published(**NORM)
    client = signed_in(room.stranger)
    assert client.get(f"/norms/{document.pk}/").status_code == 404
    assert document.title not in client.get("/norms/?stand=all").content.decode()
    place = f"/norms/counts/?body={room.housing.pk}"
    assert room.housing.name not in client.get(place).content.decode()


def test_what_is_refused_stays_typed_with_its_reason(room):
    document = room.published(**NORM)
    client = signed_in(room.writer)
    place = f"/norms/{document.pk}/"
    said = sent(client.get(place).content.decode()) | {
        "kind": "repealed", "on": "2026-03-05", "basis": "不再适用",
    }  # fmt: skip
    answer = client.post(f"{place}happened/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明是哪一份文件" in page
    assert "不再适用" in page
    answer = client.post(f"{place}happened/", said | {"by_name": "西政建〔2026〕9号"})
    assert answer.status_code == 302
    assert document.forceevents.get(stage="proposed").by_name == "西政建〔2026〕9号"


def test_a_number_that_names_one_document_leads_to_it(room):
    document = room.published(**NORM)
    other = room.published(title="废止决定", document_number="西政建〔2026〕9号")
    client = signed_in(room.writer)
    place = f"/norms/{document.pk}/"
    said = sent(client.get(place).content.decode()) | {
        "kind": "repealed", "on": "2026-03-05", "basis": "不再适用",
        "by_name": "西政建〔2026〕9号",
    }  # fmt: skip
    client.post(f"{place}happened/", said)
    assert document.forceevents.get(stage="proposed").by_document == other


def test_what_the_law_refuses_is_told_with_the_law(room):
    document = room.published(**NORM)
    document = happen(room, document, Happened("declared_void", TODAY, "任务完成"))
    client = signed_in(room.writer)
    page = client.get(f"/norms/{document.pk}/").content.decode()
    assert "登记修改、延续" not in page, "nothing is offered that would be refused"
    said = {
        "key": "k" * 32, "version": str(document.version), "kind": "kept",
        "on": "2026-03-05", "basis": "仍需执行",
    }  # fmt: skip
    answer = client.post(f"/norms/{document.pk}/happened/", said)
    assert answer.status_code == 422
    assert "已于2026-03-05宣布失效" in answer.content.decode()


def test_a_worklist_page_saves_only_what_was_changed(room):
    stock(room, date(2019, 1, 1), title="第一号")
    stock(room, date(2019, 1, 2), title="第二号")
    client = signed_in(room.writer)
    said = sent(client.get("/norms/cleanups/new/").content.decode()) | {
        "body": str(room.housing.pk), "name": "清理", "as_of": "2026-03-05",
        "basis": "通知",
    }  # fmt: skip
    place = client.post("/norms/cleanups/new/", said)["Location"]
    first, second = Document.objects.order_by("pk")
    items = {each.document: each for each in first.cleanups.get().campaign.items.all()}
    one, two = (items[each].pk for each in (first, second))
    said = sent(client.get(place).content.decode()) | {
        f"{one}-conclusion": "keep", f"{one}-reason": "", f"{one}-expires_on": "",
        f"{two}-reason": "", f"{two}-expires_on": "",
    }  # fmt: skip
    assert client.post(f"{place}conclude/", said).status_code == 422
    said[f"{one}-reason"] = "仍需执行"
    assert client.post(f"{place}conclude/", said).status_code == 302
    assert [items[each].conclusion for each in (first, second)] == ["", ""]
    items = {each.pk: each for each in first.cleanups.get().campaign.items.all()}
    assert [items[pk].conclusion for pk in (one, two)] == ["keep", ""]
    assert "1 / 2" in client.get(place).content.decode()


def test_a_number_that_stands_in_the_register_is_asked_about(room):
    """The same document entered twice would count twice in table two."""
    old = stock(room, date(2019, 1, 1), title="第一号")
    Document.objects.filter(pk=old.pk).update(document_number="西住建规〔2019〕1号")
    client = signed_in(room.writer)
    page = client.get("/norms/new/").content.decode()
    said = sent(page) | {
        "body": str(room.housing.pk), "title": "又一份", "normative": "normative",
        "document_number": "西住建规〔2019〕1号", "on": "2018-05-01", "topic": "other",
        "genre": "notice", "basis": "发文登记簿",
    }  # fmt: skip
    answer = client.post("/norms/new/", said)
    assert "已登记这个文号的“第一号”" in answer.content.decode()
    assert Document.objects.count() == 1
    said |= sent(answer.text)
    assert client.post("/norms/new/", said | {"same_number": "on"}).status_code == 302
    twin = Document.objects.exclude(pk=old.pk).get()
    page = signed_in(room.approver).get(f"/norms/{twin.pk}/").content.decode()
    assert "与已登记的另一件相同" in page


def test_the_public_sees_validity_and_interpretation_and_no_draft(room):
    policy, text = room.published(**NORM), room.published(title="一图读懂")
    text = linking.link(text, policy, "graphic", room.doing(room.writer, text))
    text = drafting.reopen(text, room.doing(room.writer, text, "补充"))
    draft = replace(as_draft(text.current), title="没有审过的题目")
    drafting.revise(text, draft, room.doing(room.writer, text))
    page = signed_in(room.stranger).get(f"/info/{policy.index_number}/")
    words = page.content.decode()
    assert str(Validity.IN_FORCE.label) in words
    assert "一图读懂" in words
    assert "没有审过的题目" not in words
    back = signed_in(room.stranger).get(f"/info/{text.index_number}/")
    assert policy.title in back.content.decode()
    assert after(policy).validity == Validity.IN_FORCE


def test_an_interpretation_is_named_by_its_number(room):
    """Any document of the body, though only the newest are offered."""
    policy = room.published(**NORM)
    readings = [room.published(title=f"第{n}份解读") for n in (1, 2, 3)]
    draft = room.drafted(title="没有送审的解读")
    Document.objects.filter(pk__in=[each.pk for each in readings[1:]]).update(
        document_number="西住建〔2026〕9号"
    )
    client = signed_in(room.writer)
    place, page = f"/norms/{policy.pk}/link/", client.get(f"/norms/{policy.pk}/").text
    offered = page.split('<datalist id="interpreting">')[1].split("</datalist>")[0]
    assert all(each.index_number in offered for each in readings)
    assert draft.index_number not in offered

    def answer(number: str) -> str:
        said = sent(client.get(f"/norms/{policy.pk}/").text)
        return client.post(place, said | {"document": number, "means": "text"}).text

    assert "本机关没有索引号或者文号是“没有的号”的文件" in answer("没有的号")
    assert "不止一件，请改填索引号" in answer("西住建〔2026〕9号")
    assert "还没有送审" in answer(draft.index_number)
    assert not policy.interpreted_by.exists()
    assert answer(readings[0].index_number) == ""
    assert policy.interpreted_by.get().document == readings[0]


def test_what_is_not_interpreted_comes_first_and_in_pages(room, monkeypatch):
    monkeypatch.setattr(norm_counts, "A_PAGE", 2)
    policies = [room.published(**NORM | {"title": f"第{n}号办法"}) for n in (1, 2, 3)]
    reading = room.published(title="第一号的解读")
    linking.link(reading, policies[0], "text", room.doing(room.writer, reading))
    page = signed_in(room.writer).get("/norms/interpretations/").text
    assert "第1号办法" not in page
    assert "第2号办法" in page
    assert "第 1 页，共 2 页" in page
    page = signed_in(room.writer).get("/norms/interpretations/?page=2").text
    assert "第1号办法" in page
