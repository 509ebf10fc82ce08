"""Every address of a case and of what is done on it."""

from __future__ import annotations

from django.urls import path

from mingtang_web.desk import acting, case, deciding, recording, signing

HERE = "cases/<int:pk>/"
urlpatterns = [
    path(HERE, case.case, name="case"),
    path(f"{HERE}working/", case.working, name="case_working"),
    path(f"{HERE}do/<slug:name>/", acting.act, name="case_act"),
    path(f"{HERE}decide/", deciding.decide, name="case_decide"),
    path(f"{HERE}decide/all/", deciding.every_ground, name="case_grounds"),
    path(f"{HERE}decide/<slug:code>/", acting.act, {"name": "decide"}, name="case_ground"),
    path(f"{HERE}search/", recording.searched, name="case_search"),
    path(f"{HERE}strike/<int:place>/", recording.strike, name="case_strike"),
    path(f"{HERE}applicant/", recording.applicant, name="case_applicant"),
    path(f"{HERE}applicant/<slug:party>/", recording.applicant, name="case_party"),
    path(f"{HERE}proposals/<int:number>/", signing.proposal, name="case_proposal"),
]
