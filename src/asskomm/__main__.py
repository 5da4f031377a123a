# SPDX-License-Identifier: EUPL-1.2
"""Run the command line as a module."""

import sys

from asskomm.config.cli import main

sys.exit(main())
