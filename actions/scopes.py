"""What the second floor adds to a viewer: the follow-ups given to them, and their issues."""

from wiego_review.common import floors

from .models import Assignment, FollowUp


def assigned_follow_ups(viewer):
    """What is Board only is not among them, whoever it was given to."""
    if not viewer.person_id:
        return ()
    given = Assignment.objects.current().filter(person_id=viewer.person_id, follow_up__sealed=False)
    return given.values_list("follow_up_id", flat=True)


def issues_of_assigned(viewer):
    assigned = FollowUp.objects.filter(pk__in=viewer.scope["followup"], issue__isnull=False)
    return assigned.values_list("issue_id", flat=True)


def people_known(viewer):
    """Whom the floors below let them know, and who has or gave what was given to them."""
    known = met(viewer)
    beside = Assignment.objects.filter(follow_up_id__in=viewer.scope["followup"])
    named = beside.values_list(
        "person_id", "given_by__person_id", "follow_up__created_by__person_id"
    )
    return {*known, *(pk for each in named for pk in each if pk)}


met = floors.scope["person"]
floors.scope["person"] = people_known
floors.scope["followup"] = assigned_follow_ups
floors.scope["strategicissue"] = issues_of_assigned
