"""One row of a catalogue as the document it would become, or what stands against it.

Nothing is repaired: a day that cannot be read, a value that is not known, a file that is
not there refuse the row, each told with its column. What tells of a person keeps the row
from being public; every other thing that screening stops at is told.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.publication.events import Issued
from mingtang.publication.refused import RefusedError
from mingtang.publication.validity import course
from mingtang_web import clock, masking, typed
from mingtang_web.bringing import looking, texts
from mingtang_web.bringing.bound import bind
from mingtang_web.bringing.fields import BY_ID, ENDED, FIELDS, NEITHER, Form
from mingtang_web.bringing.packages import MissingError, PackageError, safe
from mingtang_web.bringing.prepared import REFUSED, Prepared, Told, Weight
from mingtang_web.days import plausible
from mingtang_web.files.examining import examine
from mingtang_web.importing.values import day, no_such_day
from mingtang_web.publication.forces import on_trial
from mingtang_web.publication.models import Attribute, Column
from mingtang_web.publication.wording import MOST
from mingtang_web.richtext import blocks, cleaning
from mingtang_web.richtext.limits import TooLargeError
from mingtang_web.richtext.reading import text_of
from mingtang_web.wordlists.lexicons import lexicon_of
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.bodies.models import Body
    from mingtang_web.bringing.mapping import Reading
    from mingtang_web.bringing.models import StagedRow
    from mingtang_web.bringing.packages import Package

_QUOTED = 30
MOST_ENCLOSED = 200 * 1024 * 1024
"""The files of one row together may hold so many bytes: they lie in memory at once."""
_PLAIN = ("index_number", "title", "issuer", "document_number", "keywords", "abstract")
"""The fields of one line, in which nothing may stand that nobody sees."""
_SEPARATORS = str.maketrans({";": "\n", "；": "\n", "|": "\n"})


class Preparing:
    """What all rows of a catalogue have in common."""

    def __init__(self, body: Body, reading: Reading, package: Package | None) -> None:
        self.body, self.reading, self.package = body, reading, package
        self.today = clock.today()
        self.lexicon = lexicon_of(body, self.today)

    def prepared(self, row: StagedRow) -> Prepared:
        """Return what a row would become."""
        return _Row(self, row).prepared()


class _Row:
    def __init__(self, common: Preparing, row: StagedRow) -> None:
        self.common, self.reading = common, common.reading
        self.cells: dict[str, str] = row.cells
        self.made = Prepared(row.number)
        self.text, self.held = "", 0

    def prepared(self) -> Prepared:
        made, row = self.made, self.made.revision
        said = {each.id: self._value(each.id) for each in FIELDS}
        made.index_number = str(said["index_number"] or "")
        made.column = str(said["column"] or Column.STATUTORY)
        made.was_out_on = said["published_on"]  # type: ignore[assignment]
        for name in ("title", "issuer", "document_number", "keywords", "abstract"):
            setattr(row, name, said[name] or "")
        for name in ("formed_on", "effective_on", "expires_on"):
            setattr(row, name, said[name])
        for name in ("matter", "topic", "genre", "attribute"):
            setattr(row, name, said[name] or "")
        line = str(said["normative"] or NEITHER)
        row.normative = "" if line == NEITHER else line
        row.number = 1
        self._attribute(row.attribute)
        made.told += bind(row, said, self.common.body, self.reading)
        row.issuer = row.issuer or self.common.body.name
        self._days(str(said["validity"] or ""))
        self._text()
        self._attachments()
        if made.outcome != REFUSED:
            looking.look(made, self.text, self.common.lexicon, self.reading)
        return made

    def _refuse(self, name: str, reason: str, advice: str = "") -> None:
        self.made.refuse(
            self.reading.shown(name), reason, advice or _("请在旧站核对后改正")
        )

    def _value(self, name: str) -> object:
        """Return what the row says of a field, None where nothing, or nothing readable."""
        known, text = BY_ID[name], self.reading.cell(name, self.cells)
        if not text:
            if known.needed:
                self._refuse(name, _("没有填"), _("请补上；不会替您推定"))
            return None
        if known.form is Form.DAY:
            return self._day(name, text)
        if known.form is Form.CHOICE:
            return self._choice(name, text)
        if name in _PLAIN:
            text = typed.bare(text)
            odd = typed.unseen(text)
            if odd:
                self._refuse(name, str(odd))
                return None
        if known.most and len(text) > known.most:
            told = {"n": len(text), "most": known.most}
            said = _("有%(n)s字，最多%(most)s字") % told
            self._refuse(name, said, _("请缩短；不会替您截断"))
            return None
        return text

    def _day(self, name: str, text: str) -> date | None:
        found = day(text)
        if found is None:
            quoted = {"text": masking.masked(text)[:_QUOTED]}
            why = no_such_day(text) or _("“%(text)s”读不成日期") % quoted
            self._refuse(name, why, _("请写成 2026-03-02 或者 2026年3月2日"))
            return None
        try:
            plausible(found)
        except ValidationError as problem:
            self._refuse(name, problem.messages[0])
            return None
        return found

    def _choice(self, name: str, text: str) -> str | None:
        found = self.reading.meaning(name, text)
        if found is None:
            quoted = {"text": masking.masked(text)[:_QUOTED]}
            said = _("“%(text)s”不知道对应哪一项") % quoted
            self._refuse(name, said, _("请在“值的对应”里指定，或者指定不带入"))
        return found

    def _attribute(self, attribute: str) -> None:
        if attribute == Attribute.PROACTIVE:
            return
        if attribute or self.reading.cell("attribute", self.cells):
            said = _("不是主动公开的，不能由导入公开")
            self._refuse("attribute", said, _("请在这里起草、审核"))

    def _days(self, validity: str) -> None:
        row, today = self.made.revision, self.common.today
        formed, out = row.formed_on, self.made.was_out_on
        if formed and formed > today:
            self._refuse("formed_on", _("成文日期还没有到"))
        if out and out > today:
            self._refuse("published_on", _("发布日期还没有到"))
        if formed and out and out < formed:
            self._refuse("published_on", _("发布日期早于成文日期"))
        begins, ends = row.effective_on, row.expires_on
        if begins and ends and ends < begins:
            self._refuse("expires_on", _("失效日期早于施行日期"))
        self._in_force()
        over = ends is not None and ends < today
        if validity == ENDED and not over:
            self._refuse("validity", _("写明已失效，却没有已过的失效日期"))
        if validity == "valid" and over:
            self._refuse("validity", _("写明有效，失效日期却已经过了"))

    def _in_force(self) -> None:
        """Refuse a normative document whose days the register would not take."""
        row = self.made.revision
        if not row.normative or not row.formed_on:
            return
        issued = Issued(
            on=row.formed_on,
            effective_on=row.effective_on,
            expires_on=row.expires_on,
            trial=on_trial(row.title),
        )
        try:
            course([issued])
        except RefusedError as why:
            self._refuse("normative", spoken(str(why)))

    def _text(self) -> None:
        html, path = self.reading.cell("html", self.cells), ""
        if not html:
            path = self.reading.cell("text_file", self.cells)
        if path:
            html = self._text_of(path)
        elif html and "<" not in html:
            html = texts.as_paragraphs(html)
        try:
            read = cleaning.read(html)
        except TooLargeError as problem:
            self._refuse("html", str(problem), _("请缩短，或者把长的部分作为附件"))
            return
        cleaned, self.text = blocks.written(read), text_of(read)
        lost = html.lower().count("<img") - cleaned.count("<img")
        if lost > 0:
            said = _("正文里有%(n)s张图片没有带入") % {"n": lost}
            advice = _("请在导入以后修订文件，补上图片或者附件")
            column = self.reading.shown("text_file" if path else "html")
            self.made.told.append(Told(Weight.TOLD, column, said, advice))
        self.made.revision.html = cleaned

    def _text_of(self, path: str) -> str:
        data = self._file("text_file", path)
        if data is None:
            return ""
        try:
            html = texts.html_of(path, data)
        except texts.UnreadableTextError as problem:
            self._refuse("text_file", str(problem), _("请另存为其中一种"))
            return ""
        if texts.goes_along(path):
            self._enclose("text_file", PurePosixPath(path).name, data)
        return html

    def _attachments(self) -> None:
        cell = self.reading.cell("attachments", self.cells).translate(_SEPARATORS)
        items = [each for each in (line.strip() for line in cell.split("\n")) if each]
        if len(items) + len(self.made.enclosed) > MOST:
            self._refuse("attachments", _("附件最多%(most)s个") % {"most": MOST})
            return
        for each in items:
            path, _tab, name = each.partition("\t")
            data = self._file("attachments", path)
            if data is not None:
                self._enclose("attachments", name or PurePosixPath(path).name, data)
        if not items and not self.made.enclosed and not self._says_something():
            self._refuse("html", _("没有正文，也没有附件"), _("请补上正文或者附件"))

    def _says_something(self) -> bool:
        return bool(self.text.strip())

    def _file(self, name: str, path: str) -> bytes | None:
        """Return a file that the row names; None where it is refused."""
        package = self.common.package
        told = {"path": path[-80:]}
        if package is None:
            said = _("写了文件“%(path)s”，却只交来一个表") % told
            self._refuse(name, said, _("请把表和文件一起打成 ZIP 再导入"))
            return None
        try:
            return package.read(safe(path), settings.UPLOAD_LIMIT)
        except MissingError:
            said = _("压缩包里没有“%(path)s”") % told
            self._refuse(name, said, _("请核对路径，从压缩包的最上层写起"))
        except PackageError as problem:
            self._refuse(name, str(problem))
        return None

    def _enclose(self, field: str, name: str, data: bytes) -> None:
        found = examine(name, data)
        if not data or found.fault:
            told = {"name": name[-80:], "fault": found.fault or _("文件是空的")}
            self._refuse(field, _("没有收下“%(name)s”：%(fault)s") % told)
            return
        odd = typed.unseen(name)
        if odd:
            self._refuse(field, _("附件名称：%(why)s") % {"why": odd})
            return
        self.held += len(data)
        if self.held > MOST_ENCLOSED:
            most = {"most": MOST_ENCLOSED // 1024 // 1024}
            self._refuse(field, _("附件合计超过%(most)s MB 的上限") % most)
            return
        self.made.enclosed.append((name[-150:], found))
