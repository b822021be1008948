import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import FollowUp
from programmes.models import Change, ChangeSet, Person
from tests.actions.admin import FOLLOW_UPS, LIST, STAFF, address, listed, sent
from tests.factories import (
    AliasFactory,
    AssignmentFactory,
    FollowUpFactory,
    PersonFactory,
    UserFactory,
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=webinar",
        "kind=webinar&kind=two_pager",
        "kind=webinar&lead=Laura+Alfars",
        "search=toolkit",
        "no_due=true&ordering=-title",
        "retreat=bellagio-2017&ordering=agreed",
    ],
)
@pytest.mark.parametrize("role", STAFF)
def test_follow_up_list_shows_rows_and_order_of_page(cast, client_of, viewer_of, role, query):
    user = getattr(cast, role)

    response = client_of(user).get(f"{LIST}?{query}")

    page = FOLLOW_UPS.select(viewer_of(user), QueryDict(query))
    shown = [record.pk for record in response.context["cl"].result_list]
    assert shown == list(page.ids())[:50]
    assert response.status_code == 200


def test_follow_up_list_shows_cells_of_page(coordinator, client_of, viewer_of):
    response = client_of(coordinator).get(f"{LIST}?kind=webinar")

    page = FOLLOW_UPS.select(viewer_of(coordinator), QueryDict("kind=webinar")).page({})
    cells = [record.cells for record in response.context["cl"].result_list]
    names = ("title", "kind", "leads", "supports", "due_on", "due_text", "state", "due_until")
    assert cells == [{name: row[name] for name in names} for row in page.rows()]
    assert len(cells) == 5


@pytest.mark.parametrize("query", ["nonsense=1", "kind=dance", "ordering=colour", "lead=Nobody+At"])
def test_follow_up_list_with_unknown_question_says_so(coordinator, client_of, query):
    response = client_of(coordinator).get(f"{LIST}?{query}")

    assert response.status_code == 400
    assert list(response.context["cl"].result_list) == []
    told = [str(message) for message in response.context["messages"]]
    assert [message.partition(":")[0] for message in told] == [query.partition("=")[0]]


def test_follow_up_list_as_file_is_the_file_of_the_page(coordinator, client_of):
    client = client_of(coordinator)

    office = client.get(f"{LIST}?kind=webinar&export=csv")
    page = client.get("/follow-ups/?kind=webinar&export=csv")

    assert office.getvalue() == page.getvalue()
    assert office["Content-Disposition"] == page["Content-Disposition"]


def test_follow_up_list_links_files_with_its_filters(coordinator, client_of):
    response = client_of(coordinator).get(f"{LIST}?kind=webinar&p=1")

    assert response.context["files"] == [
        ("?kind=webinar&export=xlsx", "Excel"),
        ("?kind=webinar&export=csv", "CSV"),
    ]


def test_follow_up_search_finds_other_spelling(empty_db, coordinator, client_of):
    person = PersonFactory(name="Françoise Carré")
    AliasFactory(name="Francoise Carree", person=person)
    follow_up = FollowUpFactory(title="Paper")
    AssignmentFactory(follow_up=follow_up, person=person)
    from actions.workflow import refresh_follow_up

    refresh_follow_up(follow_up)

    found = listed(client_of(coordinator).get(f"{LIST}?search=FRANCOISE"))

    assert found == {follow_up.pk}


@pytest.mark.parametrize("name", sorted(model._meta.label for model in admin.site._registry))
def test_lists_are_of_those_who_see_the_noun(cast, client_of, viewer_of, name):
    """Staff see in every list what `visible_to` says; the rest find no admin at all."""
    model = next(each for each in admin.site._registry if each._meta.label == name)
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for role, user in vars(cast).items():
        response = client_of(user).get(path)
        viewer = viewer_of(user)
        sees = viewer.grains(model._meta.model_name) - {"own"}
        if user.is_staff and sees:
            seen = set(model.objects.visible_to(viewer).values_list("pk", flat=True))
            assert (role, response.status_code, listed(response)) == (role, 200, seen)
        else:
            assert (role, response.status_code) == (role, 404)


def test_superuser_without_role_finds_nothing(client_of, team_member):
    user = UserFactory(email="root@example.org", is_superuser=True)
    client = client_of(user)
    paths = ["/admin/", LIST, f"{LIST}add/", "/admin/programmes/user/", "/admin/autocomplete/"]

    missing = client_of(team_member).get("/nowhere/").content
    answers = [client.get(path) for path in paths]

    assert [answer.status_code for answer in answers] == [404] * len(paths)
    assert len({answer.content.count(b"<h1") for answer in answers}) == 1
    assert b"Django" not in answers[0].content + missing


def test_sign_in_is_our_own(client):
    response = client.get("/admin/actions/decision/?outcome=noted", follow=True)

    first, last = response.redirect_chain[0][0], response.redirect_chain[-1][0]
    assert first.startswith("/admin/login/?next=") or first.startswith("/sign-in/?next=")
    assert last == "/sign-in/?next=/admin/actions/decision/%3Foutcome%3Dnoted"


