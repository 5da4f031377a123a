# SPDX-License-Identifier: EUPL-1.2
"""The program's own settings on a throw-away data folder."""

import atexit
import os
import shutil
import tempfile

os.environ["ASSKOMM_DATA"] = tempfile.mkdtemp(prefix="asskomm-test-")

from asskomm.config import options
from asskomm.config.settings import *  # noqa: F403 -- the folder has to be known first
from asskomm.config.settings import DATA_FOLDER, DATABASES, INSTALLED_APPS

atexit.register(shutil.rmtree, DATA_FOLDER, ignore_errors=True)
atexit.register(options.secrets_file().unlink, missing_ok=True)

if "sqlite" in DATABASES["default"]["ENGINE"]:  # a real file, as in use; but no waiting for the disk
    DATABASES["default"]["TEST"] = {"NAME": DATA_FOLDER / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
INSTALLED_APPS.append("tests.emptying")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
API_PER_MINUTE = API_TOKEN_PER_MINUTE = COSTLY_PER_MINUTE = 1_000_000  # a test asks faster than any program; those of the limits set their own
PAGES_KEPT_SECONDS = 0  # a test changes something and looks at once
COUNTS_TOGETHER = False  # so that a page has the same number of queries on both databases; tried with the nodes
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in ("default", "local")}  # emptied without a database
