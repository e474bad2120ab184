"""Addresses of schemes."""

from django.urls import path

from .views.schemes import comparing, editing, listing, mapping, publishing, trying

SCHEMES = [
    path("schemes/", listing.scheme_list, name="schemes"),
    path("schemes/new/", listing.scheme_create, name="scheme-create"),
    path("schemes/<str:scheme>/", editing.scheme_editor, name="scheme-editor"),
    path("schemes/<str:scheme>/item/", editing.scheme_item, name="scheme-item"),
    path("schemes/<str:scheme>/tree/", editing.scheme_tree, name="scheme-tree"),
    path("schemes/<str:scheme>/text/", listing.scheme_text, name="scheme-text"),
    path("schemes/<str:scheme>/discard/", listing.scheme_discard, name="scheme-discard"),
    path("schemes/<str:scheme>/trial/", trying.scheme_trial, name="scheme-trial"),
    path("schemes/<str:scheme>/what-if/", trying.scheme_what_if, name="scheme-what-if"),
    path("schemes/<str:scheme>/compare/", comparing.scheme_compare, name="scheme-compare"),
    path("schemes/<str:scheme>/mapping/", mapping.scheme_mapping, name="scheme-mapping"),
    path("schemes/<str:scheme>/publish/", publishing.scheme_publish, name="scheme-publish"),
    path("schemes/<str:scheme>/withdraw/", publishing.scheme_withdraw, name="scheme-withdraw"),
    path("<str:review>/scheme/apply/", publishing.scheme_apply, name="scheme-apply"),
]
