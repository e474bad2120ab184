"""Addresses of the registry."""

from django.urls import path, re_path

from .views import accounts, grants, imports, people, periods, posts, units

app_name = "registry"
urlpatterns = [
    path("units/", units.unit_list, name="units"),
    path("units/<str:unit>/", units.unit_page, name="unit"),
    path("units/<str:unit>/new/", units.unit_new, name="unit-new"),
    path("units/<str:unit>/edit/", units.unit_edit, name="unit-edit"),
    path("units/<str:unit>/move/", units.unit_move, name="unit-move"),
    path("units/<str:unit>/abolish/", units.unit_abolish, name="unit-abolish"),
    path("units/<str:unit>/person/", people.person_new, name="person-new"),
    path("units/<str:unit>/appoint/", posts.appoint_in_unit, name="appoint-in-unit"),
    path("units/<str:unit>/temporary/", accounts.temporary, name="temporary"),
    path("people/", people.people_list, name="people"),
    path("people/<str:person>/", people.person_page, name="person"),
    path("people/<str:person>/edit/", people.person_edit, name="person-edit"),
    path("people/<str:person>/appoint/", posts.appoint_person, name="appoint-person"),
    path("people/<str:person>/account/", accounts.account_open, name="account-open"),
    path("people/<str:person>/account/reset/", accounts.account_reset, name="account-reset"),
    path("people/<str:person>/account/disable/", accounts.account_disable, name="account-disable"),
    path("posts/<int:post>/relieve/", posts.relieve, name="relieve"),
    path("posts/<int:post>/grant/", grants.grant_new, name="grant-new"),
    path("grants/", grants.grant_list, name="grants"),
    path("grants/<int:grant>/revoke/", grants.grant_revoke, name="grant-revoke"),
    path("import/", imports.import_page, name="import"),
    path("import/<str:draft>/", imports.import_preview, name="import-preview"),
    path("import/<str:draft>/apply/", imports.import_apply, name="import-apply"),
    re_path(r"^export/(?P<content>all|template)/$", imports.export, name="export"),
    path("periods/", periods.period_list, name="periods"),
    re_path(
        r"^periods/(?P<year>\d{4})/(?P<step>close|reopen)/$",
        periods.period_step,
        name="period-step",
    ),
]
