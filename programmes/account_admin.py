"""Accounts in the admin: who is invited, as what, and what is done for who lost the way in."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiego_review.common import access
from wiego_review.common.admin_forms import PolicyForm
from wiego_review.common.errors import Refused
from wiego_review.common.filters import ReviewFilterSet, SearchFilter

from . import emails, mail, workflow
from .admin import RecordAdmin
from .models import User

ROLE_WORDS = {
    "guest": gettext_lazy("Guest: the retreats they took part in"),
    "team": gettext_lazy("Team member"),
    "coordinator": gettext_lazy("Coordinator"),
    "board": gettext_lazy("Board member"),
    "chair": gettext_lazy("Chair of the Board"),
    "administrator": gettext_lazy("Administrator: accounts, nothing more"),
}


class RolesField(forms.ModelMultipleChoiceField):
    """Roles in words."""

    def __init__(self, **kwargs):
        roles = Group.objects.filter(name__in=access.ROLES).order_by("name")
        super().__init__(roles, widget=forms.CheckboxSelectMultiple, required=False, **kwargs)

    def label_from_instance(self, group):
        return ROLE_WORDS[group.name]


class AccountForm(PolicyForm):
    """An account as an administrator changes it. Nobody changes their own rights."""

    groups = RolesField(label=gettext_lazy("Roles"))

    def clean(self):
        cleaned = super().clean()
        rights = {"groups", "is_active"} & set(self.changed_data)
        if rights and self.instance.pk == self.request.user.pk and not self.adding:
            told = _("Ask another administrator to change your own roles or to close your account.")
            raise ValidationError(told)
        return cleaned


class InviteForm(AccountForm):
    """Who is invited, as what."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].help_text = _(
            "Choose who this is. Until an account is linked to a person, others see “Somebody” "
            "where it wrote something."
        )

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def verb_values(self):
        values = super().verb_values()
        return {
            "email": values["email"],
            "roles": values["groups"],
            "person": values["person"],
            "zone": values["timezone"],
            "language": values["language"],
        }


class UserFilterSet(ReviewFilterSet):
    search = SearchFilter("email", method="by_words")

    def by_words(self, queryset, name, value):
        for word in " ".join(value).casefold().split():
            queryset = queryset.filter(email__contains=word)
        return queryset


@admin.register(User)
class UserAdmin(RecordAdmin):
    filterset = UserFilterSet
    list_display = ("email", "person", "roles_in_words", "is_active", "last_login")
    list_select_related = ("person",)
    fields = ("email", "person", "groups", "timezone", "language", "is_active")
    search_fields = ("email",)
    form = AccountForm
    actions = ("send_invitation_again", "take_second_step_off")

    def has_view_permission(self, request, obj=None):
        return "all" in request.viewer.grains("user")

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name != "is_active"]

    def get_readonly_fields(self, request, obj=None):
        return ("email",) if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = InviteForm
        return super().get_form(request, obj, change=change, **kwargs)

    def read_cells(self, request, records):
        held = User.groups.through.objects.filter(user__in=[record.pk for record in records])
        names = {}
        for pk, name in held.values_list("user_id", "group__name"):
            names.setdefault(pk, []).append(name)
        for record in records:
            record.role_names = sorted(names.get(record.pk, ()))

    @admin.display(description=gettext_lazy("Roles"))
    def roles_in_words(self, user):
        return ", ".join(str(ROLE_WORDS[name]).partition(":")[0] for name in user.role_names) or "–"

    def add_record(self, request, values, told):
        user = workflow.invite(**values, **told)
        transaction.on_commit(lambda: self.send(request, user))
        return user

    def send(self, request, user) -> bool:
        """Mail the invitation; that it did not go yet is told, and the account stays."""
        return mailed(request, emails.invitation(user))

    def has_invite_permission(self, request):
        return request.user.has_perm("programmes.invite_user")

    @admin.action(description=gettext_lazy("Send the invitation again"), permissions=("invite",))
    def send_invitation_again(self, request, queryset):
        sent = sum(self.send(request, user) for user in queryset if user.may_sign_in)
        told = ngettext("%(count)s invitation sent.", "%(count)s invitations sent.", sent)
        messages.success(request, told % {"count": sent})

    def has_take_off_step_permission(self, request):
        return request.user.has_perm("programmes.take_off_step_user")

    @admin.action(
        description=gettext_lazy("Take the second step off: it was lost"),
        permissions=("take_off_step",),
    )
    def take_second_step_off(self, request, queryset):
        """They sign in without it again, and hear of it by mail."""
        for user in queryset:
            try:
                workflow.take_off_step(user, by=request.user, via="admin")
            except Refused as refused:
                messages.error(request, refused)
                continue
            told = _(
                "The second step of %(email)s is taken off. Make sure that it was them who asked."
            )
            messages.success(request, told % {"email": user.email})
            mailed(request, emails.step_news(user, "taken_off"))


def mailed(request, message) -> bool:
    """Send a mail; one that does not go yet is kept, that is told, and what was done stays."""
    if message.send():
        return True
    told = _("The mail to %(email)s is kept here: %(why)s")
    messages.warning(request, told % {"email": message.to[0], "why": mail.why_kept()})
    return False
