"""How the tests ask REST, and what its contract names."""

NOUNS = {
    "people": "slug name aliases title organisation bodies",
    "organisations": "slug name",
    "programmes": "slug name",
    "bodies": "slug name kind members",
    "sectors": "slug name",
    "regions": "slug name",
    "cities": "slug name country joined left team",
    "commitments": "slug name provisions works",
    "plans": "slug name pillars points",
    "contradictions": "ref title said_as kind concerns documents sources",
    "understood": "ref title concerns answer answered_by answered_at sources",
    "documents": "slug title dated_on attached",
    "reviews": "slug title steps inputs committees",
    "retreats": "slug title theme kind venue city country starts_on ends_on dates_exact "
    "dates_text review headcounts",
    "days": "ref retreat number date heading venue",
    "sessions": "ref retreat day order title status facilitators speakers",
    "participants": "ref retreat person capacity attended",
    "issues": "ref title retreats review follow_ups",
    "notes": "ref retreat session kind theme for_whom text said_by order",
    "suggestions": "ref retreat title said_by times taken_up follow_ups",
    "ballots": "ref session title question dots_per_voter entitled total_dots findings options",
    "follow-ups": "review session parent steps sectors regions cities commitments organisations "
    "suggestions original_due outputs sources created_by created_at",
    "assignments": "ref follow_up role order as_named target answer",
    "decisions": "ref number body retreat title outcome said_as decided_on state sealed",
}
ROW = (  # in this order
    "ref kind title state leads supports programmes issue retreat due_on due_until due_text "
    "due_anchor slips overdue quiet version updated_at url"
)
ALL = [*NOUNS, "updates", "outputs"]
ERROR = ["code", "current", "detail", "fields"]
START = "/api/v1/"


def url(noun, key=None, verb=None):
    return START + "/".join(part for part in (noun, key, verb) if part) + "/"


def posted(api, address, data, **headers):
    return api.post(address, data, format="json", headers=headers)


def codes(answer):
    """Status and code, the error's form checked on the way."""
    told = answer.json()
    assert sorted(set(told) - {"candidates"}) == ERROR
    return answer.status_code, told["code"]
