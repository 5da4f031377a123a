# SPDX-License-Identifier: EUPL-1.2
"""What signing in registers with the floors below."""


def register_signing_in() -> None:
    """Register mails, deletion, what is enciphered, and what is kept about a person."""
    from django.utils.translation import gettext_lazy as _

    from asskomm.core.installation.sealed import SEALED_STORES, SealedStore
    from asskomm.core.jobs import SCHEDULES, TASKS
    from asskomm.core.mail.registry import MAIL_KINDS
    from asskomm.core.operation import CHECKS
    from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
    from asskomm.people.domain.second_factors import seal_second_factors_anew
    from asskomm.people.interfaces import receivers  # noqa: F401 -- registers them
    from asskomm.people.interfaces.provider_check import IDENTITY_PROVIDER
    from asskomm.people.mails import INVITATION, SIGN_IN_LINK
    from asskomm.people.sign_in_retention import OLD_DEVICES, OLD_LINKS, OWN_DEVICES, OWN_LINKS
    from asskomm.people.tasks import END_ACCESSES, END_NIGHTLY

    for kind in (SIGN_IN_LINK, INVITATION):
        MAIL_KINDS.register(kind.key, kind)
    DELETION_RULES.register(OLD_LINKS.key, OLD_LINKS, order=45)
    SUBJECT_RECORDS.register("links", OWN_LINKS, order=32)
    DELETION_RULES.register(OLD_DEVICES.key, OLD_DEVICES, order=46)
    SUBJECT_RECORDS.register("devices", OWN_DEVICES, order=33)
    unopened = "„asskomm user link E-MAIL --new-second-factor“ hilft den Betroffenen."
    SEALED_STORES.register("second_factors", SealedStore(_("zweite Faktoren"), seal_second_factors_anew, unopened), order=10)
    CHECKS.register(IDENTITY_PROVIDER.key, IDENTITY_PROVIDER, order=55)
    TASKS.register(END_ACCESSES.key, END_ACCESSES)
    SCHEDULES.register(END_ACCESSES.key, END_NIGHTLY)
