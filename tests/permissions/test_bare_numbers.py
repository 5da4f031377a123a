# SPDX-License-Identifier: EUPL-1.2
"""The watch sees what it should: a bare number in a page or a sentence, and no estimate."""

import pytest
from django.template import Context, Template

from asskomm.core.estimates import Estimate
from tests.permissions.bare_numbers import watching

SENTENCE = "{% load i18n %}{% blocktranslate count n=n %}{{ n }} Bank{% plural %}{{ n }} Bänke{% endblocktranslate %}"


@pytest.mark.parametrize(
    ("text", "value", "seen"),
    [
        ("{{ n }}", 5, {"n"}),
        ("{{ n|default:'' }}", 2.5, {"n|default:''"}),
        ("{{ n }}", Estimate(5), set()),
        ("{{ n }}", "5", set()),
        ("{{ n }}", True, set()),
        ("{% if n > 3 %}viele{% endif %}", 5, set()),
        (SENTENCE, 5, {"n"}),
        ("{% load i18n %}{% blocktranslate with m=n %}{{ m }} Bänke{% endblocktranslate %}", 5, {"m"}),
        ("{% load i18n %}{% blocktranslate %}{{ n }} Bänke{% endblocktranslate %}", 5, {"n"}),
        ("{% load i18n %}{% blocktranslate with m=n %}{{ m }} Bänke{% endblocktranslate %}", Estimate(5), set()),
    ],
)
def test_bare_numbers_are_seen(text: str, value: object, seen: set[str]) -> None:
    with watching() as found:
        Template(text).render(Context({"n": value}))
    assert {name for _template, name in found} == seen
