# SPDX-License-Identifier: EUPL-1.2
"""The program's own settings on a throw-away data folder."""

import os
import tempfile

os.environ["ASSKOMM_DATA"] = tempfile.mkdtemp(prefix="asskomm-test-")

from asskomm.config.settings import *  # noqa: F403 -- the folder has to be known first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
