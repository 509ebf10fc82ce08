"""Every address of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as account
from allauth.mfa import urls as second_factor
from allauth.socialaccount import urls as social
from allauth.socialaccount.providers.openid_connect import urls as openid_connect
from django.urls import include, path
from django.views.i18n import set_language

from mingtang_web.api.channel import api
from mingtang_web.api.opendata import api as open_data
from mingtang_web.desk import casework, letters, notices, today, views
from mingtang_web.portal.front import front

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    """Show those who work here their day, everybody else what can be done here."""
    return (today.home if request.user.is_authenticated else front)(request)


# Only the pages that are styled, translated and meant: accounts are made by
# administrators, so nobody signs up.
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", views.no_sign_up, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("2fa/", include(second_factor)),
    path("", include(social)),
    path("", include(openid_connect)),
]
urlpatterns = [
    # The public's pages first: they are opened most.
    path("", include("mingtang_web.portal.asking")),
    path("", include("mingtang_web.portal.filing")),
    path("", include("mingtang_web.portal.following")),
    path("", include("mingtang_web.portal.performing")),
    path("", include("mingtang_web.portal.mine")),
    path("", include("mingtang_web.portal.study")),
    path("", include("mingtang_web.portal.opendata")),
    path("", include("mingtang_web.portal.aids")),
    path("", include("mingtang_web.portal.columns")),
    path("", include("mingtang_web.portal.seeking")),
    path("", include("mingtang_web.portal.mistakes")),
    path("", include("mingtang_web.portal.accessibility")),
    path("", include("mingtang_web.portal.sitemaps")),
    path("", include("mingtang_web.portal.feeds")),
    path("", include("mingtang_web.portal.reports")),
    path("", include("mingtang_web.portal.information")),
    path("", home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("elder/", views.elder, name="elder"),
    path("language/", set_language, name="set_language"),
    path("alive/", views.alive, name="alive"),
    path("accounts/", include(accounts)),
    path("api/open/", open_data.urls),
    path("api/", api.urls),
    path("", include(casework)),
    path("", include("mingtang_web.desk.amending")),
    path("", include("mingtang_web.desk.attaching")),
    path("", include("mingtang_web.desk.erasing")),
    path("", include("mingtang_web.desk.many")),
    path("", include("mingtang_web.desk.packing")),
    path("", include("mingtang_web.desk.query_code")),
    path("", include("mingtang_web.desk.objecting")),
    path("", include("mingtang_web.desk.worklist")),
    path("", include("mingtang_web.desk.registering")),
    path("", include("mingtang_web.desk.handing")),
    path("", include("mingtang_web.desk.supervising")),
    path("", include("mingtang_web.desk.telling")),
    path("", include(letters)),
    path("", include("mingtang_web.desk.disputes")),
    path("", include("mingtang_web.desk.registers")),
    path("", include("mingtang_web.desk.documents_editing")),
    path("", include("mingtang_web.desk.documents")),
    path("", include("mingtang_web.desk.norm_register")),
    path("", include("mingtang_web.desk.documents_list")),
    path("", include("mingtang_web.desk.norms")),
    path("", include("mingtang_web.desk.norm_counts")),
    path("", include("mingtang_web.desk.cleanups")),
    path("", include("mingtang_web.desk.activities")),
    path("", include("mingtang_web.desk.spells")),
    path("", include("mingtang_web.desk.spell_many")),
    path("", include("mingtang_web.desk.spell_files")),
    path("", include("mingtang_web.desk.guides")),
    path("", include("mingtang_web.desk.words")),
    path("", include("mingtang_web.desk.matters")),
    path("", include("mingtang_web.desk.documents_import")),
    path("", include("mingtang_web.desk.documents_export")),
    path("", include("mingtang_web.desk.fees")),
    path("", include("mingtang_web.desk.mistakes")),
    path("", include("mingtang_web.desk.annual")),
    path("", include("mingtang_web.desk.annual_editing")),
    path("", include("mingtang_web.desk.annual_cells")),
    path("", include("mingtang_web.desk.annual_earlier")),
    path("", include("mingtang_web.desk.figures")),
    path("", include("mingtang_web.desk.tokens")),
    path("", include("mingtang_web.desk.inspections")),
    path("", include("mingtang_web.desk.rectifying")),
    path("", include("mingtang_web.desk.quarterly")),
    path("", include("mingtang_web.desk.assessments")),
    path("", include("mingtang_web.desk.indicators")),
    path("", include("mingtang_web.desk.collecting")),
    path("", include("mingtang_web.desk.collecting_lines")),
    path("", include("mingtang_web.desk.collecting_totals")),
    path("", include("mingtang_web.desk.importing")),
    path("", include("mingtang_web.desk.import_signing")),
    path("", include("mingtang_web.desk.keeping")),
    path("", include("mingtang_web.desk.keeping_people")),
    path("", include("mingtang_web.desk.keeping_bodies")),
    path("", include("mingtang_web.desk.unsent")),
    path("", include(notices)),
    path("", include("mingtang_web.portal.bench")),
]
handler400 = "mingtang_web.desk.views.bad_request"
handler403 = "mingtang_web.desk.views.forbidden"
handler404 = "mingtang_web.desk.views.not_found"
handler500 = "mingtang_web.desk.views.broken"
