# SPDX-License-Identifier: EUPL-1.2
"""The identity provider for the page of signing in."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def identity_provider() -> str:
    """Give its name; empty where none is set."""
    return settings.OIDC_NAME if settings.OIDC_URL else ""
