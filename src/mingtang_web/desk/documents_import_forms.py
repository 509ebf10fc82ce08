"""The forms of bringing a catalogue in: upload, mapping, reason, opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web.bringing import mapping, queries
from mingtang_web.bringing.fields import BY_ID, FIELDS, choices
from mingtang_web.desk.import_answers import ReasonForm, placed
from mingtang_web.desk.submitting import Submission, body_choice
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from django.forms import BoundField

    from mingtang_web.bodies.models import Body
    from mingtang_web.bringing.models import Catalogue

_WORD = "word-"


class UploadForm(Submission):
    """An old site's catalogue."""

    file = forms.FileField(
        label=gettext_lazy("目录文件"),
        help_text=gettext_lazy(
            "CSV、XLSX、JSON，一行一份文件；有正文文件和附件的，连同目录表打成 ZIP。"
            "更大的请在服务器上运行 manage.py import_documents"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,.jsonl,.zip"}),
    )

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies in which the person brings documents in."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))

    def clean_file(self) -> object:
        """Refuse a file past the limit before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            most = settings.UPLOAD_LIMIT // 1024 // 1024
            said = _("文件超过 %(most)s MB 的上限；请分成几个文件，或者在服务器上导入")
            raise forms.ValidationError(said % {"most": most})
        return file


class MappingForm(forms.Form):
    """Where each field stands, and what the words that are not known mean."""

    def __init__(self, catalogue: Catalogue, data: Any = None) -> None:  # noqa: ANN401
        """Offer the catalogue's headers for every field, meanings for every open word."""
        super().__init__(data)
        self.reading = mapping.load(catalogue.mapping, catalogue.headers)
        headers = [(header, header) for header in catalogue.headers]
        for field in FIELDS:
            fixed = [
                (place, placed(place, choices(field.id)))
                for place in (f"{mapping.FIXED}{value}" for value in choices(field.id))
            ]
            self.fields[field.id] = forms.ChoiceField(
                label=field.label,
                required=False,
                choices=[("", "—"), *headers, *fixed],
                initial=self.reading.columns.get(field.id, ""),
            )
        self.words: dict[str, tuple[str, str]] = {}
        opened, known = queries.open_words(catalogue), self.reading.values
        for name in dict.fromkeys([*opened, *known]):
            for word in dict.fromkeys([*known.get(name, {}), *opened.get(name, ())]):
                self._ask(name, word, known.get(name, {}).get(word, ""))

    def _ask(self, name: str, word: str, meant: str) -> None:
        field = f"{_WORD}{len(self.words)}"
        self.words[field] = (name, word)
        offered = [(value, spoken(str(said))) for value, said in choices(name).items()]
        self.fields[field] = forms.ChoiceField(
            label=f"{BY_ID[name].label}“{word}”",
            required=False,
            choices=[("", "—"), (mapping.LEFT_OUT, _("不带入（留空）")), *offered],
            initial=meant,
        )

    def mapped(self) -> list[BoundField]:
        """Return the fields that a column stands for, and those every row needs."""
        return [self[each.id] for each in FIELDS if self._first(each.id)]

    def others(self) -> list[BoundField]:
        """Return the other fields."""
        return [self[each.id] for each in FIELDS if not self._first(each.id)]

    def asked_words(self) -> list[BoundField]:
        """Return the fields that ask for the meaning of a word."""
        return [self[field] for field in self.words]

    def said(self) -> dict[str, object]:
        """Return the mapping as a file would say it."""
        columns = {
            each.id: self.cleaned_data[each.id]
            for each in FIELDS
            if self.cleaned_data[each.id]
        }
        meanings: dict[str, dict[str, str]] = {}
        for field, (name, word) in self.words.items():
            if self.cleaned_data[field]:
                meanings.setdefault(name, {})[word] = self.cleaned_data[field]
        return {"columns": columns, "values": meanings}

    def _first(self, name: str) -> bool:
        return name in self.reading.columns or BY_ID[name].needed


class CatalogueReasonForm(ReasonForm):
    """Where a catalogue comes from, and how it was checked."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Say what is to be told of a catalogue."""
        super().__init__(*args, **more)
        self.fields["why"].help_text = _(
            "目录从哪里来、怎样核对过、为什么可以不再逐件审核；长期留存，不写个人信息"
        )
