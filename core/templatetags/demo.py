from django import template
from django.conf import settings

from core.services.demo_accounts import ACCOUNTS, PASSWORD, DemoAccount

register = template.Library()


@register.simple_tag
def demo_accounts() -> tuple[DemoAccount, ...]:
    """Nothing, except where every record is invented."""
    return ACCOUNTS if settings.DEMO else ()


@register.simple_tag
def demo_password() -> str:
    return PASSWORD if settings.DEMO else ""
