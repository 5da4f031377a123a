# SPDX-License-Identifier: EUPL-1.2
"""Types of places and classes of size."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DistrictKind(models.TextChoices):
    """A district or a city that is its own."""

    DISTRICT = "district", _("Landkreis")
    INDEPENDENT_CITY = "independent_city", _("Kreisfreie Stadt")


class MunicipalityKind(models.TextChoices):
    """The legal type of a municipality."""

    INDEPENDENT_CITY = "independent_city", _("Kreisfreie Stadt")
    LARGE_DISTRICT_TOWN = "large_district_town", _("Große Kreisstadt")
    TOWN = "town", _("Stadt")
    MUNICIPALITY = "municipality", _("Gemeinde")


class SizeClass(models.IntegerChoices):
    """Classes of inhabitants as official statistics use them; the value is the lower bound."""

    UNKNOWN = -1, _("Einwohnerzahl nicht bekannt")
    UNDER_2000 = 0, _("unter 2.000")
    FROM_2000 = 2_000, _("2.000 bis 4.999")
    FROM_5000 = 5_000, _("5.000 bis 9.999")
    FROM_10000 = 10_000, _("10.000 bis 19.999")
    FROM_20000 = 20_000, _("20.000 bis 49.999")
    FROM_50000 = 50_000, _("50.000 bis 99.999")
    FROM_100000 = 100_000, _("100.000 und mehr")

    @classmethod
    def of(cls, population: int | None) -> "SizeClass":
        """Give the class of a population.

        >>> SizeClass.of(4999).label
        '2.000 bis 4.999'
        """
        if population is None:
            return cls.UNKNOWN
        return max(bound for bound in cls if 0 <= bound <= population)
