"""A public document as Word and PDF: all its words, what plain paper loses written out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.test import Client

from mingtang.manuscript import HEADING, Drawn, Words
from mingtang.writing import UnwritableError
from mingtang_web.portal import information
from mingtang_web.publication import papers, releasing
from mingtang_web.publication.models import Revision
from mingtang_web.richtext.reading import plain
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = (
    "<table><thead><tr><th>街道</th><th>户数</th></tr></thead><tbody>"
    '<tr><td rowspan="2">柳林</td><td>12</td></tr><tr><td>约10<sup>4</sup></td></tr>'
    '<tr><td colspan="2">合计另行公布</td></tr></tbody></table>'
)
HTML = (
    "<h2>一、范围</h2><p>面积30m<sup>2</sup>以内，<s>三年</s>两年。<br>另起一行。</p>"
    "<ol><li>交申请</li><li><p>领回执</p><ul><li>凭身份</li></ul></li></ol>"
    f"{TABLE}<p>完。</p>"
)


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


def said(html: str) -> list[str]:
    row = Revision(title="通知", issuer="住建局", html=html)
    return list(papers.manuscript(row).texts())[1:]


def test_every_word_is_there_in_its_order():
    told = said(HTML)
    assert told == [
        "一、范围",
        "面积30m²以内，〔划去：三年〕两年。\n另起一行。",
        "1．交申请",
        "2．领回执",
        "　· 凭身份",
        *("街道", "户数", "柳林", "12", "约10⁴", "合计另行公布"),
        "完。",
    ]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>10<sup>4</sup></p>", "10⁴"),
        ("<p>H<sub>2</sub>O</p>", "H₂O"),
        ("<p>x<sup>n</sup></p>", "x〔上标：n〕"),
        ("<p>a<sub>i</sub></p>", "a〔下标：i〕"),
        ("<p><s>应当</s></p>", "〔划去：应当〕"),
        ('<ol start="3"><li>甲</li></ol>', "3．甲"),
        ("<blockquote><p>甲</p></blockquote>", "甲"),
    ],
)
def test_what_plain_paper_loses_is_written_out(html, wanted):
    assert said(html) == [wanted]


def test_a_table_keeps_its_merged_cells_and_its_heads():
    row = Revision(title="通知", issuer="住建局", html=HTML)
    pieces = papers.manuscript(row).pieces
    drawn = next(each for each in pieces if isinstance(each, Drawn))
    assert (drawn.width, drawn.heads, len(drawn.rows)) == (2, 1, 4)
    assert drawn.filled()[2] == ["柳林", "约10⁴"]
    assert drawn.filled()[3] == ["合计另行公布"] * 2
    assert sum(drawn.shares) == pytest.approx(1)
    assert pieces[1] == Words(HEADING, "一、范围")


def of_word(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", xml)


def of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pages:
        told = "".join(page.get_textpage().get_text_range() for page in pages)
    return re.sub(r"\s", "", told)


def test_both_files_hold_what_the_page_shows(room):
    html = HTML.replace("<s>三年</s>", "")
    row = room.published(title="加装电梯的通知", html=html)
    page = Client().get(f"/info/{row.index_number}/").text
    for kind, read in (("docx", of_word), ("pdf", of_pdf)):
        place = f"/info-paper/{kind}/{row.index_number}/"
        assert f'href="{place}"' in page
        answer = Client().get(place)
        assert answer.status_code == 200
        told = read(answer.content)
        assert "加装电梯的通知" in told
        for word in re.findall(r"[\u4e00-\u9fff]+", plain(html)):
            assert word in told, (kind, word)
        again = Client().get(place, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
    assert Client().get(f"/info-paper/exe/{row.index_number}/").status_code == 404


def test_one_that_was_repealed_says_so_on_page_and_paper(room):
    row = room.published(**NORM)
    type(row).objects.filter(pk=row.pk).update(norm="normative", validity="repealed")
    place = f"/info-paper/docx/{row.index_number}/"
    assert "（已经废止）" in of_word(Client().get(place).content)
    page = Client().get(f"/info/{row.index_number}/").text
    assert "这份文件已废止，不能作为现在办事的依据" in page
    type(row).objects.filter(pk=row.pk).update(validity="in_force")
    assert "废止）" not in of_word(Client().get(place).content)
    assert "不能作为现在办事的依据" not in Client().get(f"/info/{row.index_number}/").text


def test_what_was_taken_down_or_altered_gives_no_file(room):
    row = room.published(title="加装电梯的通知", html=HTML)
    place = f"/info-paper/docx/{row.index_number}/"
    Revision.objects.filter(pk=row.published_id).update(html="<p>别的话</p>")
    assert Client().get(place).status_code == 503
    Revision.objects.filter(pk=row.published_id).update(html=row.published.html)
    releasing.withdraw(row, room.doing(room.publisher, row, "附图画错"))
    assert Client().get(place).status_code == 410


def test_a_character_that_cannot_be_set_is_said_and_not_left_out(room, monkeypatch):
    def cannot(_row: object, _to: str) -> bytes:
        message = "缺字"
        raise UnwritableError(message)

    monkeypatch.setattr(information, "paper", cannot)
    row = room.published()
    answer = Client().get(f"/info-paper/pdf/{row.index_number}/")
    assert answer.status_code == 503
    assert "网页上的内容是完整的" in answer.text


def test_the_page_says_how_it_is_cited(room, settings):
    settings.ADDRESS = "https://www.example.gov.cn"
    row = room.published(title="加装电梯的通知")
    page = Client().get(f"/info/{row.index_number}/").text
    where = f"https://www.example.gov.cn/info/{row.index_number}/"
    assert "《加装电梯的通知》" in page
    assert f"公开，{where}" in page
