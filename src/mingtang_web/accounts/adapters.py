"""How the sign-in library is told what this site allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext_lazy as _

from mingtang_web import clock
from mingtang_web.accounts.models import User

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest, HttpResponse


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: administrators make the accounts."""

    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "用户名或口令不对。请检查大小写和输入法后再试；连续多次不对，账号会暂时锁定"
        ),
        "too_many_login_attempts": _("尝试次数过多，请稍后再试"),
        "incorrect_password": _("口令不对，请重新输入"),
        "enter_current_password": _("当前口令不对，请重新输入"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Return no, always."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keep a password that the person chose: it is nobody else's any more."""
        user.one_time_until = None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - the library's signature
        """Return where the work is: nothing more is to be done where passwords change."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def pre_login(
        self,
        request: HttpRequest,
        user: User,
        **more: Any,  # noqa: ANN401 - the library's signature
    ) -> HttpResponse | None:
        """Refuse a one-time password after its time, and say who gives another.

        Whom the organisation's provider vouches for needs none.
        """
        if user.one_time_until and (more.get("signal_kwargs") or {}).get("sociallogin"):
            user.set_unusable_password()
            user.one_time_until = None
            user.save(update_fields=("password", "one_time_until"))
        if user.one_time_until and user.one_time_until < clock.now():
            return render(request, "account/too_late.html", status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The organisation's provider vouches for people who have an account here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - the library's signature
        """Return no: being known to the provider gives nobody an account."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie a first sign-in to the account whose username the provider states.

        The claim is fixed by the operator (``MINGTANG_OIDC_CLAIM``) and comes
        from the provider's signed token, never from the person.
        """
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        claims = sociallogin.account.extra_data
        stated = claims.get("id_token", claims).get(settings.OIDC_CLAIM)
        stated = stated or claims.get("userinfo", {}).get(settings.OIDC_CLAIM)
        if not isinstance(stated, str) or not stated:
            return
        user = User.objects.filter(username=stated, is_active=True).first()
        if user:
            sociallogin.connect(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors in our own words."""

    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("动态码不对或者已经过期，请输入验证器上现在显示的6位数字"),
    }
