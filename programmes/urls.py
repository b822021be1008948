from django.urls import include, path

from . import step_views, unsubscribing, views
from .forms import MergeForm
from .listings import LISTINGS
from .pages import everything_paths
from .together import apart_page, merge_page

GROUPS = ("programmes", "bodies", "organisations", "sectors", "regions", "cities")
PLANS = ("commitments", "plans")
PARTIES = ("people", "programmes", "bodies", "organisations")
DOUBTS = ("contradictions", "understood")

urlpatterns = [
    path("people/", views.noun_list, {"name": "people"}, name="people-list"),
    path("people/<str:slug>/", views.person_detail, name="people-detail"),
    path("people/<str:slug>/name/", views.person_rename, name="person-rename"),
    path("people/<str:slug>/left/", views.person_anonymise, name="person-anonymise"),
    path("account/", views.account, name="account"),
    path("account/", include("programmes.step_urls")),
    path("account/mails/", unsubscribing.mails, name="mails"),
    path("mails/off/<str:token>/", unsubscribing.mails_off, name="mails-off"),
    path("account/programs/", views.tokens, name="tokens"),
    path("account/programs/<str:key>/end/", views.token_end, name="token-end"),
    path("board/open/", step_views.board_open, name="board-open"),
    path("board/close/", step_views.board_close, name="board-close"),
    path("understood/<str:ref>/answer/", views.understanding_answer, name="understood-answer"),
    path("understood/<str:ref>/reopen/", views.understanding_reopen, name="understood-reopen"),
    path("documents/", views.noun_list, {"name": "documents"}, name="documents-list"),
    path("documents/<str:slug>/", views.document_detail, name="documents-detail"),
    path("who/<str:slug>/", views.party, name="party"),
]
for name in (*GROUPS, *PLANS, *DOUBTS):
    urlpatterns += [
        path(f"{name}/", views.noun_list, {"name": name}, name=f"{name}-list"),
        path(f"{name}/<str:slug>/", views.noun_detail, {"name": name}, name=f"{name}-detail"),
    ]
for name in PARTIES:
    listing = views.BY_NAME[name]
    urlpatterns += [
        path(f"{name}/<str:key>/same/", merge_page(listing, MergeForm), name=f"{name}-same"),
        path(f"{name}/<str:key>/apart/", apart_page(listing), name=f"{name}-apart"),
        path(
            f"{name}/<str:slug>/spellings/",
            views.party_spellings,
            {"name": name},
            name=f"{name}-spellings",
        ),
    ]
urlpatterns += everything_paths(LISTINGS)
