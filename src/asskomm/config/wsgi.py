# SPDX-License-Identifier: EUPL-1.2
"""The application for a web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asskomm.config.settings")
application = get_wsgi_application()

from asskomm.config.warm_up import warm_up  # noqa: E402 -- Django first

warm_up()
