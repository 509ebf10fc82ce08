"""Catalogues of old sites for tests, and a body that brings them in."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

from mingtang_web.bringing import running, signing, staging, trying
from mingtang_web.bringing.models import Catalogue, State
from tests.web.publication.offices import Newsroom

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = (
    "索引号",
    "标题",
    "发布机构",
    "发文字号",
    "成文日期",
    "发布日期",
    "主题分类",
    "正文",
)


def row(number: int, **more: str) -> dict[str, str]:
    known = {
        "索引号": f"XS/2024-{number:05}",
        "标题": f"关于第{number}号小区加装电梯的公告",
        "发布机构": "西山区住房和城乡建设局",
        "发文字号": f"西住建〔2024〕{number}号",
        "成文日期": "2024-03-04",
        "发布日期": "2024年3月11日",
        "主题分类": "城乡建设、环境保护",
        "正文": f"<p>第{number}号小区加装电梯的方案公示如下。</p><script>x()</script>",
    }
    return known | more


def as_csv(rows: list[dict[str, str]], encoding: str = "utf-8-sig") -> bytes:
    headers = list(dict.fromkeys(name for each in rows for name in each))
    text = io.StringIO()
    writer = csv.DictWriter(text, headers, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def as_json(rows: list[dict[str, object]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def as_zip(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return held.getvalue()


class Importing(Newsroom):
    """The housing bureau, whose publisher brings catalogues in."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def uploaded(
        self, data: bytes, name: str = "目录.csv", who=None, body=None
    ) -> Catalogue:
        file = self.folder / name
        file.write_bytes(data)
        return staging.upload(body or self.housing, name, file, who or self.publisher)

    def upload_folder(self, folder: Path) -> Catalogue:
        return staging.upload(self.housing, folder.name, folder, self.publisher)

    def tried(self, catalogue: Catalogue) -> Catalogue:
        catalogue = trying.begin(catalogue, self.publisher)
        while catalogue.state == State.TRYING:
            catalogue = trying.step(catalogue)
        return catalogue

    def agreed(self, catalogue: Catalogue) -> Catalogue:
        signing.propose(catalogue, "旧站数据库导出，已抽查二十件", self.publisher)
        catalogue.refresh_from_db()
        return signing.agree(catalogue, signing.hash_of(catalogue), self.approver)

    def brought(self, catalogue: Catalogue) -> Catalogue:
        if catalogue.state != State.RUNNING:
            catalogue = running.begin(catalogue, self.publisher)
        while catalogue.state == State.RUNNING:
            catalogue = running.step(catalogue)
        return catalogue

    def whole(self, data: bytes, name: str = "目录.csv") -> Catalogue:
        return self.brought(self.agreed(self.tried(self.uploaded(data, name))))
