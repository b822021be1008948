"""The beginning of REST: where the lists are, and what describes them."""

from django.urls import resolve

START = "http://testserver/api/v1/"
LISTS = (
    "people programmes organisations bodies sectors regions cities commitments plans "
    "contradictions understood documents reviews retreats days sessions participants issues "
    "notes suggestions ballots follow-ups assignments updates outputs decisions"
)
TABLES = "compare-retreats who-has-how-much how-it-stands-by-programme"


def test_contents_lead_to_every_list_and_its_description(api_of, guest):
    answer = api_of(guest).get("/api/v1/")

    told = answer.json()
    assert answer["Cache-Control"] == "private, no-store"
    assert sorted(told["lists"]) == sorted(LISTS.split())
    assert told["lists"] == {name: f"{START}{name}/" for name in told["lists"]}
    assert told["tables"] == {name: f"{START}tables/{name}/" for name in TABLES.split()}
    assert told["search"] == f"{START}search/"
    assert (told["schema"], told["docs"]) == (f"{START}schema/", f"{START}docs/")
    for place in (*told["lists"].values(), told["schema"], told["docs"]):
        assert api_of(guest).get(place).status_code == 200
        assert resolve(place.removeprefix("http://testserver")) is not None


def test_contents_are_for_those_signed_in_and_only_read(client, api_of, stranger):
    api = api_of(stranger)
    answers = [client.get("/api/v1/"), api.post("/api/v1/", {}), api.get("/api/v1/?colour=red")]

    assert [each.status_code for each in answers] == [401, 405, 400]
    assert [each.json()["code"] for each in answers] == [
        "not_authenticated",
        "method_not_allowed",
        "bad_query",
    ]
