"""Fields and forms that take files in: what is refused says why at its own field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from mingtang_web.cases.models import Attachment
from mingtang_web.desk.forms_letters import ACCEPTED, Once

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

HELP = gettext_lazy("PDF、图片或者文档，可选几个，加密保存；程序和带宏的文件不收")


class ManyFiles(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as they were sent."""

    widget = ManyFiles(attrs={"accept": ACCEPTED, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401 - Django's signature
        """Return the files; none where none was sent."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in sent if each]


def files_field(label: object) -> FilesField:
    """Return a field for any number of files; what is wrong with one is told later."""
    return FilesField(
        label=label,  # type: ignore[arg-type]
        help_text=HELP,
        required=False,
        allow_empty_file=True,
    )


class AttachForm(Once):
    """A file of a case, and what it is."""

    what = forms.ChoiceField(
        label=gettext_lazy("这是什么材料"), choices=Attachment.What.choices
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("PDF、图片或者文档，加密保存；程序和带宏的文件不收"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
