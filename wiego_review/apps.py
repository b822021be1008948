from django.contrib.admin.apps import AdminConfig as StockAdminConfig


class AdminConfig(StockAdminConfig):
    default_site = "wiego_review.common.admin_site.ReviewAdminSite"
