"""What applicants hold: a case by its code or an account, a draft by their browser."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web.cases.models import Case


class Hold(models.Model):
    """An applicant's hold on a case (查询码).

    ``digest`` is the keyed hash of number and code together; the code itself is
    nowhere. Whoever types both again has the same digest.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="hold")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        """One a case."""

        verbose_name = _("查询码")
        verbose_name_plural = _("查询码")

    def __str__(self) -> str:
        return f"{self.case_id}"


class Citizen(models.Model):
    """An account of somebody who asks (申请人账号), apart from all accounts of officers.

    ``name`` is the keyed hash of the name that was chosen and ``password`` what the
    hashers make of the password: the site knows neither, and nothing of the person.
    """

    name = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=128)
    made_at = models.DateTimeField()

    class Meta:
        """One a name."""

        verbose_name = _("申请人账号")
        verbose_name_plural = _("申请人账号")

    def __str__(self) -> str:
        return f"{self.pk}"


class Kept(models.Model):
    """A case put to an account (保存到账号的申请), by its hold, whatever its code is."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="kept")
    hold = models.ForeignKey(Hold, models.PROTECT, related_name="kept")
    kept_at = models.DateTimeField()

    class Meta:
        """One case once an account."""

        verbose_name = _("保存到账号的申请")
        verbose_name_plural = _("保存到账号的申请")
        constraints = (
            models.UniqueConstraint(fields=("citizen", "hold"), name="case_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.hold_id}"


class Draft(models.Model):
    """A request that is being filled in (草稿), known by the browser's token alone.

    ``name`` is a hash of the token and ``sealed`` lies under a key made from it, so
    that without the token nobody finds the draft and nobody reads it. ``clerk`` is
    whoever fills it in at a counter. Once it is a ``case``, nothing is sealed any more.
    """

    name = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        """One a token."""

        verbose_name = _("网上申请草稿")
        verbose_name_plural = _("网上申请草稿")

    def __str__(self) -> str:
        return f"{self.pk}"


class Spent(models.Model):
    """How often somebody has done something since a moment; ``whom`` is a keyed hash."""

    what = models.CharField(max_length=20)
    whom = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for one person and thing."""

        constraints = (
            models.UniqueConstraint(fields=("what", "whom"), name="spent_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.count}"


class Answered(models.Model):
    """A question of the gate that was answered, well or badly: it opens nothing again."""

    nonce = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.nonce
