"""A database with many documents: some brought in and reviewed, then copied inside it.

The first ones are real: a catalogue goes through trial, consent and import, documents
through their review, normative ones are amended, repealed and interpreted, by the acts
that officers use. The copies are rows of them with everything that hangs on them, under
numbers of their own; they have no entries, and what they say is of their original.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction
from django.db.models import Max

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.annual.actions import Kept, start
from mingtang_web.annual.models import Annual
from mingtang_web.bodies.models import Body
from mingtang_web.bringing import running, signing, staging, trying
from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.demonstration.district import WHERE, bodies_in_order, found_district
from mingtang_web.demonstration.founding import found_cases
from mingtang_web.demonstration.publishing import DOCUMENTS, Newsroom, found_documents
from mingtang_web.demonstration.upkeep import found_upkeep
from mingtang_web.ledger.doing import Doing
from mingtang_web.notices.models import Notice
from mingtang_web.publication import cleaning, drafting, linking, norming
from mingtang_web.publication.cleaning import Plan
from mingtang_web.publication.models import (
    Attachment,
    Document,
    Revision,
    SecrecyItem,
    Stage,
    Step,
    Waiver,
)
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent, Interpretation
from mingtang_web.publication.screening import screened, waive
from mingtang_web.publication.stock import declare_stock
from tests.trials.filling import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

BRINGER, APPROVER, KEEPER, WRITER = "fabu", "shenpi", "chengban", "dengji"
BROUGHT = 1000
"""So many documents of a catalogue are brought in before they are copied."""
OWN = 7
"""Of ten copies so many are of the body where the accounts work."""
SHARE = 0.1
SUBJECTS = (
    "加装电梯",
    "燃气改造",
    "物业管理",
    "公租房配租",
    "危房改造",
    "道路养护",
    "供水保障",
)
KINDS = ("公告", "通知", "通告", "批复", "意见")
HEADERS = (
    "索引号", "标题", "发文字号", "成文日期", "发布日期", "公开方式", "规范性文件",
    "施行日期", "失效日期", "主题分类", "体裁", "公开事项", "主题词", "概述", "正文",
    "附件",
)  # fmt: skip


def fill(documents: int, tell: Callable[[str], None], brought: int = BROUGHT) -> int:
    """Fill an empty database with about so many documents; return how many there are."""
    found_district(PASSWORD)
    found_cases(share=SHARE)
    found_documents()
    found_upkeep()
    body = Body.objects.get(short_name=WHERE)
    bring(body, brought)
    tell(f"  已导入 {Document.objects.count()} 件")
    written(Newsroom(body), max(2, brought // 250))
    turned(body)
    tell(f"  已办理到 {Document.objects.count()} 件")
    _copied(documents, tell)
    _begun(body)
    if connection.vendor == "postgresql":  # nobody tells a site's SQLite what it holds
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return Document.objects.count()


def bring(body: Body, rows: int) -> Catalogue:
    """Bring a catalogue with attachments in, as two people do."""
    bringer, approver = _person(BRINGER), _person(APPROVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "旧站.zip"
        file.write_bytes(package(rows, clock.today()))
        made = trying.begin(staging.upload(body, file.name, file, bringer), bringer)
    while made.state == State.TRYING:
        made = trying.step(made)
    made = signing.propose(made, "旧站数据库导出，已抽查", bringer)
    made = signing.agree(made, signing.hash_of(made), approver)
    made = running.begin(made, bringer)
    while made.state == State.RUNNING:
        made = running.step(made)
    assert made.found["public"] == rows, made.found
    return made


def package(rows: int, today: date) -> bytes:
    """Return an old site's export: a table, and a file for one document in ten."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("目录.csv", table(rows, today, attached=True))
        for number in range(0, rows, 10):
            made.writestr(f"附件/{number}.txt", f"第{number}号附表：项目、地点、时限。")
    return held.getvalue()


