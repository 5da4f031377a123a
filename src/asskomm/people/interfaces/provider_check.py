# SPDX-License-Identifier: EUPL-1.2
"""Whether the identity provider describes itself, where one is set."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.operation import Check, Finding


def _identity_provider() -> Finding:
    from asskomm.people.interfaces.identity_provider import ProviderError, describes_itself

    if not settings.OIDC_URL:
        return Finding.ok(_("Es ist kein Anmeldedienst eingestellt."))
    try:
        describes_itself()
    except ProviderError:
        text = _("Der Anmeldedienst unter %(url)s beschreibt sich nicht.") % {"url": settings.OIDC_URL}
        return Finding.fault(text, _("Prüfen Sie ASSKOMM_OIDC_URL und die Firewall. Bis dahin hilft der Link per E-Mail."))
    return Finding.ok(_("Der Anmeldedienst unter %(url)s antwortet.") % {"url": settings.OIDC_URL})


IDENTITY_PROVIDER = Check("identity_provider", gettext_lazy("Anmeldedienst"), _identity_provider, thorough=True)
