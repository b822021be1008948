"""Every page, as a reader gets it: status, one heading, headers, weight, nothing inline."""

import gzip
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import path
from django_htmx.jinja import htmx_script

from actions import workflow
from actions.models import Assignment, Decision, FollowUp
from programmes.models import (
    Body,
    City,
    Commitment,
    Organisation,
    Person,
    Plan,
    Programme,
    Region,
    Sector,
    Source,
)
from retreats.models import (
    Ballot,
    Note,
    Retreat,
    Session,
    StrategicIssue,
    StrategicReview,
    Suggestion,
)
from tests.factories import DayFactory, IssueFactory, SuggestionFactory
from tests.signing_in import with_password
from wiego_review import urls

NOUNS = (Person, Programme, Body, Organisation, Sector, Region, City, Commitment, Plan)
FIRST_VISIT = 60 * 1024
LATER = 20 * 1024
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}
LISTS = (
    "/follow-ups/",
    "/follow-ups/?ordering=agreed",
    "/decisions/",
    "/retreats/",
    "/reviews/",
    "/days/",
    "/sessions/",
    "/participants/",
    "/issues/",
    "/notes/",
    "/notes/?kind=dilemma&matrix=true",
    "/suggestions/",
    "/ballots/",
    "/retreats/compare/",
    "/people/",
    "/programmes/",
    "/bodies/",
    "/organisations/",
    "/sectors/",
    "/regions/",
    "/cities/",
    "/commitments/",
    "/plans/",
    "/contradictions/",
    "/understood/",
    "/documents/",
    "/papers/",
)
OWN = (
    "/",
    "/search/",
    "/search/?search=wiego",
    "/account/",
    "/account/second-step/",
    "/account/signed-in/",
    "/account/programs/",
    "/sign-in/out/",
)
VERBS = ("", "edit/", "update/", "done/", "more-time/", "who/")


class Page(HTMLParser):
    """What a page holds: its headings, what is inline, and the labels of its fields."""

    def __init__(self, response):
        super().__init__()
        self.headings, self.inline, self.fields, self.labelled = [], [], [], set()
        self.open = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.open.append(tag)
        if tag == "h1":
            self.headings.append("")
        if tag == "style" or (tag == "script" and "src" not in attrs):
            self.inline.append(tag)
        self.inline += [name for name in attrs if name == "style" or name.startswith("on")]
        if tag == "label":
            self.labelled.add(attrs.get("for"))
        if tag in ("input", "textarea", "select") and attrs.get("type") != "hidden":
            named = "aria-label" in attrs or "label" in self.open
            self.fields.append((attrs.get("id"), named))

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "h1":
            self.headings[-1] += data

    @property
    def unlabelled(self):
        return [key for key, named in self.fields if not named and key not in self.labelled]


def check_page(response, status=200):
    """The rules every page keeps."""
    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    page = Page(response)
    assert len(page.headings) == 1
    assert page.headings[0].strip() != ""
    assert page.inline == []
    assert len(gzip.compress(response.content)) < LATER
    return page


def waiting(model):
    return model.objects.unlinked()[:1]


