"""The ground floor in the admin: who we are, and the accounts."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wiego_review.common import access
from wiego_review.common.admin import PolicyAdmin
from wiego_review.common.admin_forms import PolicyForm
from wiego_review.common.filters import CodeFilter, ReviewFilterSet, SearchFilter, SlugFilter

from . import emails, mail, workflow
from .history import conflict_lines, history_of
from .listings import LISTINGS
from .models import (
    Alias,
    Body,
    City,
    Fact,
    Membership,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Person,
    Programme,
    Region,
    Sector,
    User,
)
from .together import office_links

BY_NAME = {listing.name: listing for listing in LISTINGS}

ROLE_WORDS = {
    "guest": gettext_lazy("Guest: the retreats they took part in"),
    "team": gettext_lazy("Team member"),
    "coordinator": gettext_lazy("Coordinator"),
    "board": gettext_lazy("Board member"),
    "chair": gettext_lazy("Chair of the Board"),
    "administrator": gettext_lazy("Administrator: accounts, nothing more"),
}


class RecordAdmin(PolicyAdmin):
    """A noun that `add` and `edit` write, with its history from ChangeSets."""

    def add_record(self, request, values, told):
        return workflow.add(self.model, **values, **told)

    def edit_record(self, record, values, told):
        return workflow.edit(record, **values, **told)

    def conflict_lines(self, conflict, viewer):
        return conflict_lines(conflict, viewer)

    def history_of(self, record, viewer, also=()):
        return history_of(record, viewer, also)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["together"] = office_links(request, self.listing, obj) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class AliasFilterSet(ReviewFilterSet):
    search = SearchFilter("key")
    person = SlugFilter(Person, label=gettext_lazy("Person"))
    programme = SlugFilter(Programme, label=gettext_lazy("Programme"))
    body = SlugFilter(Body, label=gettext_lazy("Body"))
    organisation = SlugFilter(Organisation, label=gettext_lazy("Organisation"))


class MembershipFilterSet(ReviewFilterSet):
    search = SearchFilter("person__search_text")
    role = CodeFilter(Membership.Role, label=gettext_lazy("Role"))
    person = SlugFilter(Person, label=gettext_lazy("Person"))
    body = SlugFilter(Body, label=gettext_lazy("Body"))
    programme = SlugFilter(Programme, label=gettext_lazy("Programme"))
    city = SlugFilter(City, label=gettext_lazy("City"))


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    listing = BY_NAME["people"]
    columns = ("name", "aliases", "title", "organisation")
    fields = ("name", "title", "organisation", "is_active")
    page_name = "people-detail"
    parts = (
        (Alias, "person", "person"),
        (Membership, "person", "person"),
        (Fact, "person", "person"),
    )

    def shown_fields(self, request, obj):
        return super().shown_fields(request, obj) if self.is_whole(request) else ["name"]

    def is_whole(self, request):
        """Whether the reader sees more of people than their names."""
        return "open" in request.viewer.grains("person")

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return columns if self.is_whole(request) else columns[:1]

    def history_view(self, request, object_id, extra_context=None):
        if not self.is_whole(request):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        context["no_history"] = not self.is_whole(request)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Programme)
class ProgrammeAdmin(RecordAdmin):
    listing = BY_NAME["programmes"]
    columns = ("name", "kind", "aliases")
    fields = ("name", "kind")
    page_name = "programmes-detail"
    parts = (
        (Alias, "programme", "programme"),
        (Membership, "programme", "programme"),
        (Fact, "programme", "programme"),
    )


@admin.register(Body)
class BodyAdmin(RecordAdmin):
    listing = BY_NAME["bodies"]
    columns = ("name", "kind", "aliases")
    fields = ("name", "kind", "code")
    page_name = "bodies-detail"
    parts = (
        (Alias, "body", "body"),
        (Membership, "body", "body"),
        (Fact, "body", "body"),
    )


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin):
    listing = BY_NAME["organisations"]
    columns = ("name", "country", "part_of", "aliases")
    fields = ("name", "country", "part_of")
    page_name = "organisations-detail"
    parts = (
        (Alias, "organisation", "organisation"),
        (OrganisationName, "organisation", "organisation"),
        (OrganisationRole, "organisation", "organisation"),
        (Fact, "organisation", "organisation"),
    )


@admin.register(Sector)
class SectorAdmin(RecordAdmin):
    listing = BY_NAME["sectors"]
    columns = ("name",)
    fields = ("name",)
    page_name = "sectors-detail"


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    listing = BY_NAME["regions"]
    columns = ("name",)
    fields = ("name",)
    page_name = "regions-detail"


@admin.register(City)
class CityAdmin(RecordAdmin):
    listing = BY_NAME["cities"]
    columns = ("name", "country", "focal", "joined_text")
    fields = (
        "name",
        "country",
        "focal",
        "joined_on",
        "joined_until",
        "joined_text",
        "left_on",
        "left_until",
        "left_text",
    )
    page_name = "cities-detail"
    parts = ((Membership, "city", "city"), (Fact, "city", "city"))


@admin.register(Alias)
class AliasAdmin(RecordAdmin):
    filterset = AliasFilterSet
    list_display = ("name", "person", "programme", "body", "organisation")
    list_select_related = ("person", "programme", "body", "organisation")
    fields = ("name", "person", "programme", "body", "organisation")


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    filterset = MembershipFilterSet
    list_display = ("person", "body", "programme", "role", "title")
    list_select_related = ("person", "body", "programme")
    fields = (
        "person",
        "body",
        "programme",
        "role",
        "title",
        "city",
        "started_on",
        "started_until",
        "started_text",
        "ended_on",
        "ended_until",
        "ended_text",
    )


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
    actions = ("send_invitation_again",)

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
        if emails.invitation(user).send():
            return True
        told = _("The mail to %(email)s is kept here: %(why)s")
        messages.warning(request, told % {"email": user.email, "why": mail.why_kept()})
        return False

    def has_invite_permission(self, request):
        return request.user.has_perm("programmes.invite_user")

    @admin.action(description=gettext_lazy("Send the invitation again"), permissions=("invite",))
    def send_invitation_again(self, request, queryset):
        sent = sum(self.send(request, user) for user in queryset if user.may_sign_in)
        told = ngettext("%(count)s invitation sent.", "%(count)s invitations sent.", sent)
        messages.success(request, told % {"count": sent})


from . import doubt_admin, plan_admin  # noqa: E402, F401  (they register themselves)
