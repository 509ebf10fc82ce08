"""An old site's catalogue brought in on screen, by two persons, and taken out again."""

from __future__ import annotations

import pytest
from django.db import connection

from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.publication.models import Document
from tests.web.bringing.catalogues import Importing, as_csv, row
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at
from tests.web.desk.test_case_journey import press
from tests.web.publication.offices import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = [
    *(row(n, 公开方式="主动公开") for n in range(1, 13)),
    row(13, 公开方式="主动公开", 主题分类="房屋管理"),
    row(14, 公开方式="主动公开", 成文日期="2024-02-30"),
    row(15, 公开方式="主动公开", 正文="<p>联系人手机13812345678。</p>"),
    row(1, 公开方式="主动公开", 标题="又一份"),
]


@pytest.fixture
def site(db, chromium, live_server, settings, tmp_path):  # noqa: ARG001 - asked for
    """The bureau, its old site's catalogue, and how a page of the site is opened."""
    if connection.vendor == "postgresql":
        pytest.skip("the pages are the same on both databases")
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    file = tmp_path / "旧站目录.csv"
    file.write_bytes(as_csv(ROWS, "gb18030"))
    with at(TODAY):
        Importing(tmp_path)
        yield file, lambda look: opened(chromium, live_server.url, look)


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_a_catalogue_comes_in_by_two_and_goes_out(site, look):
    file, pages = site
    with pages(look) as tab:
        place = proposed(tab, file)
        agreed_and_run(tab, place)
        taken_out(tab)
        Catalogue.objects.update(state=State.RUNNING, cursor=9)
        tab.goto(place)
        assert_good(tab, "bringing-7-going")


def proposed(tab, file) -> str:
    sign_in(tab, "publisher")
    tab.goto("/documents/")
    tab.click("text=导入、导出")
    tab.set_input_files("input[type=file]", file)
    press(tab, "上传")
    assert_good(tab, "bringing-1-mapping")
    tab.get_by_label("主题分类“房屋管理”").select_option("construction")
    press(tab, "保存对应关系")
    press(tab, "试算")
    assert "13 件" in tab.inner_text("main")
    assert "138****5678" in tab.inner_text("main")
    assert not Document.objects.exists()
    assert_good(tab, "bringing-2-tried")
    tab.fill("#id_why", "旧站数据库导出，抽查二十件与网页一致")
    press(tab, "送审")
    assert "须由另一人批准" in tab.inner_text("main")
    return tab.url


def agreed_and_run(tab, place: str) -> None:
    sign_in(tab, "approver")
    tab.goto(place)
    assert_good(tab, "bringing-3-asked")
    press(tab, "批准")
    sign_in(tab, "publisher")
    tab.goto(place)
    press(tab, "开始导入")
    assert Catalogue.objects.get().state == State.FINISHED
    assert_good(tab, "bringing-4-finished")
    assert Document.objects.filter(published__isnull=False).count() == 13
    with tab.expect_download() as got:
        tab.click("text=XLSX")
    assert got.value.suggested_filename.endswith(".xlsx")


def taken_out(tab) -> None:
    tab.goto("/documents/export/")
    assert_good(tab, "bringing-5-export")
    with tab.expect_download() as got:
        tab.get_by_role("button", name="下载").click()
    assert got.value.suggested_filename.endswith("第1部分.zip")
    tab.goto("/documents/import/")
    assert_good(tab, "bringing-6-list")
