# SPDX-License-Identifier: EUPL-1.2
"""Forms drawn with KERN's own markup."""

from django.forms.renderers import DjangoTemplates


class KernRenderer(DjangoTemplates):
    """Renders every form through one template, with hints and errors tied to their fields."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
