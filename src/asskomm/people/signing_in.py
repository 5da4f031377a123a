# SPDX-License-Identifier: EUPL-1.2
"""What signing in registers with the floors below."""


def register_signing_in() -> None:
    """Register mails, deletion and what is kept about a person."""
    from asskomm.core.mail.registry import MAIL_KINDS
    from asskomm.core.retention import DELETION_RULES, SUBJECT_RECORDS
    from asskomm.people.link_retention import OLD_LINKS, OWN_LINKS
    from asskomm.people.mails import INVITATION, SIGN_IN_LINK

    for kind in (SIGN_IN_LINK, INVITATION):
        MAIL_KINDS.register(kind.key, kind)
    DELETION_RULES.register(OLD_LINKS.key, OLD_LINKS, order=45)
    SUBJECT_RECORDS.register("links", OWN_LINKS, order=32)
