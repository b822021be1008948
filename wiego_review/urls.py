"""The table of contents."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

import actions.api
import actions.listings
import programmes.listings
import retreats.listings
from wiego_review.common import api, away, tables
from wiego_review.common.api import Contents, NothingHere, viewset_for
from wiego_review.common.search_api import SearchView

from . import views

router = SimpleRouter()
for app in (programmes, retreats, actions):
    for listing in app.listings.LISTINGS:
        viewset = actions.api.VIEWSETS.get(listing.name) or viewset_for(listing)
        router.register(listing.name, viewset, basename=f"api-{listing.name}")

handler400, handler403 = api.not_understood, api.not_permitted
handler404, handler500 = api.not_found, away.went_wrong

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("", include("actions.urls")),
    path("", include("retreats.urls")),
    path("", include("programmes.urls")),
    path("sign-in/", include("programmes.account_urls")),
    path("admin/", admin.site.urls),
    path(
        "api/v1/",
        Contents.as_view(names=[name for name, *_rest in router.registry], tables=[*tables.tables]),
    ),
    path("api/v1/search/", SearchView.as_view(), name="api-search"),
    *(path(f"api/v1/tables/{name}/", view, name=f"api-{name}") for name, view in tables.routes()),
    path("api/v1/", include(router.urls)),
    path("api/v1/schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path(
        "api/v1/docs/",
        SpectacularSwaggerSplitView.as_view(
            url_name="api-schema", template_name="api_docs.html", template_name_js="api_docs.js"
        ),
        name="api-docs",
    ),
    re_path("^api/(?:.*/)?$", NothingHere.as_view()),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/mail/", views.mailbox, name="demo-mail"))