def test_nothing_is_deleted(coordinator, client_of):
    follow_up = FollowUp.objects.first()
    client = client_of(coordinator)

    answers = [
        client.get(address(follow_up, "delete")).status_code,
        client.post(address(follow_up, "delete"), {"post": "yes"}).status_code,
        client.post(
            LIST, {"action": "delete_selected", "_selected_action": follow_up.pk, "post": "yes"}
        ).status_code,
    ]

    assert answers == [403, 403, 200]
    assert FollowUp.objects.filter(pk=follow_up.pk).exists()


def test_change_is_one_change_set(coordinator, client_of):
    follow_up = FollowUpFactory(title="Webinar on migration")
    jane = Person.objects.get(name="Jane Barrett")
    client = client_of(coordinator)
    form = client.get(address(follow_up))
    before = ChangeSet.objects.count()

    data = sent(form, title="Webinar on migrants", leads="Jane Barrett")
    response = client.post(address(follow_up), data)

    follow_up.refresh_from_db()
    done = ChangeSet.objects.latest("at")
    assert response.status_code == 302
    assert ChangeSet.objects.count() == before + 1
    assert (done.verb, done.via, done.by) == ("edit_follow_up", "admin", coordinator)
    assert follow_up.title == "Webinar on migrants"
    assert [each.person for each in follow_up.assignments.all()] == [jane]
    assert LogEntry.objects.count() == 0


def test_saving_without_a_change_writes_nothing(coordinator, client_of):
    client = client_of(coordinator)
    follow_up = FollowUp.objects.filter(kind="webinar").first()
    before = (follow_up.version, Change.objects.count())

    response = client.post(address(follow_up), sent(client.get(address(follow_up))))

    follow_up.refresh_from_db()
    assert response.status_code == 302
    assert (follow_up.version, Change.objects.count()) == before


def test_adding_twice_with_one_key_happens_once(coordinator, client_of):
    client = client_of(coordinator)
    form = client.get(f"{LIST}add/")
    data = sent(form, title="Two-pager on waste pickers", kind="two_pager", leads="Sonia Dias")

    answers = [client.post(f"{LIST}add/", data).status_code for _twice in range(2)]

    assert answers == [302, 302]
    assert FollowUp.objects.filter(title="Two-pager on waste pickers").count() == 1


def test_adding_something_else_with_one_key_is_saved_on_a_second_press(coordinator, client_of):
    client = client_of(coordinator)
    data = sent(client.get(f"{LIST}add/"), title="Two-pager on homes", kind="two_pager")
    client.post(f"{LIST}add/", data)

    told = client.post(f"{LIST}add/", data | {"title": "Two-pager on care"})
    form = told.context["adminform"].form
    added = FollowUp.objects.filter(title="Two-pager on care")

    assert [each.split(".")[0] for each in form.non_field_errors()] == [
        "This page was saved before, with something else on it"
    ]
    assert not added.exists()
    assert client.post(f"{LIST}add/", sent(told)).status_code == 302
    assert added.count() == 1


def test_other_fields_changed_meanwhile_are_kept(coordinator, client_of):
    from actions.workflow import edit_follow_up

    follow_up = FollowUpFactory(title="Webinar", note="")
    client = client_of(coordinator)
    form = client.get(address(follow_up))
    edit_follow_up(follow_up, title="Webinar on housing", by=coordinator)

    response = client.post(address(follow_up), sent(form, note="Ask Lima first."))

    follow_up.refresh_from_db()
    assert response.status_code == 302
    assert (follow_up.title, follow_up.note) == ("Webinar on housing", "Ask Lima first.")


def test_same_field_changed_meanwhile_shows_both_and_keeps_what_was_typed(coordinator, client_of):
    from actions.workflow import edit_follow_up

    follow_up = FollowUpFactory(title="Webinar")
    client = client_of(coordinator)
    form = client.get(address(follow_up))
    edit_follow_up(follow_up, title="Webinar on housing", by=coordinator)

    data = sent(form, title="Webinar on homes", note="Ask Lima first.")
    clash = client.post(address(follow_up), data)
    lines = clash.context["conflict_lines"]
    typed = clash.context["adminform"].form

    assert clash.status_code == 200
    assert [(x["name"], x["mine"], x["theirs"], x["before"]) for x in lines] == [
        ("title", "Webinar on homes", "Webinar on housing", "Webinar")
    ]
    assert (typed["title"].value(), typed["note"].value()) == (
        "Webinar on homes",
        "Ask Lima first.",
    )

    again = {**data, "sent_version": typed["sent_version"].value(), "take_title": "theirs"}
    assert client.post(address(follow_up), again).status_code == 302
    follow_up.refresh_from_db()
    assert (follow_up.title, follow_up.note) == ("Webinar on housing", "Ask Lima first.")


def test_refused_change_keeps_what_was_typed(coordinator, client_of):
    follow_up = FollowUpFactory(title="Webinar", state="done")
    client = client_of(coordinator)

    data = sent(client.get(address(follow_up)), title="Webinar, again")
    response = client.post(address(follow_up), data)

    form = response.context["adminform"].form
    assert form.non_field_errors() == ["This is closed. Open it again first, then change it."]
    assert form["title"].value() == "Webinar, again"


