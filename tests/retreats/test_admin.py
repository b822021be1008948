import pytest
from django.http import QueryDict
from django.urls import reverse

from programmes.models import ChangeSet
from retreats.listings import LISTINGS
from tests.factories import DayFactory, RetreatFactory


@pytest.mark.parametrize("name", [listing.name for listing in LISTINGS])
def test_lists_show_rows_and_order_of_the_pages(coordinator, client_of, viewer_of, name):
    listing = next(each for each in LISTINGS if each.name == name)
    path = reverse(f"admin:retreats_{listing.model._meta.model_name}_changelist")

    response = client_of(coordinator).get(path)

    page = listing.select(viewer_of(coordinator), QueryDict(""))
    shown = [record.pk for record in response.context["cl"].result_list]
    assert shown == list(page.ids())[:50]


def test_retreat_is_edited_by_verb(coordinator, client_of):
    retreat = RetreatFactory(name="Team Retreat")
    data = {"name": "Team Retreat", "kind": "retreat", "venue": "Hall", "sent_version": 1}

    answer = client_of(coordinator).post(
        reverse("admin:retreats_retreat_change", args=[retreat.pk]), data
    )

    retreat.refresh_from_db()
    done = ChangeSet.objects.latest("at")
    assert (answer.status_code, retreat.venue) == (302, "Hall")
    assert (done.verb, done.via, done.by) == ("edit", "admin", coordinator)


def test_countries_and_themes_are_written_one_on_a_line(coordinator, client_of):
    retreat = RetreatFactory(countries=["India"], themes=["care"])
    path = reverse("admin:retreats_retreat_change", args=[retreat.pk])
    client = client_of(coordinator)
    shown = client.get(path).context["adminform"].form
    data = {"name": retreat.name, "kind": "retreat", "dates_exact": "on", "sent_version": 1}

    client.post(path, data | {"countries": " India\n\nPeru ", "themes": "care"})

    retreat.refresh_from_db()
    assert shown["countries"].value() == "India"
    assert (retreat.countries, retreat.themes) == (["India", "Peru"], ["care"])
    done = ChangeSet.objects.latest("at")
    assert {name for change in done.changes.all() for name in change.fields} == {"countries"}


def test_last_day_before_the_first_is_refused_in_words(coordinator, client_of):
    data = {"name": "X", "kind": "retreat", "starts_on": "2017-04-28", "ends_on": "2017-04-24"}

    answer = client_of(coordinator).post(reverse("admin:retreats_retreat_add"), data)

    assert answer.context["adminform"].form.non_field_errors() == [
        "The last day comes before the first. Change one of the two."
    ]


def test_day_is_found_by_number_and_heading(coordinator, client_of):
    retreat = RetreatFactory(name="Team Retreat")
    day = DayFactory(retreat=retreat, number=77, heading="Harvest")
    query = {"app_label": "retreats", "model_name": "session", "field_name": "day"}
    client = client_of(coordinator)

    found = [
        client.get("/admin/autocomplete/", query | {"term": term}).json()["results"]
        for term in ("77", "Harvest", "77 Harvest", "78 Harvest")
    ]

    here = [{"id": str(day.pk), "text": str(day)}]
    assert found == [here, here, here, []]
