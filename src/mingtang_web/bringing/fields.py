"""What a catalogue can tell of a document: our fields, and the headers they go by.

The headings are those of the metadata blocks of government sites and of the systems
that print them; of several for one field the first that a catalogue has is taken.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from mingtang.publication.matters import genres, matters, topics
from mingtang_web.publication.models import Attribute, Column
from mingtang_web.publication.norms import Normative

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise


class Form(StrEnum):
    """What a field holds."""

    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"


class Field(NamedTuple):
    """One field: its id, its name, what it holds, how long, other headers for it."""

    id: str
    label: _StrOrPromise
    form: Form = Form.TEXT
    most: int = 0
    aliases: tuple[str, ...] = ()
    needed: bool = False


FIELDS = (
    Field("index_number", _("索引号"), most=60, needed=True,
          aliases=("信息索引号", "文件索引号", "索引", "Identifier")),
    Field("title", _("名称"), most=200, needed=True,
          aliases=("标题", "信息名称", "文件名称", "题名")),
    Field("issuer", _("发布机构"), most=600,
          aliases=("发布机关", "发文机关", "发文单位", "发布单位", "信息来源", "来源",
                   "Publisher", "Department")),
    Field("document_number", _("文号"), most=60,
          aliases=("发文字号", "文件编号", "文件号", "DocumentNo")),
    Field("formed_on", _("成文日期"), Form.DAY, needed=True,
          aliases=("产生日期", "生成日期", "签发日期", "成文时间", "发文日期")),
    Field("published_on", _("发布日期"), Form.DAY, needed=True,
          aliases=("发布时间", "公开日期", "公开时间", "上网日期", "PublishDate")),
    Field("effective_on", _("施行日期"), Form.DAY,
          aliases=("实施日期", "生效日期", "施行时间", "EffectDate")),
    Field("expires_on", _("失效日期"), Form.DAY,
          aliases=("废止日期", "失效时间", "有效期至", "AbolitionDate")),
    Field("validity", _("有效性"), Form.CHOICE, aliases=("时效性", "文件状态")),
    Field("attribute", _("公开方式"), Form.CHOICE, needed=True, aliases=("公开属性",)),
    Field("column", _("栏目"), Form.CHOICE),
    Field("normative", _("规范性文件"), Form.CHOICE, aliases=("是否规范性文件",)),
    Field("matter", _("法定主动公开事项"), Form.CHOICE, aliases=("公开事项",)),
    Field("topic", _("主题分类"), Form.CHOICE, aliases=("分类", "Categories")),
    Field("genre", _("体裁分类"), Form.CHOICE, aliases=("体裁", "公文种类", "文种")),
    Field("issuers", _("联合发文的机关"), most=2100,
          aliases=("联合发文机关", "联合发文单位", "联合制发机关")),
    Field("lead_attribute", _("牵头机关认定的公开属性"), Form.CHOICE,
          aliases=("牵头机关公开方式",)),
    Field("forwards", _("转发的原件的索引号"), most=60, aliases=("原件索引号",)),
    Field("original_title", _("原件名称"), most=200,
          aliases=("转发的文件", "转发文件名称", "原文件名称")),
    Field("original_number", _("原件文号"), most=60, aliases=("转发文件文号", "原文号")),
    Field("original_issuer", _("原件的发文机关"), most=200, aliases=("原件发文机关",)),
    Field("original_attribute", _("原件的公开属性"), Form.CHOICE,
          aliases=("原件公开方式",)),
    Field("keywords", _("主题词"), most=100, aliases=("关键词", "Keywords")),
    Field("abstract", _("概述"), most=100,
          aliases=("内容概述", "摘要", "内容摘要", "Description")),
    Field("html", _("正文"), aliases=("正文内容", "内容", "Content")),
    Field("text_file", _("正文文件"), aliases=("文件路径", "正文路径", "File")),
    Field("attachments", _("附件"), aliases=("附件路径", "附件文件", "附件列表")),
)  # fmt: skip
"""Every field, in the order of a metadata block."""
BY_ID = {field.id: field for field in FIELDS}
ENDED = "ended"
"""The validity of a document that holds no more."""
NEITHER = "none"
"""How the value of a document is called that counts in no line of table 2."""
_CHOICES: dict[str, dict[str, _StrOrPromise]] = {
    "validity": {"valid": _("有效"), ENDED: _("失效")},
    "attribute": dict(Attribute.choices),
    "lead_attribute": dict(Attribute.choices),
    "original_attribute": dict(Attribute.choices),
    "column": dict(Column.choices),
    "normative": {value or NEITHER: label for value, label in Normative.choices},
    "matter": {each.id: each.label for each in matters()},
    "topic": {each.id: each.label for each in topics()},
    "genre": {each.id: each.label for each in genres()},
}
_ALSO = {
    "validity": {"有效": "valid", "现行有效": "valid", "是": "valid", "废止": ENDED,
                 "已废止": ENDED, "已失效": ENDED, "无效": ENDED, "否": ENDED},
    "attribute": {"公开": "proactive", "主动": "proactive"},
    "lead_attribute": {"公开": "proactive", "主动": "proactive"},
    "original_attribute": {"公开": "proactive", "主动": "proactive"},
    "normative": {"否": "none", "是": "normative", "规范性文件": "normative"},
    }  # fmt: skip


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()【】\[\]：:，,。_．.、]", "", text).lower()


def choices(field: str) -> Mapping[str, _StrOrPromise]:
    """Return the values of a field with values, by id, each with its name."""
    return _CHOICES.get(field, {})


def recognised(header: str) -> tuple[str, int] | None:
    """Return which field a header names, and how late in the order of its names.

    >>> recognised("索 引 号："), recognised("经办人")
    (('index_number', 1), None)
    """
    return _headers().get(_plain(header))


def named(field: str, text: str) -> str | None:
    """Return the value of a field that a cell names, None where none for certain.

    >>> named("attribute", "主动公开"), named("validity", "已废止"), named("genre", "批示")
    ('proactive', 'ended', None)
    """
    return _names(field).get(_plain(text))


@cache
def _headers() -> dict[str, tuple[str, int]]:
    with override(None):  # in Chinese, whoever asks
        return {
            _plain(name): (field.id, place)
            for field in FIELDS
            for place, name in enumerate((field.id, str(field.label), *field.aliases))
        }


@cache
def _names(field: str) -> dict[str, str]:
    with override(None):
        known = {
            _plain(word): value
            for value, label in _CHOICES[field].items()
            for word in (value, str(label))
        }
    return known | {_plain(word): value for word, value in _ALSO.get(field, {}).items()}