def details():
    """The page of one record of each noun, and the retreat everything comes from."""
    follow_up = FollowUp.objects.get(title="Formalization")
    found = [f"/follow-ups/{follow_up.ref}/{verb}" for verb in VERBS]
    found += [f"/follow-ups/{each.ref}/" for each in FollowUp.objects.all()[:6]]
    found += [f"/decisions/{each.ref}/" for each in Decision.objects.all()[:3]]
    found += [f"/sessions/{each.ref}/" for each in Session.objects.all()[:3]]
    found += [f"/issues/{each.ref}/" for each in StrategicIssue.objects.all()[:3]]
    found += [f"{found[-1]}{page}/" for page in ("same", "link")]
    found += [f"/assignments/{each.ref}/who/" for each in waiting(Assignment)]
    found += [f"/notes/{each.ref}/" for each in Note.objects.all()[:3]]
    found += [f"/suggestions/{each.ref}/" for each in Suggestion.objects.all()[:3]]
    found += [f"/notes/{each.ref}/{page}" for each in waiting(Note) for page in ("", "who/")]
    one = SuggestionFactory(said_by_text="Zimbabwe")
    found += [f"/suggestions/{one.ref}/{page}" for page in ("", "who/")]
    found += [f"/ballots/{each.ref}/" for each in Ballot.objects.all()]
    wall = Note.objects.on_the_wall().values_list("session", flat=True).distinct()
    walls = Session.objects.filter(pk__in=wall)
    found += [f"/sessions/{each.ref}/{more}" for each in walls for more in ("", "matrix/")]
    found += [f"/reviews/{each.slug}/" for each in StrategicReview.objects.all()]
    for model in NOUNS:
        name = {Person: "people", City: "cities", Body: "bodies"}.get(model)
        name = name or f"{model._meta.model_name}s"
        found += [f"/{name}/{each.slug}/" for each in model.objects.all()[:2]]
    told = ("/people/marty-chen/", "/bodies/wiego-board/", "/organisations/wiego/")
    told += ("/programmes/focal-cities/", "/plans/focal-cities-2018/", "/cities/delhi/")
    told += ("/people/marty-chen/all/", "/retreats/bellagio-2017/all/", "/cities/delhi/all/")
    told += ("/commitments/c189/all/?kind=work&year=2017", "/regions/africa/all/?how=concerns")
    return [*found, "/retreats/bellagio-2017/", "/commitments/c177/", *told]


def test_every_page_keeps_the_rules_for_a_coordinator(client_of, coordinator):
    client, issue = client_of(coordinator), IssueFactory()
    one = IssueFactory(title=issue.title, merged_into=issue)
    more = ("/follow-ups/new/", "/to-sort-out/", f"/issues/{one.ref}/apart/")
    for address in (*OWN, *LISTS, *more, *details()):
        page = check_page(client.get(address))
        assert page.unlabelled == [], address


@pytest.mark.parametrize("name", ["team_member", "board_member", "guest", "administrator"])
def test_every_list_keeps_the_rules_for_everybody(name, client_of, cast):
    client = client_of(getattr(cast, name))
    for address in (*OWN, *LISTS):
        check_page(client.get(address))


def test_password_pages_keep_the_rules(client_of, stranger):
    client = client_of(stranger)
    check_page(client.get("/sign-in/password/first/"))
    stranger.set_password("a long enough pass phrase")
    stranger.save()
    check_page(client_of(stranger).get("/sign-in/password/change/"))


def test_stranger_has_a_home_and_an_account(client_of, stranger):
    client = client_of(stranger)
    for address in OWN:
        check_page(client.get(address))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/",
        "/sign-in/password/",
        "/sign-in/password/sent/",
        "/sign-in/password/set/",
        "/sign-in/password/1-nothing/",
        "/sign-in/inactive/",
    ],
)
def test_pages_before_signing_in_keep_the_rules(client, address):
    page = check_page(client.get(address))
    assert page.unlabelled == []


def break_down(request):
    raise RuntimeError("on purpose")


