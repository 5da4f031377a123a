# SPDX-License-Identifier: EUPL-1.2
"""Lay out a backup in the state in which it was written, as an installation of that time; usage: python -m tests.config.laying_out ARCHIVE."""

import sys
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402 -- Django first
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from asskomm.core.audit.guards import put_guards  # noqa: E402
from asskomm.core.backup import Archive  # noqa: E402
from asskomm.core.backup.domain import restoring  # noqa: E402
from asskomm.core.backup.rows import models_of  # noqa: E402

with Path(sys.argv[1]).open("rb") as file, Archive(file) as archive:
    executor = MigrationExecutor(connection)
    state = executor.migrate(restoring._newest(archive.manifest, executor))
    restoring._bring_files(archive)
    restoring._bring_tables(archive, models_of(state.apps))
put_guards(connection.alias)  # as `migrate` does at its end
