"""How fast lists and pages of documents come with many documents, and the editor.

``python -m tests.trials.documents --documents 100000 --database postgresql``. Fills a
database (`tests.trials.publishing`) and opens every list and page of documents through
the site's own views with all its middleware, one after the other. Beside what passes on
this machine, with whoever works on it too, stands the work of a page itself.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.trials.desk import Trial, explain, measured_in, say, signed_in, site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.models import Document

LIMIT = 150
"""Milliseconds in which 95 of 100 pages come (p95): of the clock where nobody else works
on the machine, of work where somebody does.
"""
WRITER, KEEPER, REVIEWER, PUBLISHER = "dengji", "chengban", "fazhi", "fabu"
SUPERVISOR, EVERYBODY = "jiandu", ""
LAST, DEEP = 100_000, 150
STANDS = ("", "turn", "ready", "mine", "review", "late", "public", "down", "draft")
NORMS = ("holds", "soon", "waiting", "not_yet", "over", "all")
WORDS = ("物业", "第77号", "西住建〔2024〕", "没有这样的文件")
"""What is sought: found everywhere, seldom, by number, nowhere."""


def main() -> int:
    """Fill, open, print a table; the exit status says whether all is within the limit."""
    parser = argparse.ArgumentParser(description="time lists and pages of documents")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--pages", type=int, default=40, help="how often each is opened")
    parser.add_argument("--folder", type=Path, help="keep the database here, or find it")
    parser.add_argument("--only", default="", help="trials whose name has this")
    parser.add_argument("--explain", action="store_true", help="print the slowest queries")
    options = parser.parse_args()
    good = True
    with ExitStack() as after:
        folder = options.folder or Path(after.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(exist_ok=True)
        after.enter_context(site(folder, options.database))
        count = filled(options.documents)
        say(f"{count} documents, {options.database}, {_load('before')}")
        say(f"{'page':44}{'p50 ms':>9}{'p95 ms':>9}{'cpu p95':>9}{'queries':>9}")
        for trial in trials():
            if options.only not in trial.name:
                continue
            found = measured_in(_browser(trial), trial, options.pages)
            times = (found.middle, found.slow, found.work)
            told = "".join(f"{each:9.0f}" for each in times)
            slow = "" if found.slow <= LIMIT else "  slow"
            say(f"{found.name:44}{told}{found.queries:9}{slow}")
            good = good and found.is_good
            if options.explain:
                explain(trial)
        say(_load("after"))
    return 0 if good else 1


def _load(when: str) -> str:
    return f"load of this machine {when}: {os.getloadavg()[0]:.1f}"


def filled(documents: int) -> int:
    """Fill the database if it is empty, and return how many documents there are."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    from mingtang_web.publication.models import Document  # noqa: PLC0415
    from tests.trials.publishing import fill  # noqa: PLC0415 - after the set-up

    start = time.perf_counter()
    count = Document.objects.count() or fill(documents, say)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    say(f"filled in {time.perf_counter() - start:.0f} s")
    return count


def trials() -> Iterator[Trial]:
    """Yield what is opened, and by whom."""
    from mingtang_web.bodies.models import Body  # noqa: PLC0415 - after the set-up
    from mingtang_web.demonstration.district import WHERE  # noqa: PLC0415

    body = Body.objects.filter(short_name=WHERE).earliest("pk")
    yield from _lists()
    yield from _norms(body)
    yield from _pages(body)
    yield from _around(body)


def _lists() -> Iterator[Trial]:
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    place = reverse("documents")
    people = (WRITER, REVIEWER, PUBLISHER, SUPERVISOR)
    for person in people:
        for stand in STANDS:
            yield Trial(
                f"list {stand or 'all'}, {person}", person, [f"{place}?stand={stand}"]
            )
        for number in (2, DEEP, LAST):
            name = "last" if number == LAST else str(number)
            yield Trial(f"list page {name}, {person}", person, [f"{place}?page={number}"])
            public = f"{place}?stand=public&page={number}"
            yield Trial(f"list public page {name}, {person}", person, [public])
        yield Trial(f"list of guides, {person}", person, [f"{place}?column=guide"])
        for word in WORDS:
            sought = f"{place}?{urlencode({'q': word})}"
            yield Trial(f"list with {word}, {person}", person, [sought])
            sought = f"{place}?{urlencode({'q': word, 'stand': 'public'})}"
            yield Trial(f"list public with {word}, {person}", person, [sought])


