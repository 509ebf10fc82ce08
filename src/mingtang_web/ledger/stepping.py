"""Rows of which every act is a step beside them, and nothing is overwritten (经过).

Apps whose rows are entered, amended and struck have this in common: the row is locked and
taken in turn, the step keeps all that it then said, and an entry of the body's chain holds
the hashes of both. Struck (作废) a row stays and counts no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock, masking
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.doing import Doing


class Stepped(models.Model):
    """A row of a body; ``version`` is how many steps it has."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    number = models.CharField(gettext_lazy("登记号"), max_length=30)
    created_at = models.DateTimeField()
    struck = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return self.number


class Step(models.Model):
    """One act in a row: ``held`` is all that the row said after it, ``why`` the reason."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8)
    held = models.JSONField(default=dict)
    why = models.CharField(gettext_lazy("理由"), max_length=200, blank=True)

    class Meta:
        """No table of its own; in the order they were recorded."""

        abstract = True
        ordering = ("id",)


Of = TypeVar("Of", bound=Stepped)


class MovedOnError(Exception):
    """The row has been changed since it was looked at; nothing was done."""

    def __init__(self, row: Stepped) -> None:
        super().__init__(
            _("%(number)s在您打开之后已有新的登记，本次未作任何改动；请看过最新情况再办")
            % {"number": row.number}
        )


@dataclass(frozen=True)
class Stepping(Generic[Of]):
    """How the rows of a model go on from step to step.

    ``name`` is what the ledger calls a row, and its steps in their foreign key; ``said``
    are the columns that somebody says; ``registered`` those that the first entry holds,
    ``now`` those that every entry does, and ``step`` those of the step beside it.
    """

    model: type[Of]
    steps: type[Step]
    name: str
    said: tuple[str, ...]
    registered: tuple[str, ...]
    now: tuple[str, ...]
    step: tuple[str, ...]

    def begin(self, row: Of, act: Act, doing: Doing) -> Of:
        """Return the row locked, once the person may; raises `NotAllowedError`."""
        rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)
        present = rows.select_related("body").get(pk=row.pk)
        require(doing.person, act, present.body, clock.today())
        return present

    def in_turn(self, row: Of, doing: Doing) -> None:
        """Let an act pass that was decided on the row as it stands.

        Raises `MovedOnError`, and `ValidationError` for one that is struck.
        """
        if doing.version != row.version:
            raise MovedOnError(row)
        if row.struck:
            raise ValidationError(_("这一条已经作废，不能再改；确需登记的，请另登记一条"))

    def begun(self, row: Of, doing: Doing) -> Of:
        """Save a new row, its number given, with its first step."""
        row.created_at, row.version = clock.now(), 1
        row.save(force_insert=True)
        step = self.step_of(row, "recorded", held=self.held(row))
        self._enter(step, row, doing, {"row": fingerprint(row, *self.registered)})
        return row

    def amended(self, row: Of, before: dict[str, Plain], doing: Doing) -> Of:
        """Save a row that says something else than before; raises `ValidationError`."""
        now = self.held(row)
        if now == before:
            raise ValidationError(_("没有改动任何一项，所以没有登记"))
        return self.write(row, self.step_of(row, "amended", held=now), doing)

    def write(self, row: Of, step: Step, doing: Doing, *, reason: bool = True) -> Of:
        """Save a row one step further on, for the reason in ``doing.note``.

        Raises `ValidationError` where there must be one and is none.
        """
        if reason:
            masking.to_keep(doing.note, "why")
        step.why = doing.note.strip()
        row.version += 1
        row.save(force_update=True)
        self._enter(step, row, doing)
        return row

    def step_of(self, row: Of, what: str, **more: object) -> Step:
        """Return a new step of a row, unsaved."""
        return self.steps(**{self.name: row, "what": what, **more})

    def held(self, row: Of) -> dict[str, Plain]:
        """Return what a row says, as its step keeps it; what is blank is left out."""
        said = {name: getattr(row, name) for name in self.said}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in said.items()
            if value is not None and value != "" and value is not False
        }

    def came_before(self, row: Of, key: str | None) -> bool:
        """Return whether the same submission came before."""
        if key is None:
            return False
        return self.steps._default_manager.filter(
            **{self.name: row, "entry__key": key}
        ).exists()

    def of_key(self, body: Body, key: str | None) -> Of | None:
        """Return the row that a submission entered before, none where it entered none."""
        if key is None:
            return None
        rows = self.model._default_manager.filter(steps__entry__key=key, body=body)
        return rows.first()

    def _enter(
        self, step: Step, row: Of, doing: Doing, first: dict[str, Plain] | None = None
    ) -> None:
        said: dict[str, Plain] = {self.name: row.pk, "number": row.number}
        said |= first or {}
        said |= {"now": fingerprint(row, *self.now), "step": fingerprint(step, *self.step)}
        of = getattr(step, "of_id", None)
        if of:
            said["of"] = of
        made = Record(
            row.body, f"{self.name}.{step.what}", said, actor=doing.actor, key=doing.key
        )
        step.entry = append(made)
        step.save(force_insert=True)
