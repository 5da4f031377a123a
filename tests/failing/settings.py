# SPDX-License-Identifier: EUPL-1.2
"""The program's own settings with a migration that fails."""

from asskomm.config.settings import *  # noqa: F403 -- all of them
from asskomm.config.settings import INSTALLED_APPS

INSTALLED_APPS.append("tests.failing")
