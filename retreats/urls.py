from django.urls import path

from programmes.pages import everything_paths
from programmes.together import apart_page, merge_page

from . import views
from .forms import IssueMergeForm
from .listings import LISTINGS

ISSUES = views.BY_NAME["issues"]

urlpatterns = [
    path("retreats/", views.noun_list, {"name": "retreats"}, name="retreats-list"),
    path("retreats/compare/", views.compare, name="retreats-compare"),
    path("retreats/<str:slug>/", views.retreat_detail, name="retreats-detail"),
    path("retreats/<str:slug>/move/", views.retreat_move, name="retreats-move"),
    path("reviews/", views.noun_list, {"name": "reviews"}, name="reviews-list"),
    path("reviews/<str:slug>/", views.review_detail, name="reviews-detail"),
    path("days/", views.noun_list, {"name": "days"}, name="days-list"),
    path("sessions/", views.noun_list, {"name": "sessions"}, name="sessions-list"),
    path("sessions/<str:ref>/", views.session_detail, name="sessions-detail"),
    path("sessions/<str:ref>/matrix/", views.session_matrix, name="session-matrix"),
    path("participants/", views.noun_list, {"name": "participants"}, name="participants-list"),
    path("issues/", views.noun_list, {"name": "issues"}, name="issues-list"),
    path("issues/<str:ref>/", views.issue_detail, name="issues-detail"),
    path("issues/<str:key>/same/", merge_page(ISSUES, IssueMergeForm), name="issues-same"),
    path("issues/<str:key>/apart/", apart_page(ISSUES), name="issues-apart"),
    path("issues/<str:key>/link/", views.issue_link_add, name="issues-link"),
    path("issue-links/<str:ref>/", views.issue_link, name="issue-link"),
    path("ballots/", views.noun_list, {"name": "ballots"}, name="ballots-list"),
    path("ballots/<str:ref>/", views.ballot_detail, name="ballots-detail"),
    path("notes/", views.noun_list, {"name": "notes"}, name="notes-list"),
    path("notes/<str:ref>/", views.said_detail, {"name": "notes"}, name="notes-detail"),
    path("suggestions/", views.noun_list, {"name": "suggestions"}, name="suggestions-list"),
    path(
        "suggestions/<str:ref>/",
        views.said_detail,
        {"name": "suggestions"},
        name="suggestions-detail",
    ),
    *(path for each in views.SAID.values() for path in each.paths()),
    *everything_paths(LISTINGS),
]