def table(rows: int, today: date, *, attached: bool = False) -> str:
    """Return a catalogue of so many documents of the years before a day."""
    text, chance = io.StringIO(), Random(1)  # noqa: S311 - no secret
    writer = csv.DictWriter(text, HEADERS, restval="")
    writer.writeheader()
    for number in range(rows):
        formed = today - timedelta(days=chance.randrange(30, 2500))
        subject, kind = SUBJECTS[number % len(SUBJECTS)], KINDS[number % len(KINDS)]
        said = {
            "索引号": f"旧{today:%Y}-{number:06}",
            "标题": f"关于做好{subject}有关工作（第{number}号）的{kind}",
            "发文字号": f"西住建〔{formed:%Y}〕{number}号" if number % 3 else "",
            "成文日期": f"{formed:%Y-%m-%d}",
            "发布日期": f"{formed + timedelta(days=7):%Y-%m-%d}",
            "公开方式": "主动公开",
            "主题分类": "城乡建设、环境保护",
            "体裁": kind,
            "主题词": f"{subject} 住房",
            "概述": f"公布{subject}的安排、时限和办法。",
            "正文": f"<p>现就{subject}有关事项公告如下。</p>" * 12,
            "附件": f"附件/{number}.txt" if attached and number % 10 == 0 else "",
        }
        if number % 33 == 0:
            ends = today + timedelta(days=chance.choice((-200, 20, 60, 400, 900)))
            lasting = number % 2 or ends <= formed
            said |= {
                "规范性文件": "行政规范性文件",
                "施行日期": f"{formed:%Y-%m-%d}",
                "失效日期": "" if lasting else f"{ends:%Y-%m-%d}",
            }
        writer.writerow(said)
    return text.getvalue()


def written(room: Newsroom, times: int) -> None:
    """Write documents and bring them to every state of the review."""
    plain = next(told for told in DOCUMENTS if told.fate == "draft" and told.age > 20)
    fates: tuple[Callable[[Document], Document], ...] = (
        lambda document: document,
        _waived,
        room.sent,
        *(
            lambda document, stage=stage: room.reviewed(room.sent(document), stage)
            for stage in (Stage.OFFICE, Stage.SECRECY, Stage.LEADER)
        ),
        lambda document: room.reviewed(room.sent(document)),
        room.returned,
        room.scheduled,
        room.revising,
        room.withdrawn,
    )
    for number in range(times):
        for place, fate in enumerate(fates):
            title = f"{plain.title}（{number}-{place}）"
            fate(room.drafted(plain._replace(title=title, age=10 + number % 30)))


def _waived(document: Document) -> Document:
    """Write words that screening stops at, and say why they stay."""
    writer = _person(WRITER)
    draft = telling_draft(document)
    document = drafting.revise(document, draft, Doing(writer, document.version))
    for hit in screened(document.newest):
        doing = Doing(writer, document.version, note="值班电话，本来就对外公布")
        document = waive(document, hit.fingerprint, doing)
    return document


def telling_draft(document: Document) -> drafting.Draft:
    """Return a document's draft with a telephone number more."""
    draft = drafting.as_draft(document.newest)
    more = {"html": f"{draft.html}<p>值班手机13900001234。</p>", "note": "补充电话"}
    return drafting.Draft(**{**vars(draft), **more})


def turned(body: Body) -> None:
    """Amend, repeal and interpret some of a body's normative documents."""
    keeper, approver, today = _person(KEEPER), _person(APPROVER), clock.today()
    brought = Document.objects.filter(body=body, norm="normative", origin__isnull=False)
    rows = [row for row in brought.order_by("pk") if row.holds]
    for number, row in enumerate(rows):
        if number % 5 == 0 or number % 11 == 1:
            said = Happened(
                "repealed", today - timedelta(days=30), "局务会决定", by_name="新办法"
            )
            done = norming.propose(row, said, Doing(keeper, row.version))
            if number % 5 == 0:
                event = done.forceevents.get(stage="proposed")
                norming.confirm(done, event.pk, Doing(approver, done.version))
    others = Document.objects.filter(body=body, norm="", state="published").order_by("pk")
    pairs = zip(rows[::2], others, strict=False)
    for row, other in pairs:
        linking.link(other, row, "text", Doing(keeper, other.version))


PLAIN = f"SELECT id FROM {Document._meta.db_table} WHERE "  # noqa: S608
PLAIN += "\"column\" = 'statutory' AND id <= {originals}"


