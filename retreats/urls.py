from django.urls import path

from . import views

urlpatterns = [
    path("retreats/", views.noun_list, {"name": "retreats"}, name="retreats-list"),
    path("retreats/<str:slug>/", views.retreat_detail, name="retreats-detail"),
    path("reviews/", views.noun_list, {"name": "reviews"}, name="reviews-list"),
    path("reviews/<str:slug>/", views.review_detail, name="reviews-detail"),
    path("days/", views.noun_list, {"name": "days"}, name="days-list"),
    path("sessions/", views.noun_list, {"name": "sessions"}, name="sessions-list"),
    path("sessions/<str:ref>/", views.session_detail, name="sessions-detail"),
    path("participants/", views.noun_list, {"name": "participants"}, name="participants-list"),
    path("issues/", views.noun_list, {"name": "issues"}, name="issues-list"),
    path("issues/<str:ref>/", views.issue_detail, name="issues-detail"),
]
