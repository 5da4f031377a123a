# SPDX-License-Identifier: EUPL-1.2
"""One row that says what kind of data this database holds."""

from django.db import models


class Installation(models.Model):
    """The only row of its table: whether the data are an example, and since when they exist."""

    number = models.PositiveSmallIntegerField(primary_key=True, default=1)
    example = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    shipped = models.CharField(max_length=64, blank=True, default="", help_text="digest of the shipped tables that were loaded last")

    schema = models.CharField(max_length=64, blank=True, default="", help_text="digest of the migrations that the database has gone through last")
    maintenance_since = models.DateTimeField(null=True, blank=True, help_text="nothing is written while it is brought to a new version")

    class Meta:
        """At most one row."""

        constraints = (models.CheckConstraint(condition=models.Q(number=1), name="installation_only_one"),)

    def __str__(self) -> str:
        """Name the kind."""
        return "example" if self.example else "real"
