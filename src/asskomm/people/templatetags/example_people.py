# SPDX-License-Identifier: EUPL-1.2
"""The example people for the page of signing in."""

from django import template

from asskomm.people.enums import FunctionRole
from asskomm.people.example import PEOPLE

register = template.Library()


@register.simple_tag
def example_people() -> list[dict[str, str]]:
    """Give role, name and slug of each."""
    return [
        {
            "slug": p.role.value.replace("_", "-"),
            "role": str(FunctionRole(p.role.value).label),
            "name": f"{p.given_name} {p.family_name}",
            "organisation": p.organisation,
        }
        for p in PEOPLE
    ]
