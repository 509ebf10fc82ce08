"""The field and the editor in which documents are written (编辑正文).

Without scripts the editor is a plain box, where paragraphs stand between empty lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script

from mingtang_web.richtext.limits import LARGEST, TooLargeError
from mingtang_web.richtext.reading import plain
from mingtang_web.richtext.typing import is_markup, shown, taken
from mingtang_web.typed import unseen

if TYPE_CHECKING:
    from collections.abc import Mapping


class RichTextWidget(forms.Textarea):
    """A sheet of paper with a bar of tools, a box for text where no script runs.

    A page that has it gives out ``form.media``. What is typed is kept with the page's
    other fields as `unsent` does; the box holds it at all times.
    """

    template_name = "richtext/editor.html"

    class Media:
        """Of the site alone; the editor proper lies in its own package's files."""

        css = {"all": ["mingtang/richtext.css"]}  # noqa: RUF012 - Django's own shape
        js = (Script("mingtang/richtext.js", type="module"),)

    def __init__(self, attrs: Mapping[str, Any] | None = None, pictures: str = "") -> None:
        """Take the address under which the document's own pictures lie."""
        super().__init__({"rows": 24} | dict(attrs or {}))
        self.pictures = pictures

    def format_value(self, value: object) -> str | None:
        """Return a document as it is shown in the box; plain text stays as typed."""
        text = str(value or "")
        if not is_markup(text) or len(text) > LARGEST:
            return text
        return shown(text, self.pictures)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own
        """Return what the template shows."""
        context = super().get_context(name, value, attrs)
        return context | {"pictures": self.pictures}


class RichTextField(forms.CharField):
    """A document as clean HTML; see `mingtang_web.richtext.cleaning`."""

    def __init__(self, *, pictures: str = "", **more: Any) -> None:  # noqa: ANN401 - Django's own
        """Take the address under which the document's own pictures lie."""
        self.pictures = pictures
        super().__init__(**({"widget": RichTextWidget(pictures=pictures)} | more))

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - whatever was sent
        """Return the clean document.

        Raises `ValidationError` where it is too large, or holds what nobody sees.
        """
        try:
            document = taken(super().to_python(value) or "", self.pictures)
        except TooLargeError as large:
            raise ValidationError(str(large), code="too_large") from large
        found = unseen(plain(document, self.pictures))
        if found:
            raise ValidationError(str(found), code="unseen")
        return document
