from django.contrib.admin import AdminSite


class ReviewAdminSite(AdminSite):
    pass
