# SPDX-License-Identifier: EUPL-1.2
"""Watches what templates show: a number that is no `Estimate` is written down with its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.template.base import Node, Template, TokenType, VariableNode, render_value_in_context
from django.template.context import Context
from django.templatetags.i18n import BlockTranslateNode

Found = set[tuple[str, str]]


def _note(found: Found, node: Node, name: str, value: object) -> None:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        found.add((str(node.origin.template_name), name))


@contextmanager
def watching() -> Iterator[Found]:
    """Give the set that fills with template and expression of every bare number shown, those in translated sentences included."""
    found: Found = set()
    say = BlockTranslateNode.render

    def render(self: VariableNode, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        _note(found, self, str(self.filter_expression.token), value)
        return render_value_in_context(value, context)

    def translate(self: BlockTranslateNode, context: Context, nested: bool = False) -> str:  # noqa: FBT001, FBT002 -- Django's signature
        named = self.extra_context | ({self.countervar: self.counter} if self.counter else {})
        for token in self.singular:
            if token.token_type is TokenType.VAR:
                expression = named.get(token.contents)
                _note(found, self, token.contents, expression.resolve(context) if expression else context.get(token.contents))
        return say(self, context, nested)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VariableNode, "render", render)
        # Django's own tests copy the whole context of each template; nobody looks at these here, and it doubles the time.
        patch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
        patch.setattr(BlockTranslateNode, "render", translate)
        yield found
