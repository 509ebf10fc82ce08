"""Comments in Word files: where they stand, and that nothing else is touched."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest

import mingtang
from mingtang.finding import Finding
from mingtang.place import Place
from mingtang.reading.rules import CELL_UNREADABLE
from mingtang.reading.source import Source
from tests.trials.notes import in_word
from tests.trials.word import STRICT, document

TABLE = "<w:tbl><w:tr>{}</w:tr></w:tbl>"


def p(*texts):
    """A paragraph of a run for each text."""
    runs = (f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{''.join(runs)}</w:p>"


def tc(inner):
    return f"<w:tc><w:tcPr/>{inner}</w:tc>"


def noted(data, *places):
    """What each place's comment stands over; the document must read as before."""
    reading = mingtang.read(Source(data))
    findings = [
        Finding(CELL_UNREADABLE, f"〔{n}〕", (), (at,)) for n, at in enumerate(places)
    ]
    made = mingtang.mark(reading, findings)
    assert mingtang.read(Source(made)).document == reading.document
    by_message = {each.text.split("〔")[1][0]: each.under for each in in_word(made)}
    return [by_message[str(number)] for number in range(len(places))]


@pytest.mark.parametrize("namespace", ["", STRICT])
def test_a_stretch_is_cut_out_of_its_runs(namespace):
    inner = p("总体情况良好", "，公开了", "三十条信息。")
    data = document(inner, namespace) if namespace else document(inner)
    places = [Place(paragraph=1, start=4, end=9), Place(paragraph=1, start=6, end=7)]
    assert noted(data, *places) == ["良好，公开", "，"]


def test_words_said_twice_are_told_apart_by_their_paragraph():
    data = document(p("公开公开信息"))
    assert noted(data, Place(paragraph=1, start=2, end=4)) == ["公开"]
    document_after = mingtang.mark(
        mingtang.read(data),
        [Finding(CELL_UNREADABLE, "", (), (Place(paragraph=1, start=2, end=4),))],
    )
    inner = zipfile.ZipFile(io.BytesIO(document_after)).read("word/document.xml").decode()
    assert inner.index("commentRangeStart") > inner.index("公开")


def test_a_run_with_more_than_words_is_not_cut():
    drawn = (
        '<w:p><w:r><w:t>甲乙</w:t><w:footnoteReference w:id="1"/><w:t>丙</w:t></w:r></w:p>'
    )
    assert noted(document(drawn), Place(paragraph=1, start=0, end=1)) == ["甲乙丙"]


def test_a_word_inside_a_link_is_noted_with_the_link():
    linked = (
        '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>网址一处</w:t></w:r></w:hyperlink></w:p>'
    )
    data = document(linked.replace("</w:p>", "<w:r><w:t>，见此。</w:t></w:r></w:p>"))
    assert noted(data, Place(paragraph=1, start=0, end=2)) == ["网址一处"]


def test_a_listed_line_is_found_behind_its_number():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    data = document(
        p("公开信息三条").replace("<w:p>", f"<w:p>{listed}"), numbering=numbering
    )
    text = next(mingtang.read(data).document.paragraphs()).text
    at = text.index("三条")
    assert noted(data, Place(paragraph=1, start=at, end=at + 2)) == ["三条"]


def test_a_paragraph_that_ran_together_is_noted_where_its_part_is():
    long = "本报告由办公室编制，统计期限为全年，欢迎查阅，联系电话见网站首页。"
    data = document(
        p(f"{long}一、总体情况全年公开信息若干条，答复及时。") + p("后一段文字")
    )
    texts = [block.text for block in mingtang.read(data).document.paragraphs()]
    assert len(texts) == 3
    last = Place(paragraph=3)
    second = Place(paragraph=2, start=0, end=6)
    assert noted(data, second, last) == ["一、总体情况", "后一段文字"]


def test_words_in_a_box_are_noted_where_the_box_hangs():
    box = (
        '<w:p><w:r><w:t>外面</w:t></w:r><w:r><w:pict><v:textbox xmlns:v="urn:schemas-'
        f'microsoft-com:vml"><w:txbxContent>{p("盒中")}</w:txbxContent></v:textbox>'
        "</w:pict></w:r></w:p>"
    )
    reading = mingtang.read(document(box))
    assert [each.text for each in reading.document.paragraphs()] == ["外面", "盒中"]
    made = mingtang.mark(reading, [Finding(CELL_UNREADABLE, "", (), (Place(paragraph=2),))])
    inner = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "comment" not in inner[inner.index("txbxContent") : inner.rindex("txbxContent")]


