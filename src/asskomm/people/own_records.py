# SPDX-License-Identifier: EUPL-1.2
"""What this room tells a person about herself, and how it knows that two accounts are hers."""


def register_own_records() -> None:
    """Register the records of persons, functions and what lets them in."""
    from asskomm.core.retention import IDENTITIES, SUBJECT_RECORDS
    from asskomm.people.domain.queries.identities import whole_person
    from asskomm.people.retention import OWN_FACTORS, OWN_FUNCTIONS, OWN_PERSON, OWN_TOKENS

    IDENTITIES.register("people", whole_person)
    SUBJECT_RECORDS.register("person", OWN_PERSON, order=10)
    SUBJECT_RECORDS.register("functions", OWN_FUNCTIONS, order=20)
    SUBJECT_RECORDS.register("factors", OWN_FACTORS, order=25)
    SUBJECT_RECORDS.register("tokens", OWN_TOKENS, order=30)