def misunderstand(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation("on purpose")


for view in (break_down, misunderstand):
    view.login_required = False
urlpatterns = [*urls.urlpatterns, path("break/", break_down), path("misunderstand/", misunderstand)]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_pages")
@pytest.mark.parametrize(
    ("address", "status"), [("/nowhere/", 404), ("/break/", 500), ("/misunderstand/", 400)]
)
def test_error_pages_keep_the_rules_for_anybody(address, status, client_of, coordinator):
    anonymous, signed_in = Client(), client_of(coordinator)
    for client in (anonymous, signed_in):
        client.raise_request_exception = False
        check_page(client.get(address), status)


def test_refused_page_keeps_the_rules(client_of, team_member):
    other = FollowUp.objects.get(title="Formalization")
    check_page(client_of(team_member).get(f"/follow-ups/{other.ref}/edit/"), 403)


@pytest.mark.django_db
def test_form_from_elsewhere_keeps_the_rules():
    client = Client(enforce_csrf_checks=True)
    check_page(client.post("/sign-in/", {"login": "a@example.org", "password": "x"}), 403)


def test_missing_is_the_same_page_for_hidden_and_absent(client_of, guest):
    hidden = FollowUp.objects.get(title="Formalization")
    client = client_of(guest)
    there, nowhere = (client.get(f"/follow-ups/{ref}/") for ref in (hidden.ref, "F-00000000"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content


def static_weight(response):
    """The compressed files a page links, each once."""
    text = response.content.decode()
    names = set(re.findall(rf'(?:href|src)="/?{settings.STATIC_URL.lstrip("/")}([^"?]+)', text))
    assert names != set()
    return sum(len(gzip.compress(open(finders.find(name), "rb").read())) for name in names)


def test_first_visit_is_light(client_of, coordinator):
    answer = client_of(coordinator).get("/follow-ups/")
    assert "htmx" in str(htmx_script())
    assert len(gzip.compress(answer.content)) + static_weight(answer) < FIRST_VISIT


def test_stylesheet_is_small():
    sheet = open(finders.find("review/review.css"), "rb").read()
    assert len(gzip.compress(sheet)) < 12 * 1024


def test_fragment_is_for_htmx_only_and_says_so(client_of, coordinator):
    client = client_of(coordinator)
    whole = client.get("/follow-ups/?kind=webinar")
    part = client.get("/follow-ups/?kind=webinar", headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert "HX-Request" in answer["Vary"]
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert whole.content.count(b"<tr>") == part.content.count(b"<tr>") == 6


def test_wrong_filter_is_told_beside_it_with_what_was_typed(client_of, coordinator):
    answer = client_of(coordinator).get("/follow-ups/?lead=Marty+Chenn&due_by=soon")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Marty Chenn"' in text
    assert 'value="soon"' in text
    assert "Write the day as 2017-11-13." in text


def test_name_like_somebody_is_offered_as_a_link(client_of, coordinator):
    answer = client_of(coordinator).get("/follow-ups/?lead=Marty+Chenn&kind=webinar")
    assert 'href="?kind=webinar&amp;lead=marty-chen"' in answer.content.decode()


def test_new_follow_up_with_errors_keeps_what_was_typed(client_of, team_member):
    typed = {
        "title": "Find a room in Lima",
        "leads": "Nobodyatall Whatsoever",
        "when": "day",
        "due_text": "first week of June",
        "kind": "plan",
        "note": "Near the market",
        "key": "a-key",
    }
    answer = client_of(team_member).post("/follow-ups/new/", typed)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert {name: form[name].value() for name in typed} == typed
    assert list(form.errors) == ["leads"]
    assert not FollowUp.objects.filter(title="Find a room in Lima").exists()


def above(answer):
    """What stands above a form that is shown again."""
    found = re.search(
        r'<div class="errors" role="alert">(.*?)</div>', answer.content.decode(), re.S
    )
    return found and " ".join(re.sub("<[^>]+>", " ", found[1]).split())


LOOK = "Not saved yet: look at what is marked below. What you typed is still here."


def test_form_shown_again_says_once_what_is_wrong(client_of, team_member):
    client = client_of(team_member)
    far = {"title": "Find a room", "when": "day", "due_on": "0017-06-01"}
    answer = client.post("/follow-ups/new/", far)
    assert above(answer) == LOOK
    assert answer.content.decode().count("Write a year between 1900 and 2199.") == 1


def test_more_time_that_is_less_keeps_what_was_typed(client_of, coordinator):
    paper = workflow.add_follow_up(title="Paper", due_on=date(2030, 6, 7), by=coordinator)
    typed = {"when": "day", "due_on": "2030-06-01", "why": "Lima came"}
    answer = client_of(coordinator).post(f"/follow-ups/{paper.ref}/more-time/", typed)
    form = answer.context["form"]
    assert above(answer) == LOOK
    assert {name: form[name].value() for name in typed} == typed
    told = "This is earlier than 7 Jun 2030. Choose a later day, or put the date right in Edit."
    assert dict(form.errors) == {"due_on": [told]}


def test_wrong_password_is_told_beside_it_only(client_of, team_member):
    answer = client_of(with_password(team_member)).post("/account/prove/", {"password": "no"})
    assert above(answer) is None
    assert "That is not your password." in answer.content.decode()


def test_organisation_nobody_knows_is_not_called_nobody(client_of, team_member):
    sent = {"title": "Find a room", "when": "none", "organisations": "Qxqxqx"}
    form = client_of(team_member).post("/follow-ups/new/", sent).context["form"]
    told = "No organisation is called “Qxqxqx”. Try another spelling."
    assert dict(form.errors) == {"organisations": [told]}


def test_document_is_named_once_with_its_places(client_of, team_member):
    of_follow_ups = Source.objects.filter(content_type__model="followup")
    (pk, places), *_rest = Counter(of_follow_ups.values_list("object_id", flat=True)).most_common(1)
    follow_up = FollowUp.objects.get(pk=pk)
    text = client_of(team_member).get(f"/follow-ups/{follow_up.ref}/").content.decode()
    part = text.split('<section class="said">')[1].split("</section>")[0]
    titles = {each.document.title for each in of_follow_ups.filter(object_id=pk)}
    assert [part.count(title) for title in titles] == [1] * len(titles)
    assert len(re.findall(r"\blines? \d+", part)) == places > len(titles)


def test_guest_is_not_told_of_days_without_sessions(client_of, guest, team_member):
    """What a guest may not see and what is not there read the same: nothing."""
    told = "No session is told of this day."
    empty = DayFactory(retreat=Retreat.objects.get(slug="bellagio-2017"), number=9)
    as_guest, as_team = (
        client_of(each).get("/retreats/bellagio-2017/").content.decode()
        for each in (guest, team_member)
    )
    assert (as_guest.count(told), as_team.count(told)) == (0, 1)
    days = [day for day, sessions in retreat_days(client_of(guest)) if not sessions]
    assert len(days) > 1 and empty in days
    for day in days:
        after = as_guest.split(f"{day}")[1]
        venue = f'<p class="soft">{day.venue}</p>' if day.venue else ""
        assert after.split("</h3>")[1].split("</section>")[0].strip() == venue


def retreat_days(client):
    return client.get("/retreats/bellagio-2017/").context["agenda"]


def test_error_under_more_opens_it(client_of, team_member):
    wrong = {"title": "Find a room", "when": "none", "retreat": "no-such"}
    answer = client_of(team_member).post("/follow-ups/new/", wrong)
    assert '<details class="more" open>' in answer.content.decode()


def test_report_order_has_the_headings_of_the_report(client_of, coordinator):
    answer = client_of(coordinator).get("/follow-ups/?retreat=bellagio-2017&ordering=agreed")
    headings = re.findall(r'scope="rowgroup">([^<]+)<', answer.content.decode())
    assert headings[:2] == ["Webinars 5", "Two-pagers 6"]
    assert "Working groups 7" in headings


def test_name_nobody_has_is_shown_as_such(client_of, coordinator):
    group = FollowUp.objects.get(title="Home-based workers", kind="working_group")
    text = client_of(coordinator).get(f"/follow-ups/{group.ref}/").content.decode()
    assert "nobody known by this name" in text


def test_name_in_the_document_stands_beside_who_is_meant(client_of, coordinator):
    follow_up = FollowUp.objects.get(title="Formalization")
    text = client_of(coordinator).get(f"/follow-ups/{follow_up.ref}/").content.decode()
    assert "<q>Federico Para</q>" in text


def test_session_not_held_tells_where_its_topic_went(client_of, coordinator):
    text = client_of(coordinator).get("/retreats/bellagio-2017/").content.decode()
    session = Session.objects.exclude(moved_to="").get()
    assert session.moved_to in text


def test_home_with_nothing_says_so_and_what_was_agreed(client_of, stranger, coordinator):
    assert "Nothing waits for you." in client_of(stranger).get("/").content.decode()
    home = client_of(coordinator).get("/")
    agreed = [{"name": "Bellagio, April 2017", "slug": "bellagio-2017"}]
    assert home.context["blocks"]["agreed"] == [
        {**each, "counts": ["11 issues", "7 groups"]} for each in agreed
    ]
