"""失效链接: what leads nowhere is stopped at, and nothing is asked of the network."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from mingtang_web.publication import releasing
from mingtang_web.publication.links import dead_links, why_dead
from mingtang_web.publication.models import Revision
from mingtang_web.publication.screening import open_ones


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.cn/zhengce/", "http://xxgk.example.gov.cn/a?b=1#c",
        "tel:09906230001", "mailto:zjj@example.gov.cn", "/",
        "https://政务.中国/", "//www.gov.cn/",
    ],
)  # fmt: skip
def test_what_may_well_lead_somewhere_is_no_hit(address):
    assert why_dead(address) is None


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "没有地址"), ("#", "没有地址"), ("   ", "没有地址"),
        ("http://", "没有网站名"), ("https://intranet/", "没有网站名"),
        ("http://[::1", "写法不对"), ("http://a.cn:99999/", "写法不对"),
        ("mailto:zjj", "邮箱"), ("tel:", "电话"), ("file:///C:/a.doc", "打不开"),
        ("javascript:void(0)", "打不开"), ("附件1.doc", "不完整"),
        ("/no-such-page/", "本站没有这个地址"), ("/documents/3/", "工作人员"),
        ("/info/no/such/", "没有索引号"), ("/info-files/12/", "没有这个附件"),
        ("http://testserver/info/none/", "没有索引号"),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_says_why(address, why, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert why in why_dead(address)


def test_own_documents_are_followed_as_the_public_sees_them(room):
    document = room.drafted()
    address = f"/info/{quote(document.index_number)}/"
    assert "没有公开" in why_dead(address)
    document = room.reviewed(room.sent(document))
    document = releasing.publish(document, room.doing(room.publisher, document))
    assert why_dead(address) is None
    releasing.withdraw(document, room.doing(room.publisher, document, "有误"))
    assert "已经撤下" in why_dead(address)


def test_a_dead_link_is_a_hit_of_its_own_at_its_words(room):
    links = '<a href="/info/none/">原通知</a>和<a href="/info/none/">附表</a>'
    html = f"<p>见</p><p>参看{links}</p>"
    document = room.drafted(html="<p>见</p>")
    revision = document.current
    Revision.objects.filter(pk=revision.pk).update(html=html)
    revision.refresh_from_db()
    hits = open_ones(revision)
    assert [(hit.kind, hit.where, hit.start) for hit in hits] == [
        ("dead_link", "正文第2段", 4),
        ("dead_link", "正文第2段", 8),
    ]
    assert len({hit.fingerprint for hit in hits}) == 2
    assert "没有索引号为“none”" in hits[0].why


def test_links_are_read_even_where_the_text_is_broken():
    html = '<a href="">甲<a href="#">乙</a><a>丙'
    assert [each.words for each in dead_links(html)] == ["甲", "乙", "丙"]


def test_each_hit_tells_its_own_paragraph(room):
    told = ("无事。", "手机13800137502和13900137502。", "帐户，帐户。", "部份。")
    html = "".join(f"<p>{each}</p>" for each in told)
    revision = room.drafted(html="<p>见</p>").current
    Revision.objects.filter(pk=revision.pk).update(html=html)
    revision.refresh_from_db()
    places = [int(hit.where[3:-1]) for hit in open_ones(revision) if hit.part == "html"]
    assert places == [2, 2, 3, 3, 4]
