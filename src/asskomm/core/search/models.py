# SPDX-License-Identifier: EUPL-1.2
"""The index: documents, under which terms each is kept, and that it has changed."""

from django.db import models


class IndexedDocument(models.Model):
    """A document as it stood when its room last gave it.

    `id` follows from source and key, so that it is the same in every database and a document is found without a look-up.
    `audience` names who may see it; `length` is the sum of its weights; `day` orders equals, newest first.
    """

    id = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=400)
    text = models.TextField(blank=True, default="")
    url = models.CharField(max_length=400)
    language = models.CharField(max_length=10)
    audience = models.TextField(blank=True, default="")
    day = models.IntegerField(default=1)
    length = models.IntegerField(default=0)
    example = models.BooleanField(default=False)

    class Meta:
        """Each object once."""

        constraints = (models.UniqueConstraint(fields=["source", "key"], name="search_document_once"),)

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class Term(models.Model):
    """A word that is in the index, for finding what a misspelt one means; `id` follows from the word."""

    id = models.BigIntegerField(primary_key=True)
    text = models.CharField(max_length=80)

    def __str__(self) -> str:
        """Give the word."""
        return self.text


class Posting(models.Model):
    """How much a term weighs in a document; both are named by their ids, without keys that the database would check row by row."""

    term = models.BigIntegerField()
    document = models.BigIntegerField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        """Read by term from the first index alone, deleted by document."""

        indexes = (
            models.Index(fields=["term", "document", "weight"], name="search_posting_by_term"),
            models.Index(fields=["document"], name="search_posting_of_document"),
        )

    def __str__(self) -> str:
        """Name term and document."""
        return f"{self.term} in {self.document}"


class IndexChange(models.Model):
    """One change of the index; how many there are and the sum of their stamps say to a process whether what it remembers still holds.

    Rows are only added, never one row updated, so that two writers do not wait for each other.
    """

    stamp = models.IntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the stamp."""
        return str(self.stamp)
