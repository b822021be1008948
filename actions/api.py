"""The REST door of the second floor: viewsets whose actions call the verbs."""

from dataclasses import replace

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from programmes.history import conflict_values
from retreats.listings import LISTINGS as RETREATS
from wiego_review.common.api import ListingViewSet, viewset_for
from wiego_review.common.schema import errors

from . import draft_rows, serializers, workflow
from .drafts import read_drafts
from .listings import LISTINGS
from .models import FollowUp
from .paper_api import OutputViewSet
from .rows import IssueWithFollowUps, SuggestionWithFollowUps

BY_NAME = {listing.name: listing for listing in LISTINGS}
BELOW = {listing.name: listing for listing in RETREATS}


class FollowUpViewSet(ListingViewSet):
    listing = BY_NAME["follow-ups"]
    inputs = {
        "create": serializers.FollowUpInput,
        "partial_update": serializers.FollowUpEdit,
        "complete": serializers.CompleteInput,
        "ask_help": serializers.CompleteInput,
        "reopen": serializers.VersionInput,
        "move_due": serializers.MoveDueInput,
        "assign": serializers.AssignInput,
        "parse": serializers.DraftsInput,
    }

    def create(self, request):
        self.permit("actions.add_followup")
        values = self.read_input()
        record = workflow.add_follow_up(**values, **self.act())
        return self.answer_new(record)

    def partial_update(self, request, key):
        follow_up = self.permitted(key, "edit")
        values = self.read_input(partial=True)
        act = self.act(values, version_needed=True)
        return self.answer(workflow.edit_follow_up(follow_up, **values, **act))

    @extend_schema(
        parameters=[], responses={200: draft_rows.Drafts, **errors(400, 401, 403, 411, 413, 415)}
    )
    @action(detail=False, methods=["post"])
    def parse(self, request):
        """Lines or a table as drafts of follow-ups. Nothing is saved."""
        self.permit("actions.add_followup")
        sent = self.read_input()
        on, retreat = sent.get("on") or timezone.localdate(), sent.get("retreat")
        drafts = read_drafts(self.viewer, sent["text"], on)
        return Response(draft_rows.told(drafts, retreat))

    @action(detail=True, methods=["post"])
    def complete(self, request, key):
        return self.do("complete", key)

    @action(detail=True, methods=["post"], url_path="ask-help")
    def ask_help(self, request, key):
        return self.do("ask_help", key)

    @action(detail=True, methods=["post"])
    def reopen(self, request, key):
        return self.do("reopen", key)

    @action(detail=True, methods=["post"], url_path="move-due")
    def move_due(self, request, key):
        return self.do("move_due", key)

    @action(detail=True, methods=["post"])
    def assign(self, request, key):
        return self.do("assign", key)

    def do(self, verb, key):
        """Permit, read the input, do the verb of this name, answer the follow-up."""
        follow_up = self.permitted(key, verb)
        values = self.read_input()
        act = self.act(values)
        getattr(workflow, verb)(follow_up, **values, **act)
        return self.answer(follow_up)

    def permitted(self, key, verb):
        follow_up = self.find(key, FollowUp.objects.for_policies())
        self.permit(f"actions.{verb}_followup", follow_up)
        return follow_up

    def told(self, conflict):
        return conflict_values(conflict, self.viewer)


class AssignmentViewSet(ListingViewSet):
    listing = BY_NAME["assignments"]
    inputs = {
        "create": serializers.AssignmentInput,
        "accept": serializers.VersionInput,
        "decline": serializers.VersionInput,
        "unassign": serializers.VersionInput,
    }

    def create(self, request):
        values = self.read_input()
        follow_up = values.pop("follow_up")
        self.permit("actions.assign_followup", follow_up)
        act = self.act(values)
        assignment = workflow.assign(follow_up, **values, **act)
        return self.answer_new(assignment)

    @action(detail=True, methods=["post"])
    def accept(self, request, key):
        assignment = self.find(key)
        self.permit("actions.accept_assignment", assignment)
        return self.answer(workflow.accept(assignment, **self.sent()))

    @action(detail=True, methods=["post"])
    def decline(self, request, key):
        assignment = self.find(key)
        self.permit("actions.decline_assignment", assignment)
        workflow.decline(assignment, **self.sent())
        return self.answer(assignment)

    @action(detail=True, methods=["post"])
    def unassign(self, request, key):
        assignment = self.find(key)
        self.permit("actions.unassign_followup", assignment.follow_up)
        workflow.unassign(assignment, **self.sent())
        return self.answer(assignment)

    def sent(self):
        return self.act(self.read_input())


class UpdateViewSet(ListingViewSet):
    listing = BY_NAME["updates"]
    inputs = {"create": serializers.UpdateInput}

    def create(self, request):
        values = self.read_input()
        follow_up = values.pop("follow_up")
        self.permit("actions.update_followup", follow_up)
        written = workflow.update(follow_up, **values, **self.act())
        return self.answer_new(written)


VIEWSETS = {
    "follow-ups": FollowUpViewSet,
    "assignments": AssignmentViewSet,
    "updates": UpdateViewSet,
    "outputs": OutputViewSet,
    "issues": viewset_for(replace(BELOW["issues"], rows=IssueWithFollowUps())),
    "suggestions": viewset_for(replace(BELOW["suggestions"], rows=SuggestionWithFollowUps())),
}
