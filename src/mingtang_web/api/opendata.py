"""Open data: what the public sees, for other systems. No account, no personal data.

What is given out is what the portal shows: documents as they were published, reports as
they were signed, each figure with its place. Whatever was taken down is in no list, and
its own address says so. Pages go on behind their last row, so that the thousandth comes as
fast as the first. Every answer has an ETag: who asks again with it is told 304.
"""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import cache_control
from ninja import NinjaAPI, Query, Status
from ninja.throttling import AnonRateThrottle

from mingtang.form.loading import NoEditionError
from mingtang_web.annual import publishing
from mingtang_web.api import opendata_shapes as shapes
from mingtang_web.api import opendata_telling as telling
from mingtang_web.api import problems
from mingtang_web.api.calling import only_known
from mingtang_web.bodies.models import Body
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.publication import queries
from mingtang_web.publication.contents import says_the_same
from mingtang_web.publication.models import Column
from mingtang_web.publication.paging import Place

MOST, REPORTS = 100, 20
"""How many documents, and of how many reports the cells, one page has."""
GONE, UNSURE = 410, 503
Code = Annotated[str, Query(max_length=18, description="机关的统一社会信用代码")]
Behind = Annotated[
    str, Query(max_length=40, description="接着上一页读：上一页给出的 behind")
]
Year = Annotated[int | None, Query(ge=1900, le=9999, description="年份")]

api = NinjaAPI(
    title="明堂开放数据",
    version="1",
    description=(
        "公众能看到的文件、年度报告和表中数字，与网页同源。空白、不适用与零分开给出；"
        "数字以文字给出，不损失精度；每个数字都带着它在哪份报告的哪一格。"
    ),
    docs_url=None,
    urls_namespace="open",
    throttle=[AnonRateThrottle(settings.OPEN_DATA_RATE)],
)
problems.install(api)
api.add_decorator(only_known)
api.add_decorator(cache_control(public=True, no_cache=True), mode="view")


@api.get("/", response=shapes.Source, summary="这个接口有什么，数据怎样使用")
def source(request: HttpRequest) -> shapes.Source:  # noqa: ARG001 - the framework gives it
    """Return what there is, whose it is and under what licence it may be used."""
    return telling.source()


@api.get("/bodies", response=list[shapes.BodyLine], summary="有公开内容的机关")
def bodies(request: HttpRequest) -> list[shapes.BodyLine]:  # noqa: ARG001 - the framework gives it
    """Return the bodies that have anything public, the top ones first."""
    rows = publishing.open_bodies().select_related("parent")
    return [telling.body(row) for row in rows]


@api.get("/documents", response=shapes.DocumentPage, summary="公开的文件，新的在前")
def documents(  # noqa: PLR0913, PLR0917 - each is a word of the address
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    body: Code = "",
    column: Annotated[str, Query(max_length=10, description="栏目")] = "",
    matter: Annotated[str, Query(max_length=40, description="法定主动公开事项")] = "",
    behind: Behind = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> shapes.DocumentPage:
    """Return a page of the documents that the public sees, the newest first."""
    rows = queries.public()
    if body:
        rows = rows.filter(body=_body(body))
    if column:
        if column not in Column.values:
            raise problems.WordsError(problems.NOT_ONE, "column")
        rows = rows.filter(column=column)
    if matter:
        rows = rows.filter(published__matter=matter)
    if behind:
        place = Place.read(behind)
        if place is None:
            raise problems.WordsError(problems.NOT_A_PLACE, "behind")
        rows = place.older(rows)
    found = list(rows.order_by("-published_on", "-pk")[: limit + 1])
    further = str(Place.of(found[limit - 1])) if len(found) > limit else ""
    return shapes.DocumentPage(
        documents=[telling.line(row) for row in found[:limit]], behind=further
    )


@api.get(
    "/documents/{path:number}",
    response={200: shapes.DocumentWhole, GONE: shapes.Gone},
    summary="一份文件，按索引号",
)
def document(
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    number: str,
) -> Status[shapes.DocumentWhole | shapes.Gone]:
    """Return a document as it was published; of one taken down, when and why."""
    rows = queries.with_tombstones().select_related("body", "published__document")
    row = rows.filter(index_number=number).first()
    if row is None or row.published is None:
        raise Http404
    if row.withdrawn_on:
        return Status(GONE, telling.gone(row))
    if not says_the_same(row.published):
        raise AlteredFileError
    return Status(200, telling.whole(row))


@api.get("/reports", response=shapes.ReportPage, summary="已公布的年度报告")
def reports(
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    body: Code = "",
    year: Year = None,
    behind: Behind = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> shapes.ReportPage:
    """Return a page of the published reports, the last year first."""
    found, further = telling.reports(_whose(body), year, behind, limit)
    return shapes.ReportPage(reports=[telling.report(row) for row in found], behind=further)


@api.get("/cells", response=shapes.CellPage, summary="年度报告三张表里的数字")
def cells(
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    body: Code = "",
    year: Year = None,
    cell: Annotated[
        str,
        Query(
            max_length=80,
            description="单元格编号，或者它的前几段",
            examples=["requests/received"],
        ),
    ] = "",
    behind: Behind = "",
) -> shapes.CellPage:
    """Return the cells of a page of reports, each with its state and its place."""
    found, further = telling.reports(_whose(body), year, behind, REPORTS)
    rows = [each for row in found for each in telling.cells(row, cell)]
    return shapes.CellPage(cells=rows, behind=further)


@api.get("/cells.csv", summary="全部数字，一个文件")
def cells_csv(
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    body: Code = "",
    year: Year = None,
) -> StreamingHttpResponse:
    """Return every cell of every published report as CSV, written while it is read."""
    lines = telling.every_cell(_whose(body), year)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="cells.csv"'
    return answer


@api.get("/cells.jsonl", summary="全部数字，一个文件，一行一格")
def cells_jsonl(
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    body: Code = "",
    year: Year = None,
) -> StreamingHttpResponse:
    """Return every cell of every published report, each a line of JSON."""
    lines = telling.every_cell_as_json(_whose(body), year)
    answer = StreamingHttpResponse(lines, content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="cells.jsonl"'
    return answer


@api.get("/dictionary", response=list[shapes.Entry], summary="数据字典：每个单元格是什么")
def dictionary(
    request: HttpRequest,  # noqa: ARG001 - the framework gives it
    year: Annotated[int, Query(ge=1900, le=9999)],
) -> list[shapes.Entry]:
    """Return what every cell of the form of a reporting year is called and counts."""
    try:
        return telling.dictionary(year)
    except NoEditionError as none:
        raise problems.WordsError(none, "year") from none


def _whose(code: str) -> Body | None:
    return _body(code) if code else None


def _body(code: str) -> Body:
    row = publishing.open_bodies().filter(code=code).first()
    if row is None:
        raise Http404
    return row


def unsure(_request: HttpRequest, _why: Exception) -> HttpResponse:
    """Say that what is kept is not what went out: nothing of it is given."""
    return problems.problem(UNSURE, problems.UNSURE_TITLE, problems.UNSURE_WHY)


api.exception_handler(AlteredFileError)(unsure)
