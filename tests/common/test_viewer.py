from tests.factories import UserFactory
from wiego_review.common.viewer import Viewer


def test_account_without_person_is_somebody_to_others(administrator, team_member):
    assert Viewer(team_member).account(administrator) == "Somebody"


def test_account_is_its_own_address_to_itself(administrator):
    assert Viewer(administrator).account(administrator) == "administrator@example.org"


def test_account_of_a_hidden_person_is_somebody(guest, other_team_member, coordinator):
    unmet = UserFactory()

    assert Viewer(guest).account(unmet) == "Somebody"
    assert Viewer(coordinator).account(unmet) == str(unmet.person)
