# SPDX-License-Identifier: EUPL-1.2
"""What an organisation says of itself: how it is reached, and a few sentences; the public reads what was released."""

from collections.abc import Mapping

from django.db import models

from asskomm.people.models.organisation import Organisation


class Profile(models.Model):
    """The working state, which members read, and the state that was released last, which everybody reads."""

    FIELDS = ("email", "phone", "website", "introduction")

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="profile")
    email = models.EmailField(blank=True, default="", help_text="mailbox of an office, not of a person")
    phone = models.CharField(max_length=40, blank=True, default="")
    website = models.URLField(blank=True, default="")
    introduction = models.TextField(max_length=600, blank=True, default="")
    released = models.JSONField(default=dict, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    @property
    def written(self) -> dict[str, str]:
        """What members read."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def as_read(self, *, member: bool) -> Mapping[str, str]:
        """Give what a reader reads."""
        return self.written if member else self.released

    @property
    def changed_since_release(self) -> bool:
        """Whether the public reads something else than members do."""
        return self.released_at is not None and self.released != self.written
