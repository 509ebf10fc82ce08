"""The demonstration's old ledger: tried, proposed, waiting for the approver's consent."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body
from mingtang_web.demonstration.district import WHERE
from mingtang_web.importing import actions, consenting, signing
from mingtang_web.importing.attempting import attempt
from mingtang_web.importing.models import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

IMPORTER = "guanli"
HEADERS = (
    "原编号", "收到日期", "收到渠道", "申请人类型", "申请人", "申请内容摘要", "决定日期",
    "办理结果", "发出日期", "送达方式", "送达日期",
)  # fmt: skip
BEFORE, SINCE = 120, 30
"""So many days before the register was in use, and before today, the rows came in."""
WHY = "启用以前的两件抄自纸质登记簿；另一件由窗口收下，漏登，事后补来，已核对邮寄凭单"


@transaction.atomic
def found_import() -> bool:
    """Upload, try and propose an old ledger, once; return whether it was done now."""
    body = Body.objects.get(short_name=WHERE)
    live = consenting.live_since(body)
    if live is None or Source.objects.filter(body=body).exists():
        return False
    actor = User.objects.get(username=IMPORTER)
    name = f"{live.year}年登记簿（启用以前）.csv"
    source = actions.upload(body, name, _written(live), actor)
    attempt(source, actor)
    signing.propose(source, WHY, actor)
    return True


def _written(live: date) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADERS, *_rows(live)])
    return text.getvalue().encode("utf-8-sig")


def _rows(live: date) -> Iterator[tuple[str, ...]]:
    """Yield two requests of before the register, one of since, and one unreadable."""
    began = live - timedelta(days=BEFORE)
    lately = clock.today() - timedelta(days=SINCE)
    asked = "挂号信", "企业", "清河物业服务有限公司"
    yield (
        "旧1",
        began.isoformat(),
        *asked,
        "老旧小区改造项目清单",
        *_told(began, "予以公开"),
    )
    later = began + timedelta(days=7)
    yield (
        "旧2",
        later.isoformat(),
        *asked,
        "住宅专项维修资金台账",
        *_told(later, "信息不存在"),
    )
    withheld = "保护第三方合法权益"
    yield "旧3", lately.isoformat(), *asked, "施工图审查意见", *_told(lately, withheld)
    yield "旧4", "去年12月", *asked, "物业招标备案", "", "", "", "", ""


def _told(came: date, result: str) -> tuple[str, ...]:
    """Return an answer and its days: posted in two weeks, there three days later."""
    decided = came + timedelta(days=14)
    arrived = decided + timedelta(days=3)
    return decided.isoformat(), result, decided.isoformat(), "邮寄", arrived.isoformat()
