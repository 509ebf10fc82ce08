"""A person with an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from mingtang_web import clock

if TYPE_CHECKING:
    from datetime import date


class User(AbstractUser):
    """A person who signs in. What they may do follows from memberships, not from here.

    ``one_time_until`` is set while the password is one that an administrator was shown:
    it opens nothing but the page where the person sets their own, and not after then.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(_("姓名"), max_length=50)
    email = models.EmailField(_("电子邮箱"), blank=True)
    date_joined = models.DateTimeField(_("建立于"), default=clock.now, editable=False)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    one_time_until = models.DateTimeField(_("一次性口令有效至"), null=True, editable=False)

    REQUIRED_FIELDS = ["display_name"]  # noqa: RUF012 - Django's own shape

    class Meta:
        """Words for screens."""

        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """Return the name that colleagues see."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the name that colleagues see."""
        return self.display_name


class SavedFilter(models.Model):
    """A list as one person wants to find it again: a name for the words of an address."""

    user = models.ForeignKey(User, models.CASCADE, related_name="filters")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=500)

    class Meta:
        """One name once a person."""

        ordering = ("name",)
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        constraints = (
            models.UniqueConstraint(fields=("user", "name"), name="filter_named_once"),
        )

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """A way for a program to call as a person (接口令牌), within a scope and until a day.

    The token itself is shown once and not kept: ``hash`` is its SHA-256, ``start`` its
    first characters, by which its owner knows it again. What it may do is what the person
    may, and no more than its ``scope``.
    """

    class Scope(models.TextChoices):
        """What a program may do with it."""

        READ = "read", _("只能查看")
        ACT = "act", _("查看和办理")

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("用途"), max_length=50)
    scope = models.CharField(_("范围"), max_length=4, choices=Scope)
    start = models.CharField(max_length=12)
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("建立于"))
    until = models.DateField(_("有效期至"))
    used_at = models.DateTimeField(_("最近使用"), null=True)
    ended_at = models.DateTimeField(_("停用于"), null=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")

    def __str__(self) -> str:
        return f"{self.user_id} {self.start}"

    def holds(self, on: date) -> bool:
        """Return whether it opens anything on a day."""
        return self.ended_at is None and on <= self.until
