# SPDX-License-Identifier: EUPL-1.2
"""A request that knows its reader."""

from django.http import HttpRequest

from asskomm.core.visibility.principal import Principal


class ReaderRequest(HttpRequest):
    """A request with the rights of whoever reads, set by the people's middleware."""

    principal: Principal