class Copied(NamedTuple):
    """A table whose rows are copied, and which of its columns are copied otherwise."""

    model: type
    columns: dict[str, str]

    @property
    def plain(self) -> str:
        """What leaves guides and catalogues out: a body has one of each."""
        name = "id" if self.model is Document else "document_id"
        return "" if self.model is Notice else f" AND {name} IN ({PLAIN})"


_OF_A_DOCUMENT = {"document_id": "document_id + {document}"}
_PART = _OF_A_DOCUMENT | {"revision_id": "revision_id + {revision}"}
COPIED = (
    Copied(Document, {
        "id": "id + {document}", "body_id": "{body}",
        "index_number": "index_number || '-{number}'",
        "current_id": "current_id + {revision}",
        "published_id": "published_id + {revision}",
    }),
    Copied(Revision, _OF_A_DOCUMENT | {"id": "id + {revision}"}),
    Copied(Attachment, _PART),
    Copied(Step, _PART),
    Copied(SecrecyItem, _PART),
    Copied(Waiver, _PART),
    Copied(ForceEvent, _PART | {"by_document_id": "NULL", "campaign_id": "NULL"}),
    Copied(Interpretation, _OF_A_DOCUMENT | {
        "interprets_id": "interprets_id + {document}",
    }),
    Copied(Notice, {"key": "key || '-{number}'"}),
)  # fmt: skip


def _copied(documents: int, tell: Callable[[str], None]) -> None:
    """Copy everything until there are about so many documents."""
    last = {
        copied.model: copied.model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        for copied in COPIED
    }
    body, *others = bodies_in_order()
    own = next(each for each in others if each.short_name == WHERE)
    others = [body, *(each for each in others if each != own)]
    copies = max(0, round(documents / Document.objects.count()) - 1)
    for number in range(1, copies + 1):
        to = own if number % 10 < OWN else others[number % len(others)]
        shift = {
            "body": to.pk, "number": number, "originals": last[Document],
            "document": number * last[Document], "revision": number * last[Revision],
        }  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            for copied in COPIED:
                cursor.execute(_statement(copied, shift, last[copied.model]))
        if number % max(1, copies // 5) == 0:
            tell(f"  已复制 {number}/{copies} 次")
    _numbered()


def _statement(copied: Copied, shift: dict[str, int], last: int) -> str:
    model = copied.model
    fields = [f for f in model._meta.concrete_fields if not getattr(f, "generated", False)]
    columns = [f.column for f in fields if f.column != "id" or "id" in copied.columns]
    read = [copied.columns.get(name, _quoted(name)).format(**shift) for name in columns]
    table, into = model._meta.db_table, ", ".join(map(_quoted, columns))
    return (
        f"INSERT INTO {table} ({into}) SELECT {', '.join(read)} "  # noqa: S608 - our own names
        f"FROM {table} WHERE id <= {last}{copied.plain.format(**shift)}"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _numbered() -> None:
    """Let new rows be numbered behind those that were copied with their numbers."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in (Document, Revision):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                f"(SELECT max(id) FROM {table}))"
            )


def _begun(body: Body) -> None:
    """Begin a clean-up of all that is in force, half of it concluded, and two reports."""
    today, keeper = clock.today(), _person(KEEPER)
    plan = Plan("规范性文件全面清理", today, "区司法局清理通知")
    campaign = cleaning.open_clean_up(body, plan, Doing(keeper, 0))
    items = campaign.items.order_by("pk")
    half = items.values_list("pk", flat=True)[: items.count() // 2]
    campaign.items.filter(pk__in=list(half)).update(
        conclusion="keep", reason="与上位法一致", by=keeper, at=clock.now()
    )
    declare_stock(body, today, "与发文登记簿核对", Doing(_person(APPROVER), 0))
    for year in (today.year - 1, today.year):
        start(body, year, Doing(_person(WRITER), 0), Kept(documents=True))
    # The demonstration's own report of last year says that documents are kept elsewhere.
    Annual.objects.filter(body=body).update(documents_kept=True)


def _person(username: str) -> User:
    return User.objects.get(username=username)
