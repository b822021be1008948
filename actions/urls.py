from django.urls import path

from . import answer_views, line_views, paper_views, views

urlpatterns = [
    path("answer/<str:token>/", answer_views.answer, name="answer"),
    path("to-sort-out/", views.to_sort_out, name="to-sort-out"),
    path("follow-ups/", views.follow_up_list, name="follow-ups-list"),
    path("follow-ups/new/", views.follow_up_add, name="followup-add"),
    path("follow-ups/who-has-how-much/", views.follow_up_load, name="follow-ups-load"),
    path("follow-ups/lines/", line_views.follow_up_lines, name="followup-lines"),
    path("follow-ups/<str:ref>/", views.follow_up_detail, name="followup-detail"),
    path("follow-ups/<str:ref>/edit/", views.follow_up_edit, name="followup-edit"),
    path("follow-ups/<str:ref>/update/", views.write_update, name="followup-update"),
    path("follow-ups/<str:ref>/done/", views.complete, name="followup-complete"),
    path("follow-ups/<str:ref>/more-time/", views.move_due, name="followup-move-due"),
    path("follow-ups/<str:ref>/help/", views.ask_help, name="followup-help"),
    path("follow-ups/<str:ref>/who/", views.assign, name="followup-assign"),
    path("follow-ups/<str:ref>/next/", views.follow_up_next, name="followup-next"),
    path("follow-ups/<str:ref>/reopen/", views.reopen, name="followup-reopen"),
    path("assignments/", views.noun_list, {"name": "assignments"}, name="assignments-list"),
    path("updates/", views.noun_list, {"name": "updates"}, name="updates-list"),
    path("outputs/", views.noun_list, {"name": "outputs"}, name="outputs-list"),
    path("papers/", views.noun_list, {"name": "outputs"}, name="papers"),
    path("papers/<str:ref>/", paper_views.output_detail, name="outputs-detail"),
    path("papers/<str:ref>/edit/", paper_views.output_edit, name="output-edit"),
    path("papers/<str:ref>/newer/", paper_views.output_version, name="output-version"),
    *(
        path(
            f"{name}/<str:key>/paper/",
            paper_views.output_add,
            {"name": name},
            name=f"{home.replace('_', '')}-paper",
        )
        for name, home in paper_views.HOMES.items()
    ),
    path("files/<str:ref>/", paper_views.file, name="file"),
    path("files/<str:ref>/here/", paper_views.file_in_place, name="file-in-place"),
    path("assignments/<str:ref>/accept/", views.accept, name="assignment-accept"),
    path("assignments/<str:ref>/decline/", views.decline, name="assignment-decline"),
    path("assignments/<str:ref>/unassign/", views.unassign, name="assignment-unassign"),
    *views.NAMES.paths(),
    path(
        "suggestions/<str:ref>/follow-up/",
        views.follow_up_of_suggestion,
        name="suggestion-follow-up",
    ),
    path("decisions/", views.decision_list, name="decisions-list"),
    path("decisions/<str:ref>/", views.decision_detail, name="decisions-detail"),
]
