"""A catalogue handed in: kept, and its rows laid out for the trial.

The rows are read as a stream and laid out some at a time, each time for good: a long
file keeps nobody else waiting, and one that breaks off is read again from its beginning.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.bringing import mapping, policy
from mingtang_web.bringing.models import Catalogue, KeptMapping, StagedRow, State
from mingtang_web.bringing.packages import Package, packed
from mingtang_web.bringing.reading import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Row,
    flat,
    is_json,
    rows_of_csv,
    rows_of_json,
)
from mingtang_web.bringing.recording import UPLOADED, record
from mingtang_web.bringing.workbooks import rows_of_xlsx
from mingtang_web.importing.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

AT_A_TIME = 1000
_ZIP = b"PK\x03\x04"
_OVER = (State.FINISHED, State.CLEARED, State.READING)


class UnfinishedError(Exception):
    """The same file was begun before; ``catalogue`` is where it stands."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(_("这份目录已经上传过，导入没有完成；请继续上次的导入，不要另起"))
        self.catalogue = catalogue


def upload(body: Body, name: str, file: Path, actor: User) -> Catalogue:
    """Keep a catalogue and lay its rows out, with the mapping its headers suggest.

    ``file`` is a CSV, XLSX or JSON file, a zip, or a folder with a table and its files.
    Raises `NotAllowedError`, `ClosedBodyError`, `TableError`, and `UnfinishedError`
    where the same file waits to be finished.
    """
    require(actor, policy.BRING, body, clock.today())
    if body.closed_on:
        raise ClosedBodyError(policy.BRING, body)
    with tempfile.TemporaryDirectory(dir=_folder()) as beside:
        given = file
        if file.is_dir():
            given = Path(beside) / "packed.zip"
            packed(file, given)
        digest = digest_of(given)
        begun = Catalogue.objects.filter(body=body, digest=digest).exclude(state__in=_OVER)
        earlier = begun.first()
        if earlier:
            raise UnfinishedError(earlier)
        made = Catalogue.objects.create(
            body=body, name=name[-200:], digest=digest, state=State.READING,
            by=actor, uploaded_at=clock.now(),
        )  # fmt: skip
        taken = False
        try:
            _take_in(made, given, Path(beside))
            taken = True
        finally:  # whatever broke, nothing is left of it
            if not taken:
                made.delete()
    return made


def place_of(catalogue: Catalogue) -> Path:
    """Return where the kept package of a catalogue lies."""
    return _folder() / catalogue.package


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, read a part at a time."""
    with file.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()


def _folder() -> Path:
    folder: Path = settings.MEDIA_ROOT.with_name("bringing")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _take_in(made: Catalogue, file: Path, beside: Path) -> None:
    headers: dict[str, None] = {}
    rows, is_package = _rows(file, beside)
    count = 0
    while some := list(islice(rows, AT_A_TIME)):
        count += len(some)
        if count > MAX_ROWS:
            raise TableError(_("目录超过%(most)s行的上限") % {"most": MAX_ROWS})
        headers.update(dict.fromkeys(name for row in some for name in row.cells))
        if len(headers) > MAX_COLUMNS:
            raise TableError(
                _("目录超过%(most)s列的上限；请删去不需要的列") % {"most": MAX_COLUMNS}
            )
        StagedRow.objects.bulk_create(
            StagedRow(catalogue=made, number=row.number, cells=row.cells) for row in some
        )
    kept = KeptMapping.objects.filter(body=made.body_id).first()
    made.headers, made.rows = list(headers), count
    made.mapping = mapping.guess(headers, kept.mapping if kept else None).dump()
    if is_package:
        made.package = f"{made.pk}-{secrets.token_hex(8)}.zip"
        shutil.copyfile(file, place_of(made))
    made.state = State.UNTRIED
    with transaction.atomic():
        record(made, UPLOADED, made.by, rows=made.rows)


def _rows(file: Path, beside: Path) -> tuple[Iterator[Row], bool]:
    """Return the rows of a file, and whether texts and attachments come with it."""
    with file.open("rb") as held:
        first = held.read(4)
        held.seek(0)
        json_like = is_json(held)
    if first == _ZIP:
        with Package(file) as package:
            if "xl/workbook.xml" not in package.names:
                return _of_package(package, file, beside), True
        return rows_of_xlsx(file), False
    return (rows_of_json(file) if json_like else rows_of_csv(file)), False


def _of_package(package: Package, file: Path, beside: Path) -> Iterator[Row]:
    found = package.tables()
    single = package.single()
    if len(found) == 1 and (len(single) != 1 or found != single):
        return _unfolded(package, found[0], beside)
    if len(found) == 1 and found[0].endswith("documents.json"):
        return _unfolded(package, found[0], beside)
    if single and not [each for each in found if not each.lower().endswith(".json")]:
        return _singles(file, single)
    told = {"n": len(found)}
    raise TableError(
        _(
            "压缩包里有%(n)s个目录表，应当只有一个（CSV、XLSX 或者 JSON，放在最上面一层），"
            "或者每份文件各有一个 JSON"
        )
        % told
    )


def _unfolded(package: Package, name: str, beside: Path) -> Iterator[Row]:
    to = beside / "table"
    package.unfold(name, to)
    with to.open("rb") as held:
        first = held.read(4)
        held.seek(0)
        json_like = is_json(held)
    if first == _ZIP:
        return rows_of_xlsx(to)
    return rows_of_json(to) if json_like else rows_of_csv(to)


def _singles(file: Path, names: list[str]) -> Iterator[Row]:
    with Package(file) as package:
        for number, name in enumerate(names, start=1):
            data = package.read(name, MAX_CELL)
            try:
                said = json.loads(data.decode("utf-8-sig"))
            except (ValueError, RecursionError) as problem:
                told = {"n": name[-80:]}
                raise TableError(_("“%(n)s”不是读得出的 JSON") % told) from problem
            if not isinstance(said, dict):
                told = {"n": name[-80:]}
                raise TableError(_("“%(n)s”不是一份文件的各项（JSON 对象）") % told)
            yield Row(number, flat(said, number))
