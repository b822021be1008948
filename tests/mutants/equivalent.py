"""Checks without which nothing is different, and why: `{name of the mutant: reason}`."""

EQUIVALENT = {
    "wiego_review.common.touching:Touching.of_every_kind · sees · "
    "self.viewer.grains(part.each.noun)": "Who has no grain of a noun sees none of its rows; "
    "not to ask for them saves a query each.",
    "programmes.views:person_detail · rows · person.aliases.visible_to(request.viewer)": "Who "
    "reads the history of a person sees the spellings.",
    "programmes.views:party_spellings · rows · one.aliases.visible_to(request.viewer)": "Who may "
    "change a party sees its spellings.",
    "programmes.views:party_spellings · rights · "
    "request.user.has_perm('programmes.split_off_alias', alias)": "Who may change a party may give "
    "its spellings to another; it is asked for the day the two part.",
}
