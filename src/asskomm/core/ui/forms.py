# SPDX-License-Identifier: EUPL-1.2
"""Forms drawn with KERN's own markup."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from typing_extensions import override

_OURS = {"django/forms/widgets/select.html": "ui/select.html"}


class KernRenderer(DjangoTemplates):
    """Renders every form through one template, with hints and errors tied to their fields."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    @override
    def get_template(self, template_name: str) -> Any:
        """Find a template, ours where there is one."""
        return super().get_template(_OURS.get(template_name, template_name))
