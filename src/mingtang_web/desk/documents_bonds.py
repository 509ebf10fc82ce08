"""The part of a document's form that says with whom it was issued and what it forwards."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web import typed
from mingtang_web.desk.submitting import Submission
from mingtang_web.publication import bonds, queries
from mingtang_web.publication.bonds import Bonds, issuers_named
from mingtang_web.publication.models import Attribute
from mingtang_web.publication.originals import found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.publication.bonds import Issuer
    from mingtang_web.publication.models import Document

_NOT_SAID = [("", lazy("不填")), *Attribute.choices]
ORIGINAL = "forwards"
"""What the address of a new document's form calls the original that it will forward."""
UNSEEN = lazy("（您无权查看的原件，不变）")
"""What stands for an original that whoever edits may not see; left so, it stays."""
JOINT = ("issuers", "lead_attribute")
FORWARDED = (
    "forwards", "original_title", "original_number", "original_issuer",
    "original_attribute",
)  # fmt: skip


class Preset(NamedTuple):
    """What a form begins with that was opened with an original: what it says, and why."""

    bonds: Bonds | None = None
    said: Mapping[str, str] = MappingProxyType({})
    told: str = ""


def preset_of(words: str, held: Standing, bodies: Sequence[Body]) -> Preset:
    """Return what a document begins with that forwards an original of this site.

    Nothing where the original is none that this person sees.
    """
    try:
        original = found(words, held)
    except ValidationError:
        return Preset()
    if original is None:
        return Preset()
    attribute, reason = bonds.preset(original, bodies[0])
    if not attribute:
        return Preset(Bonds(forwards=original))
    label = Attribute(attribute).label
    told = _("已随转发的原件选为“%(attribute)s”；原件是%(index)s") % {
        "attribute": label,
        "index": original.index_number,
    }
    said = {"attribute": attribute, "attribute_reason": reason}
    return Preset(Bonds(forwards=original), said, told)


class BondsForm(Submission):
    """Joint issue and forwarding: blank for a document of its body alone."""

    issuers = typed.Text(
        label=lazy("联合发文的机关"), required=False, max_length=2100,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("一行写一个全称，牵头机关写在第一行，本机关也要写上；不是联合发文的不填"),
    )  # fmt: skip
    lead_attribute = forms.ChoiceField(
        label=lazy("牵头机关认定的公开属性"), choices=_NOT_SAID, required=False,
        help_text=lazy("由别的机关牵头时填，本文件随它；年报表二缺省由牵头机关计入"),
    )  # fmt: skip
    forwards = typed.Text(
        label=lazy("转发的原件（在本站的）"), required=False, max_length=200,
        help_text=lazy("填索引号、文号或者名称；公开属性随原件"),
    )  # fmt: skip
    original_title = typed.Text(
        label=lazy("原件名称"), required=False, max_length=200,
        help_text=lazy("原件不在本站的才填，公众会看到"),
    )  # fmt: skip
    original_number = typed.Text(label=lazy("原件文号"), required=False, max_length=60)
    original_issuer = typed.Text(
        label=lazy("原件的发文机关"), required=False, max_length=200
    )
    original_attribute = forms.ChoiceField(
        label=lazy("原件的公开属性"), choices=_NOT_SAID, required=False,
        help_text=lazy("原件在本站的不填"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        held: Standing | None = None,
        document: Document | None = None,
        bonds: Bonds | None = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Begin with what was said; ``held`` is who looks for an original."""
        self.held, self.document, self.said = held, document, bonds or Bonds()
        if bonds is not None:
            more["initial"] = (more.get("initial") or {}) | self._shown(bonds)
        super().__init__(*args, **more)

    @property
    def is_bound_to_others(self) -> bool:
        """Whether its part stands open: something is said there, or wrong."""
        names = (*JOINT, *FORWARDED)
        return any(self[name].value() or self[name].errors for name in names)

    def clean_issuers(self) -> tuple[Issuer, ...]:
        """Return the bodies, those of this site known by their full names."""
        return issuers_named(self.cleaned_data["issuers"].splitlines())

    def clean_forwards(self) -> Document | None:
        """Return the document that is meant, of those that this person may see."""
        words: str = self.cleaned_data["forwards"]
        if words == str(UNSEEN) and self.said.forwards is not None:
            return self.said.forwards
        if not words or self.held is None:
            return None
        try:
            return found(words, self.held, self.document)
        except ValidationError as why:
            raise ValidationError(why.message_dict["forwards"]) from why

    def bonds(self) -> Bonds:
        """Return what was said."""
        names = Bonds._fields
        return Bonds(**{name: self.cleaned_data[name] for name in names})

    def _shown(self, bonds: Bonds) -> dict[str, str]:
        shown = {name: getattr(bonds, name) for name in FORWARDED}
        original = bonds.forwards
        shown["forwards"] = ""
        if original is not None:
            seen = self.held and queries.visible(self.held).filter(pk=original.pk).exists()
            shown["forwards"] = original.index_number if seen else str(UNSEEN)
        return shown | {
            "issuers": "\n".join(each.name for each in bonds.issuers),
            "lead_attribute": bonds.lead_attribute,
        }
