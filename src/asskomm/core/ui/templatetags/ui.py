# SPDX-License-Identifier: EUPL-1.2
"""Tags that every template may use."""

from typing import TYPE_CHECKING, Any

from django import forms, template
from django.forms.boundfield import BoundWidget
from django.template.context import RequestContext
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.http import QueryDict

register = template.Library()

_CLASSES: dict[str, str] = {
    "select": "kern-form-input__select",
    "checkbox": "kern-form-check__checkbox",
    "radio": "kern-form-check__radio",
    "text": "kern-form-input__input",
}


def _kind(field: forms.BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.Select):
        return "select"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "text"


@register.filter
def kind(field: forms.BoundField) -> str:
    """Tell how a field is drawn: text, select, checkbox or choices."""
    return _kind(field)


@register.filter
def kern(field: forms.BoundField) -> SafeString:
    """Draw the widget of a field with KERN's class."""
    return field.as_widget(attrs={"class": _CLASSES[_kind(field)]})


@register.filter
def one_choice(choice: BoundWidget) -> SafeString:
    """Draw one answer of several; a browser calls those that must be answered invalid before anybody has answered, unless it is told."""
    choice.data["attrs"].setdefault("aria-invalid", "false")
    return choice.tag()


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: Any) -> str:
    """Give the page's query string with some parameters set, or taken out where empty."""
    params: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"
