"""The admin's front door: our own sign-in, our words, and a desk for those who have one."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from .admin import PolicyAdmin


class SeenAutocomplete(AutocompleteJsonView):
    """Answers for relations of nouns the reader sees; others are not there."""

    def process_request(self, request):
        try:
            found = super().process_request(request)
        except PermissionDenied:
            raise Http404 from None
        source = self.admin_site._registry.get(found[2].model)
        if source is None or not source.has_view_permission(request):
            raise Http404
        return found

    def get_queryset(self):
        """One that became another is not offered."""
        found = super().get_queryset()
        return found.listed() if hasattr(found, "listed") else found

    def has_perm(self, request, obj=None):
        if not super().has_perm(request, obj):
            raise Http404
        return True


class ReviewAdminSite(AdminSite):
    """`desks` is `{role: function(request) -> context}`: a home of its own for that role."""

    site_header = _("WIEGO Review: the office")
    site_title = _("WIEGO Review")
    index_title = _("The office")
    enable_nav_sidebar = False
    desks = {}

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only what goes through the policies; other apps' own screens stay out."""
        if admin_class is not None and issubclass(admin_class, PolicyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.is_staff

    def admin_view(self, view, cacheable=False):
        stock = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if not self.has_permission(request):
                raise Http404
            return stock(request, *args, **kwargs)

        for name in ("csrf_exempt", "login_required", "should_append_slash"):
            if hasattr(view, name):
                setattr(inner, name, getattr(view, name))
        return inner

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        if not request.user.is_authenticated:
            target = request.GET.get("next") or reverse("admin:index")
            return redirect_to_login(target, reverse("account_login"))
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def autocomplete_view(self, request):
        return SeenAutocomplete.as_view(admin_site=self)(request)

    def desk_of(self, request):
        """The desk of a reader whose roles have one, unless they keep the office as well."""
        roles = request.user.roles
        if roles & {"coordinator", "administrator"}:
            return None
        return next((self.desks[role] for role in self.desks if role in roles), None)

    def each_context(self, request):
        context = super().each_context(request)
        on_desk = self.desk_of(request) is not None
        if on_desk:
            context["available_apps"] = []
        return context | {"on_desk": on_desk}

    def index(self, request, extra_context=None):
        desk = self.desk_of(request)
        if desk is None:
            return super().index(request, extra_context)
        request.current_app = self.name
        context = {**self.each_context(request), **desk(request)}
        return TemplateResponse(request, "admin/desk.html", context)

    def get_app_list(self, request, app_label=None):
        """From the top of the house down."""
        floors = ["actions", "retreats", "programmes"]
        found = super().get_app_list(request, app_label)
        return sorted(found, key=lambda app: floors.index(app["app_label"]))
