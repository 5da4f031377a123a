# SPDX-License-Identifier: EUPL-1.2
"""A file that was read in and waits for its preview to be taken over."""

from django.db import models

from asskomm.core.references import new_reference


class StagedImport(models.Model):
    """One uploaded file of one person; it is deleted when taken over, dropped, or a day old."""

    key = models.CharField(max_length=12, primary_key=True, default=new_reference)
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=300)

    class Meta:
        """Newest first."""

        ordering = ("-created_at",)

    def __str__(self) -> str:
        """Name the file."""
        return self.file_name