def test_a_footnote_is_noted_at_the_beginning():
    body = (
        p("题目") + '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    data = document(body, footnotes=f'<w:footnote w:id="2">{p("脚注")}</w:footnote>')
    assert noted(data, Place(paragraph=3)) == ["题目"]


def test_a_cell_is_noted_through_all_its_paragraphs():
    table = TABLE.format(tc(p("左")) + tc(p("上") + p("下")))
    assert noted(document(table), Place(table=1, row=1, column=2)) == ["上下"]


def test_comments_of_others_stay_and_ids_go_on():
    mine = python_docx.Document()
    runs = mine.add_paragraph("一段公开的话。").runs
    mine.add_comment(runs, text="请核对", author="审核人")
    held = io.BytesIO()
    mine.save(held)
    reading = mingtang.read(held.getvalue())
    places = (Place(paragraph=1, start=2, end=4),)
    made = mingtang.mark(reading, [Finding(CELL_UNREADABLE, "看这里", (), places)])
    comments = python_docx.Document(io.BytesIO(made)).comments
    assert [(each.author, each.comment_id) for each in comments] == [
        ("审核人", 0),
        ("明堂", 1),
    ]
    assert [each.under for each in in_word(made)] == ["一段公开的话。", "公开"]


def test_every_other_part_stays_byte_for_byte():
    data = document(p("一段话"), styles="<w:docDefaults/>")
    reading = mingtang.read(data)
    made = mingtang.mark(reading, [Finding(CELL_UNREADABLE, "", (), (Place(paragraph=1),))])
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, made))
    changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {
        "word/document.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    }
    assert {*after.namelist()} - {*before.namelist()} == {"word/comments1.xml"}


PARAGRAPHS = "http://schemas.microsoft.com/office/word/2010/wordml"
THREADS = "http://schemas.microsoft.com/office/word/2012/wordml"


def test_a_comment_of_others_stays_and_ours_is_replaced():
    data = document(p("总体情况良好", "，公开了", "三十条信息。"))
    reading = mingtang.read(Source(data))
    (place, *_) = [Place(paragraph=1, start=4, end=9)]
    ours = [Finding(CELL_UNREADABLE, "看这里", (), (place,))]
    once = mingtang.mark(reading, ours)
    book = python_docx.Document(io.BytesIO(once))
    book.add_comment(book.paragraphs[0].runs[0], "请核对", "审核人")
    held = io.BytesIO()
    book.save(held)
    twice = mingtang.mark(mingtang.read(Source(held.getvalue())), ours)
    seen = {each.author: each for each in in_word(twice)}
    assert len(in_word(twice)) == len(seen) == 2
    assert seen["审核人"].text == "请核对"
    assert seen["明堂"].under == "良好，公开"
    inner = zipfile.ZipFile(io.BytesIO(twice)).read("word/document.xml").decode()
    assert inner.count("<w:commentReference ") == 2


def test_a_comment_of_ours_that_was_answered_stays_with_its_answer():
    data = document(p("总体情况良好，公开了三十条信息。"))
    ours = [Finding(CELL_UNREADABLE, "看这里", (), (Place(paragraph=1),))]
    once = mingtang.mark(mingtang.read(Source(data)), ours)
    given = zipfile.ZipFile(io.BytesIO(once))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in given.namelist():
            made.writestr(name, answered(name, given.read(name).decode()))
        made.writestr(
            "word/commentsExtended.xml",
            f'<x:commentsEx xmlns:x="{THREADS}"><x:commentEx x:paraId="01"/>'
            '<x:commentEx x:paraId="02" x:paraIdParent="01"/></x:commentsEx>',
        )
    kept = mingtang.mark(mingtang.read(Source(held.getvalue())), [])
    assert [each.author for each in in_word(kept)] == ["明堂", "审核人"]


def answered(name, told):
    """A part of the file as Word leaves it after somebody answered the first comment."""
    if name == "word/comments1.xml":
        told = told.replace("<w:p>", f'<w:p xmlns:y="{PARAGRAPHS}" y:paraId="01">')
        reply = f'<w:p xmlns:y="{PARAGRAPHS}" y:paraId="02"><w:r><w:t>好</w:t></w:r></w:p>'
        reply = f'<w:comment w:id="9" w:author="审核人">{reply}</w:comment>'
        return told.replace("</w:comments>", f"{reply}</w:comments>")
    if name.endswith("document.xml.rels"):
        home = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        link = f'<Relationship Id="x" Type="{home}" Target="commentsExtended.xml"/>'
        return told.replace("</R", f"{link}</R")
    return told
