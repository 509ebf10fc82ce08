"""Bodies and their sections, and who holds which role in them from when to when."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingtang_web.bodies.codes import validate_unified_code

validate_region = RegexValidator(
    r"^\d{6}(\d{3}(\d{3})?)?$", _("行政区划代码应为6位、9位或12位数字")
)


class Kind(models.TextChoices):
    """What sort of body it is."""

    OFFICE = "office", _("政府办公厅（室）")
    DEPARTMENT = "department", _("政府部门")
    TOWNSHIP = "township", _("乡镇政府、街道办事处")
    VERTICAL = "vertical", _("垂直管理部门")


class Role(models.TextChoices):
    """What a person does in a body."""

    CLERK = "clerk", pgettext_lazy("role", "登记")
    HANDLER = "handler", _("承办")
    LEGAL_REVIEWER = "legal_reviewer", _("法制审核")
    APPROVER = "approver", _("审批")
    SECRECY_REVIEWER = "secrecy_reviewer", _("保密审查")
    PUBLISHER = "publisher", _("信息发布")
    SUPERVISOR = "supervisor", _("主管部门监督")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "管理")


class Body(models.Model):
    """An administrative body (行政机关) that answers in its own name.

    ``path`` is ``/00000001/00000005/``: the ids from the top down to the body itself. It is
    kept by `mingtang_web.bodies.actions` alone and makes "everything below"
    one query.
    """

    code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        unique=True,
        validators=[validate_unified_code],
    )
    name = models.CharField(_("全称"), max_length=100, unique=True)
    short_name = models.CharField(_("简称"), max_length=30)
    letter_code = models.CharField(_("机关代字"), max_length=20)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    region = models.CharField(
        _("行政区划代码"), max_length=12, validators=[validate_region]
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("主管机关"),
        related_name="children",
        null=True,
        blank=True,
    )
    path = models.CharField(max_length=200, unique=True, editable=False)
    address = models.CharField(_("通信地址"), max_length=200, blank=True)
    telephone = models.CharField(_("联系电话"), max_length=40, blank=True)
    fax = models.CharField(_("传真"), max_length=40, blank=True)
    online_channel = models.CharField(_("在线申请渠道"), max_length=200, blank=True)
    office_hours = models.CharField(_("办公时间"), max_length=100, blank=True)
    review_organ = models.CharField(_("行政复议机关"), max_length=100, blank=True)
    court = models.CharField(_("管辖法院"), max_length=100, blank=True)
    disclosure_office = models.CharField(_("公开工作机构"), max_length=60, blank=True)
    review_online = models.CharField(_("行政复议网上渠道"), max_length=200, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, editable=False)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("并入"),
        related_name="predecessors",
        null=True,
        editable=False,
    )

    class Meta:
        """Listed from the top of the tree down."""

        ordering = ("path",)
        verbose_name = _("机关")
        verbose_name_plural = _("机关")

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """What a body was called, up to and with a day; papers of that time bear it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="former_names")
    name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=30)
    letter_code = models.CharField(_("机关代字"), max_length=20)
    until = models.DateField(_("至"))

    class Meta:
        """The last one first; one ends a day."""

        ordering = ("-until", "-id")
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "until"), name="former_name_ends_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A section inside a body (内设机构); it answers in nobody's own name."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="sections")
    name = models.CharField(_("名称"), max_length=50)

    class Meta:
        """One name once a body."""

        ordering = ("body", "id")
        verbose_name = _("内设机构")
        verbose_name_plural = _("内设机构")
        constraints = (
            models.UniqueConstraint(fields=("body", "name"), name="section_named_once"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one body, both days counted in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships"
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True)
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        """A role that ends before it begins is a slip of the pen."""

        ordering = ("body", "role", "id")
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("最后一天不能早于开始日期，请核对两个日期"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.body_id}"


class Delegation(models.Model):
    """A person's roles in a body lent to another for some days (委托代办)."""

    lender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lent"
    )
    borrower = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="borrowed"
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="delegations")
    since = models.DateField(_("自"))
    until = models.DateField(_("至"))
    reason = models.CharField(_("事由"), max_length=200)

    class Meta:
        """Lent to somebody else, and given back some day."""

        ordering = ("-since", "id")
        verbose_name = _("委托代办")
        verbose_name_plural = _("委托代办")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="delegation_ends_after_it_begins",
                violation_error_message=_("最后一天不能早于开始日期，请核对两个日期"),
            ),
            models.CheckConstraint(
                condition=~Q(lender=F("borrower")),
                name="delegation_to_somebody_else",
                violation_error_message=_("不能委托给自己，请另选一人"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.lender_id} → {self.borrower_id} {self.body_id}"