def test_later_day_is_refused_beside_the_day(coordinator, client_of):
    follow_up = FollowUpFactory(due_on="2017-06-05", original_due_on="2017-06-05")
    client = client_of(coordinator)

    data = sent(client.get(address(follow_up)), due_on="2017-07-05")
    response = client.post(address(follow_up), data)

    assert response.context["adminform"].form.errors == {
        "due_on": ["For a later day ask for more time, with a reason."]
    }


def test_state_is_not_written(coordinator, client_of):
    follow_up = FollowUpFactory(title="Webinar")
    client = client_of(coordinator)

    data = sent(client.get(address(follow_up)), state="done", title="Webinar 1", slips="7")
    client.post(address(follow_up), data)

    follow_up.refresh_from_db()
    assert (follow_up.title, follow_up.state, follow_up.slips) == ("Webinar 1", "not_started", 0)


def test_board_member_reads_what_they_have_no_part_in(board_member, client_of):
    follow_up = FollowUpFactory(title="Webinar")
    client = client_of(board_member)

    page = client.get(address(follow_up))
    answer = client.post(address(follow_up), {"title": "Mine now"})

    follow_up.refresh_from_db()
    assert (page.status_code, answer.status_code, follow_up.title) == (200, 403, "Webinar")


def test_hidden_choice_is_no_choice(coordinator, client_of):
    sealed = FollowUpFactory(title="Director's contract", sealed=True)
    follow_up = FollowUpFactory(title="Webinar")
    client = client_of(coordinator)

    data = sent(client.get(address(follow_up)), parent=sealed.pk)
    response = client.post(address(follow_up), data)

    assert list(response.context["adminform"].form.errors) == ["parent"]
    assert b"contract" not in response.content


def test_history_tells_change_sets(coordinator, client_of):
    from actions.workflow import edit_follow_up

    follow_up = FollowUpFactory(title="Webinar")
    edit_follow_up(follow_up, title="Webinar on housing", by=coordinator)

    response = client_of(coordinator).get(address(follow_up, "history"))

    told = [(entry.sentence, entry.details) for entry in response.context["history"]]
    assert told == [("Mike Bird changed it", ["What is to be done: Webinar → Webinar on housing"])]
    assert b"Webinar on housing" in response.content


def counted(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_follow_up_list_takes_eight_queries_however_long(empty_db, coordinator, client_of):
    client = client_of(coordinator)
    counts = []
    for number in (1, 3):
        while FollowUp.objects.count() < number:
            follow_up = FollowUpFactory()
            AssignmentFactory(follow_up=follow_up)
            AssignmentFactory(follow_up=follow_up, role="support")
        counts.append(counted(client, LIST))

    assert counts == [counts[0]] * 2
    assert counts[0] <= 8


@pytest.mark.parametrize("name", sorted(model._meta.label for model in admin.site._registry))
def test_every_list_takes_at_most_eight_queries(cast, client_of, name):
    model = next(each for each in admin.site._registry if each._meta.label == name)
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    user = cast.administrator if name == "programmes.User" else cast.coordinator

    assert counted(client_of(user), path) <= 8


def test_update_of_another_account_names_who_wrote_it(coordinator, team_member, client_of):
    from actions.workflow import update

    written = update(FollowUpFactory(), text="Lima has answered.", by=team_member)

    page = client_of(coordinator).get(address(written)).content.decode()

    assert ("Lima has answered." in page, "Vanessa Pillay" in page) == (True, True)


STRANGE = ["x", "[]", "NaN", "-1", "", "9" * 30, str(2**63), "9" * 5000, "²", "1,x"]


@pytest.mark.parametrize(
    "path",
    [
        "actions/followup/add/?retreat",
        "actions/followup/add/?programmes",
        "actions/followup/add/?due_on",
        "retreats/session/add/?day",
        "retreats/session/add/?order",
        "programmes/alias/add/?person",
    ],
)
@pytest.mark.parametrize("value", STRANGE)
def test_add_form_takes_any_start(path, value, coordinator, client_of):
    client = client_of(coordinator)
    path, _mark, field = path.partition("?")

    asked = client.get(f"/admin/{path}", {field: value})
    pressed = client.post(f"/admin/{path}", {field: value})

    assert (asked.status_code, pressed.status_code) == (200, 200)


def test_add_form_starts_with_what_is_seen_only(coordinator, client_of):
    client = client_of(coordinator)
    seen = FollowUpFactory(title="Zanzibar paper")
    sealed = FollowUpFactory(title="Zanzibar contract", sealed=True)

    told = [
        [title in client.get(f"{LIST}add/?parent={each.pk}").text for each, title in pairs]
        for pairs in ([(seen, "Zanzibar paper")], [(sealed, "Zanzibar contract")])
    ]
    pressed = client.post(f"{LIST}add/", {"parent": sealed.pk})

    assert told == [[True], [False]]
    assert "Zanzibar contract" not in pressed.text
