"""What a page links and offers: by what its reader may open and do, and by nothing else."""

import pytest

from wiego_review.common.templatetags import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(cast, viewer_of):
    """`linked(reader, noun)`: whether a name of this noun is a link to them."""

    def ask(reader, noun):
        context = {"viewer": viewer_of(getattr(cast, reader))}
        return "<a " in words.link(context, {"name": "Jane Barrett", "slug": "jane-barrett"}, noun)

    return ask


@pytest.mark.parametrize(
    ("reader", "linked_nouns"),
    [
        ("team_member", ["person", "programme", "retreat"]),
        ("guest", ["retreat"]),
        ("administrator", []),
        ("stranger", []),
    ],
)
def test_name_is_a_link_where_its_page_can_be_opened(linked, reader, linked_nouns):
    nouns = ("person", "programme", "retreat")
    assert [noun for noun in nouns if linked(reader, noun)] == linked_nouns


def test_new_follow_up_is_offered_to_those_who_may_add_one(cast, client_of):
    offered = [
        name
        for name, user in vars(cast).items()
        if b'href="/follow-ups/new/"' in client_of(user).get("/account/").content
    ]
    assert offered == ["team_member", "other_team_member", "coordinator", "board_member", "chair"]


def test_roles_are_told_by_what_an_account_is(cast):
    assert [words.roles_in_words(user) for user in (cast.guest, cast.chair, cast.stranger)] == [
        "Guest",
        "Board member, chair of the Board",
        "nobody in particular yet",
    ]


@pytest.mark.parametrize(
    ("reader", "whose", "offered"),
    [
        ("team_member", "team_member", ["name"]),
        ("team_member", "other_team_member", []),
        ("coordinator", "team_member", ["name", "left"]),
        ("board_member", "team_member", []),
    ],
)
def test_page_of_a_person_offers_what_its_reader_may_do(reader, whose, offered, cast, client_of):
    address = f"/people/{getattr(cast, whose).person.slug}/"
    page = client_of(getattr(cast, reader)).get(address).content.decode()
    assert [each for each in ("name", "left") if f'href="{address}{each}/"' in page] == offered


@pytest.mark.parametrize(("who", "offered"), [("team_member", True), ("guest", False)])
def test_account_offers_to_set_the_name_to_who_may(who, offered, cast, client_of):
    user = getattr(cast, who)
    page = client_of(user).get("/account/").content.decode()
    assert (f'href="/people/{user.person.slug}/name/"' in page) == offered


@pytest.mark.parametrize(("who", "status"), [("team_member", 200), ("guest", 400)])
def test_search_is_narrowed_to_kinds_its_reader_sees(who, status, cast, client_of):
    answer = client_of(getattr(cast, who)).get("/api/v1/search/?search=a&kind=commitment")
    assert answer.status_code == status


@pytest.mark.parametrize(("who", "told"), [("stranger", True), ("team_member", False)])
def test_account_without_a_role_is_told_why_it_sees_nothing(who, told, cast, client_of):
    page = client_of(getattr(cast, who)).get("/").content.decode()
    assert ("nobody has said yet what you do here" in page) == told
