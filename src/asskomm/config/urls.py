# SPDX-License-Identifier: EUPL-1.2
"""All addresses: each room brings its own."""

from django.urls import include, path
from django.views.i18n import set_language

from asskomm.config.api import api
from asskomm.core.ui import errors, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("asskomm.publishing.urls")),
    path("", include("asskomm.events.urls")),  # early: when registration opens, hundreds come at once
    path("", include("asskomm.territory.urls")),
    path("", include("asskomm.people.urls")),
    path("", include("asskomm.library.urls")),
    path("", include("asskomm.alliance.urls")),
    path("", include("asskomm.core.jobs.urls")),
    path("", include("asskomm.core.operation.urls")),
    path("", include("asskomm.core.audit.urls")),
    path("", include("asskomm.core.mail.urls")),
    path("", include("asskomm.core.retention.urls")),
    path("", include("asskomm.core.provenance.urls")),
    path("", include("asskomm.core.imports.urls")),
    path("", include("asskomm.core.exports.urls")),
    path("", include("asskomm.core.search.urls")),
    path("api/", api.urls),
    path("sprache/", set_language, name="set_language"),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler429 = errors.too_many_requests  # asked for by allauth
handler500 = errors.server_error
