from actions.models import FollowUp


def test_form_sent_again_tells_nothing_of_what_became_board_only(client_of, team_member):
    client = client_of(team_member)
    typed = {"title": "Write it", "key": "same"}
    client.post("/follow-ups/new/", typed)
    added = FollowUp.objects.filter(title="Write it")
    key = added.get().pk
    added.update(sealed=True, title="What the Board said")

    again = client.post("/follow-ups/new/", typed)
    read = client.get("/follow-ups/new/")

    assert (again.status_code, client.get(again.url).status_code) == (302, 404)
    assert "What the Board said" not in read.text
    assert FollowUp.objects.get(pk=key).version == 1
