"""Drafts of follow-ups as REST and the command line tell them."""

from rest_framework import serializers

from programmes.filters import candidate

from .filing import FILED
from .models import FollowUp

TEXT = serializers.CharField


class DraftFiled(serializers.Serializer):
    slug, name = TEXT(), TEXT()


class DraftParty(DraftFiled):
    kind = TEXT()


class DraftName(serializers.Serializer):
    text = TEXT(help_text="The name as written.")
    party = DraftParty(allow_null=True)
    candidates = DraftParty(many=True, help_text="Whom it may mean, where that is not sure.")


class DraftIssue(serializers.Serializer):
    ref, title = TEXT(), TEXT()


class Draft(serializers.Serializer):
    line = serializers.IntegerField(help_text="Of the text sent, from 1.")
    text = TEXT()
    title = TEXT(allow_blank=True)
    kind = serializers.ChoiceField(FollowUp.Kind.choices)
    leads = DraftName(many=True)
    supports = DraftName(many=True)
    due_on = serializers.DateField(allow_null=True)
    due_until = serializers.DateField(allow_null=True)
    due_anchor = TEXT(allow_null=True)
    due_text = TEXT(allow_blank=True)
    ongoing = serializers.BooleanField()
    locals().update({name: DraftFiled(many=True) for name in FILED})
    issue = DraftIssue(allow_null=True)
    note = TEXT(allow_blank=True)
    likely = serializers.BooleanField(help_text="Whether it reads like something to be done.")
    unclear = serializers.ListField(child=TEXT(), help_text="What was not understood.")


class Drafts(serializers.Serializer):
    retreat = DraftFiled(allow_null=True)
    drafts = Draft(many=True)


def told(drafts, retreat=None) -> dict:
    """All drafts of a text, and the retreat they were agreed at."""
    return {"retreat": retreat and filed_of(retreat), "drafts": [draft_of(d) for d in drafts]}


def draft_of(draft) -> dict:
    due, (issue,) = draft.due, draft.filed.get("issue", [None])[:1]
    return {
        "line": draft.line,
        "text": draft.text,
        "title": draft.title,
        "kind": draft.kind,
        "leads": [name_of(each) for each in draft.leads],
        "supports": [name_of(each) for each in draft.supports],
        "due_on": due.on,
        "due_until": due.until,
        "due_anchor": due.anchor or None,
        "due_text": due.text,
        "ongoing": due.ongoing,
        **{name: [filed_of(each) for each in draft.filed.get(name, ())] for name in FILED},
        "issue": issue and {"ref": issue.ref, "title": issue.title},
        "note": draft.note,
        "likely": draft.likely,
        "unclear": draft.unclear,
    }


def name_of(named) -> dict:
    return {
        "text": named.text,
        "party": candidate(named.party) if named.party else None,
        "candidates": [candidate(each) for each in named.candidates],
    }


def filed_of(record) -> dict:
    return {"slug": record.slug, "name": record.name}
