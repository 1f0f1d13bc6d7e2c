from django.contrib.admin.apps import AdminConfig


class ReferenceAdminConfig(AdminConfig):
    """Django's admin, with our site in place of its own."""

    default_site = "core.access.admin_site.ReferenceSite"
