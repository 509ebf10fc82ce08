"""Taking a file in, trying again, forgetting it: now, or after an hour."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtang.writing.printable import one_line
from mingtang_web import clock
from mingtang_web.bench import running
from mingtang_web.bench.folders import BEFORE, ORDER, REPORT, Folder
from mingtang_web.bench.limits import AN_HOUR, KEPT, LARGEST, OF_ALL, OF_ONE
from mingtang_web.bench.models import Check
from mingtang_web.bench.queries import folder_of, hashed, root, turns, turns_of, under_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.base import File
    from django.db.models import QuerySet

LONGEST = 100
"""A file's name is kept as long as this."""
_MIB = 1024 * 1024


class RefusedError(ValueError):
    """A file that is not taken in; ``field`` says which, none where no file would be."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class Handed(NamedTuple):
    """What somebody hands in: a report, last year's beside it if they like.

    ``rules`` is the address of a rule's page, with ``{code}`` in it. The desk asks for
    the report as it was read, and for nothing else: ``snapshot``.
    """

    report: File[bytes]
    before: File[bytes] | None = None
    rules: str = ""
    snapshot: bool = False


def secret() -> str:
    """Return a new secret for a browser."""
    return secrets.token_urlsafe(32)


def take(handed: Handed, owner: str, address: str) -> Check:
    """Take a file in and start to check it.

    ``owner`` is the browser's secret, ``address`` where it comes from. Raises
    `RefusedError`.
    """
    mark = _keyed(address)
    _refuse_too_many(mark)
    return _laid(handed, owner, mark)


def take_at_desk(report: File[bytes], owner: str) -> Check:
    """Take a file in for somebody at the desk, in place of the one they had there.

    It waits for none of the public's: the desk has turns of its own. Raises
    `RefusedError`.
    """
    for old in Check.objects.filter(owner=hashed(owner)):
        clear(old)
    return _laid(Handed(report, snapshot=True), owner, _keyed(owner))


def _keyed(address: str) -> str:
    return salted_hmac("mingtang.bench", address, algorithm="sha256").hexdigest()


def _laid(handed: Handed, owner: str, mark: str) -> Check:
    _refuse_too_large(handed.report, REPORT)
    if handed.before is not None:
        _refuse_too_large(handed.before, BEFORE)
    check = Check.objects.create(owner=hashed(owner), address=mark, came_at=clock.now())
    folder = folder_of(check)
    folder.make()
    folder.put(REPORT, handed.report.read())
    if handed.before is not None:
        folder.put(BEFORE, handed.before.read())
    before = _name(handed.before) if handed.before else ""
    order = {"before": before, "rules": handed.rules, "snapshot": handed.snapshot}
    folder.tell(ORDER, name=_name(handed.report), **order)
    running.start(folder, turns_of(folder))
    return check


def again(check: Check) -> None:
    """Check the same file once more; nothing where it is being checked."""
    folder = folder_of(check)
    if running.is_alive(folder):
        return
    folder.begin_anew()
    with suppress(running.BusyError):  # somebody else was quicker
        running.start(folder, turns_of(folder))


def clear(check: Check) -> None:
    """Stop and delete; what remains is that a file came, for an hour, to count by."""
    _remove(folder_of(check))


def clear_old() -> int:
    """Delete what has lain for an hour, with what nothing belongs to; return how many."""
    old = leftovers()
    for folder in old:
        _remove(folder)
    _old_rows().delete()
    return len(old)


def leftovers() -> list[Folder]:
    """Return the folders that have lain for an hour, and those nothing belongs to.

    They are listed before the rows: one that is made meanwhile has its row already.
    """
    folders = list(_folders())
    fresh = Check.objects.exclude(pk__in=_old_rows()).values_list("pk", flat=True)
    kept = {each.hex for each in fresh}
    return [folder for folder in folders if folder.path.name not in kept]


def old_ones() -> bool:
    """Return whether anything has lain for an hour: one query."""
    return _old_rows().exists()


def _old_rows() -> QuerySet[Check]:
    return Check.objects.filter(came_at__lte=clock.now() - KEPT)


def _folders() -> Iterator[Folder]:
    if root().exists():
        yield from (Folder(path) for path in root().iterdir() if path != turns())


def _remove(folder: Folder) -> None:
    if folder.is_there():
        running.stop(folder)
        folder.remove()


def _refuse_too_many(mark: str) -> None:
    since = clock.now() - KEPT
    if Check.objects.filter(address=mark, came_at__gt=since).count() >= AN_HOUR:
        words = ngettext(
            "这个网络地址一小时内最多检查%(n)s份，已经满了；没有接收，请稍后再来",
            "这个网络地址一小时内最多检查%(n)s份，已经满了；没有接收，请稍后再来",
            AN_HOUR,
        )
        raise RefusedError(words % {"n": AN_HOUR})
    if under_way(mark) >= OF_ONE:
        words = _("您有%(n)s份文件还在检查；没有接收，请等其中一份查完再送")
        raise RefusedError(words % {"n": OF_ONE})
    if under_way() >= OF_ALL:
        raise RefusedError(_("现在检查的人太多；没有接收，请过几分钟再送"))


def _refuse_too_large(file: File[bytes], field: str) -> None:
    if not file.size:
        raise RefusedError(_("文件是空的，没有接收；请重新选择"), field)
    if file.size > LARGEST:
        words = _("文件有%(size)s MB，超过%(most)s MB的上限，没有接收；请只给出年报正文")
        sizes = {"size": -(-file.size // _MIB), "most": LARGEST // _MIB}
        raise RefusedError(words % sizes, field)


def _name(file: File[bytes]) -> str:
    """Return a file's name, without steering characters; its end tells more."""
    return one_line(file.name or _("未命名"))[-LONGEST:]
