from django.urls import path

from . import views

GROUPS = ("programmes", "bodies", "organisations", "sectors", "regions", "cities")

urlpatterns = [
    path("people/", views.noun_list, {"name": "people"}, name="people-list"),
    path("people/<str:slug>/", views.person_detail, name="people-detail"),
    path("people/<str:slug>/name/", views.person_rename, name="person-rename"),
    path("account/", views.account, name="account"),
    path("account/programs/", views.tokens, name="tokens"),
    path("account/programs/<str:key>/end/", views.token_end, name="token-end"),
    path("board/open/", views.board_open, name="board-open"),
    path("board/close/", views.board_close, name="board-close"),
    path("who/<str:slug>/", views.party, name="party"),
]
for name in GROUPS:
    urlpatterns += [
        path(f"{name}/", views.noun_list, {"name": name}, name=f"{name}-list"),
        path(f"{name}/<str:slug>/", views.noun_detail, {"name": name}, name=f"{name}-detail"),
    ]
