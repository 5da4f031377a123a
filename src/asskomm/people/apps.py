# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room "people"."""

    name = "asskomm.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the room into the menu, the search and onto the municipality's page, and tell the floors below what an account may do."""
        from django.utils.translation import gettext_lazy as _

        from asskomm.core.audit import TRAILS
        from asskomm.core.exports.datasets import DATASETS
        from asskomm.core.imports import IMPORTERS
        from asskomm.core.merging import MERGE_HANDLERS, MERGEABLE
        from asskomm.core.operation import ROW_COUNTS
        from asskomm.core.search import SEARCH_SOURCES
        from asskomm.core.ui.frame import MENU, MenuEntry
        from asskomm.core.visibility.accounts import ACCOUNT_NAMES, PRINCIPALS
        from asskomm.people import rules  # noqa: F401 -- registers the rules
        from asskomm.people.desk import register_dates, register_deadlines, register_desk
        from asskomm.people.domain.merging import HANDLERS, KIND, MERGEABLE_ORGANISATION, MERGEABLE_PERSON, PERSON_HANDLERS, PERSONS
        from asskomm.people.domain.queries.principals import names_of, principal_of_key
        from asskomm.people.interfaces.datasets import COMPETENCES
        from asskomm.people.interfaces.importers.competence import CompetenceImporter
        from asskomm.people.interfaces.importers.people import PeopleImporter
        from asskomm.people.interfaces.panels import contacts
        from asskomm.people.interfaces.search import ORGANISATIONS
        from asskomm.people.interfaces.trails import ORGANISATION_TRAIL, PERSON_TRAIL, TOKEN_TRAIL
        from asskomm.people.models import Account, Organisation
        from asskomm.people.own_records import register_own_records
        from asskomm.people.signing_in import register_signing_in
        from asskomm.territory.slots import MUNICIPALITY_PANELS

        IMPORTERS.register(PeopleImporter.key, PeopleImporter(), order=20)
        IMPORTERS.register(CompetenceImporter.key, CompetenceImporter(), order=25)
        DATASETS.register(COMPETENCES.key, COMPETENCES, order=40)
        MUNICIPALITY_PANELS.register("contacts", contacts, order=30)

        SEARCH_SOURCES.register("organisations", ORGANISATIONS, order=30)
        TRAILS.register("persons", PERSON_TRAIL, order=20)
        TRAILS.register("tokens", TOKEN_TRAIL, order=35)
        TRAILS.register("organisations", ORGANISATION_TRAIL, order=30)
        MERGEABLE.register(KIND, MERGEABLE_ORGANISATION)
        MERGEABLE.register(PERSONS, MERGEABLE_PERSON)
        for key, handler in {**HANDLERS, **PERSON_HANDLERS}.items():
            MERGE_HANDLERS.register(key, handler)
        ROW_COUNTS.register("accounts", Account.objects.count)
        ROW_COUNTS.register("organisations", Organisation.objects.count)
        PRINCIPALS.register("people", principal_of_key)
        ACCOUNT_NAMES.register("people", names_of)
        MENU.register("posts", MenuEntry(_("Koordinierungsstellen"), "people:posts", rule="people.see_vacancies"), order=72)
        MENU.register("organisations", MenuEntry(_("Organisationen"), "people:organisations"), order=70)
        register_own_records()
        register_signing_in()
        register_deadlines()
        register_dates()
        register_desk()