def _norms(body: Body) -> Iterator[Trial]:
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    from mingtang_web import clock  # noqa: PLC0415
    from mingtang_web.publication.cleanups import CleanUp  # noqa: PLC0415
    from mingtang_web.publication.models import Document  # noqa: PLC0415

    place = reverse("norms")
    of_body = {"body": body.pk, "year": clock.today().year - 1}
    for person in (KEEPER, SUPERVISOR):
        for stand in NORMS:
            yield Trial(f"norms {stand}, {person}", person, [f"{place}?stand={stand}"])
        last = f"{place}?stand=all&page={LAST}"
        yield Trial(f"norms last page, {person}", person, [last])
        sought = f"{place}?{urlencode({'stand': 'all', 'q': '物业'})}"
        yield Trial(f"norms with words, {person}", person, [sought])
        for name in ("norm_counts", "norm_interpretations"):
            address = f"{reverse(name)}?{urlencode(of_body)}"
            yield Trial(f"{name}, {person}", person, [address])
        yield Trial(f"clean-ups, {person}", person, [reverse("cleanups")])
    large = reverse("cleanup", args=[CleanUp.objects.latest("pk").pk])
    for person in (KEEPER, SUPERVISOR):
        for ask in ("", "?stand=open", "?stand=keep", f"?page={LAST}"):
            yield Trial(f"clean-up {ask}, {person}", person, [f"{large}{ask}"])
    rows = Document.objects.filter(body=body).exclude(norm="")
    pages = [reverse("norm", args=[row.pk]) for row in _sample(rows)]
    for person in (KEEPER, SUPERVISOR):
        yield Trial(f"norm page, {person}", person, pages)


def _pages(body: Body) -> Iterator[Trial]:
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    from mingtang_web.publication.models import Document  # noqa: PLC0415

    own = Document.objects.filter(body=body)
    pages = [reverse("document", args=[row.pk]) for row in _sample(own)]
    review = own.filter(state="in_review")
    waiting = [reverse("document", args=[row.pk]) for row in _sample(review)]
    for person in (WRITER, REVIEWER, PUBLISHER, SUPERVISOR):
        yield Trial(f"document page, {person}", person, pages)
        yield Trial(f"document in review, {person}", person, waiting)
    drafts = _sample(own.filter(state="drafting"))
    editor = [reverse("document_edit", args=[row.pk]) for row in drafts]
    yield Trial(f"editor, {WRITER}", WRITER, editor)
    yield Trial(f"editor, new, {WRITER}", WRITER, [reverse("document_new")])
    files = [reverse("document_files", args=[row.pk]) for row in drafts]
    yield Trial(f"attachments, {WRITER}", WRITER, files)
    twice = _sample(own.filter(current__number=2))
    beside = [reverse("document_compare", args=[row.pk, 1, 2]) for row in twice]
    yield Trial(f"versions side by side, {WRITER}", WRITER, beside)
    out = own.filter(origin__isnull=False, withdrawn_on=None)
    public = [reverse("information", args=[row.index_number]) for row in _sample(out)]
    yield Trial("a document for everybody", EVERYBODY, public)


def _around(body: Body) -> Iterator[Trial]:
    from django.urls import reverse  # noqa: PLC0415 - after the set-up

    from mingtang_web.annual.models import Annual  # noqa: PLC0415
    from mingtang_web.bringing.models import Catalogue  # noqa: PLC0415
    from mingtang_web.publication.cleanups import CleanUp  # noqa: PLC0415

    assert CleanUp.objects.exists()
    for person in (WRITER, KEEPER, REVIEWER, PUBLISHER, SUPERVISOR):
        yield Trial(f"the day, {person}", person, [reverse("home")])
        yield Trial(f"notices, {person}", person, [reverse("notices")])
    yield Trial(f"imports, {PUBLISHER}", PUBLISHER, [reverse("document_imports")])
    done = reverse("document_import", args=[Catalogue.objects.earliest("pk").pk])
    yield Trial(f"an import, {PUBLISHER}", PUBLISHER, [done])
    yield Trial(f"export, {PUBLISHER}", PUBLISHER, [reverse("document_export")])
    for name in ("guides", "matters_today", "words"):
        yield Trial(f"{name}, {WRITER}", WRITER, [reverse(name)])
    for annual in Annual.objects.filter(body=body, documents_kept=True).order_by("year"):
        paper = reverse("annual", args=[annual.pk])
        yield Trial(f"report of {annual.year}, {WRITER}", WRITER, [paper])
        for column in ("issued", "repealed", "in_force"):
            cell = f"disclosure/normative_documents/{column}"
            address = reverse("annual_cell", args=[annual.pk, cell])
            yield Trial(f"behind {column} {annual.year}, {WRITER}", WRITER, [address])
    for word in WORDS:
        place = f"{reverse('ask_look')}?{urlencode({'q': word})}"
        yield Trial(f"everybody seeks {word}", EVERYBODY, [place])


def _browser(trial: Trial) -> Client:
    """Return the browser of who opens a page; everybody's asks the body of the accounts."""
    from django.test import Client  # noqa: PLC0415 - after the set-up

    from mingtang_web.bodies.models import Body  # noqa: PLC0415
    from mingtang_web.demonstration.district import WHERE  # noqa: PLC0415

    if trial.username:
        return signed_in(trial.username)
    made = Client(raise_request_exception=True, SERVER_NAME="localhost")
    code = Body.objects.filter(short_name=WHERE).earliest("pk").code
    made.post(f"/ask/bodies/{code}/choose/")
    return made


def _sample(rows: object) -> list[Document]:
    """Return some documents out of all, the same ones each time."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
    chosen = Random(1).sample(ids, min(len(ids), 40))  # noqa: S311 - no secret
    return list(rows.filter(pk__in=chosen))  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
