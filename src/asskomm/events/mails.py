# SPDX-License-Identifier: EUPL-1.2
"""What this room writes to people."""

from django.utils.translation import gettext_lazy as _

from asskomm.core.mail.registry import MailKind

TO_CONFIRM = MailKind("registration_to_confirm", _("Anmeldung bestätigen"), _("Bitte bestätigen Sie Ihre Anmeldung"), "events/mail/to_confirm.txt", duty=True)
CONFIRMED = MailKind("registration_confirmed", _("Anmeldung bestätigt"), _("Sie sind angemeldet"), "events/mail/confirmed.txt", duty=True)
WAITING = MailKind("registration_waiting", _("Warteliste"), _("Sie stehen auf der Warteliste"), "events/mail/waiting.txt", duty=True)
OFFERED = MailKind("registration_offered", _("Platz angeboten"), _("Für Sie ist ein Platz frei"), "events/mail/offered.txt", duty=True)
CANCELLED = MailKind("registration_cancelled", _("Abmeldung"), _("Sie sind abgemeldet"), "events/mail/cancelled.txt", duty=True)
LAPSED = MailKind("registration_lapsed", _("Angebot verfallen"), _("Der angebotene Platz ist weitergegeben"), "events/mail/lapsed.txt", duty=True)
AGAIN = MailKind("registration_again", _("Schon angemeldet"), _("Sie haben sich schon angemeldet"), "events/mail/again.txt", duty=True)
APPLIED = MailKind("registration_applied", _("Anmeldung liegt vor"), _("Ihre Anmeldung liegt vor"), "events/mail/applied.txt", duty=True)
REFUSED = MailKind("registration_refused", _("Absage an jemanden"), _("Leider kein Platz"), "events/mail/refused.txt", duty=True)
CALLED_OFF = MailKind("gathering_called_off", _("Veranstaltung abgesagt"), _("Eine Veranstaltung ist abgesagt"), "events/mail/called_off.txt", duty=True)
MOVED = MailKind("gathering_moved", _("Zeit oder Ort geändert"), _("Zeit oder Ort einer Veranstaltung haben sich geändert"), "events/mail/moved.txt", duty=True)
SEAT_OFFERED = MailKind(
    "seat_offered", _("Platz in einem Workshop angeboten"), _("In einem Workshop ist ein Platz frei"), "events/mail/seat_offered.txt", duty=True
)
SEAT_LAPSED = MailKind(
    "seat_lapsed", _("Angebot im Workshop verfallen"), _("Der Platz im Workshop ist weitergegeben"), "events/mail/seat_lapsed.txt", duty=True
)
WORKSHOPS_ASSIGNED = MailKind("workshops_assigned", _("Workshops zugeteilt"), _("Ihre Workshops stehen fest"), "events/mail/workshops_assigned.txt", duty=True)
WORKSHOP_DROPPED = MailKind("workshop_dropped", _("Workshop entfällt"), _("Ein Workshop entfällt"), "events/mail/workshop_dropped.txt", duty=True)
FEEDBACK = MailKind("feedback_asked", _("Bitte um Rückmeldung"), _("Wie war die Veranstaltung?"), "events/mail/feedback.txt")
INVITED = MailKind(
    "speaker_invited", _("Einladung mitzuwirken"), _("Einladung: Bitte wirken Sie bei einer Veranstaltung mit"), "events/mail/invited.txt", duty=True
)
INVITED_REMINDER = MailKind(
    "speaker_reminder",
    _("Erinnerung an eine Einladung"),
    _("Erinnerung: Wirken Sie bei unserer Veranstaltung mit?"),
    "events/mail/invited_reminder.txt",
    duty=True,
)
CONTRIBUTION_OFF = MailKind(
    "contribution_off",
    _("Absage an Mitwirkende"),
    _("Eine Veranstaltung, bei der Sie mitwirken sollten, ist abgesagt"),
    "events/mail/contribution_off.txt",
    duty=True,
)
STAND_APPLIED = MailKind(
    "stand_applied", _("Bewerbung um einen Stand oder ein Poster"), _("Ihre Bewerbung liegt vor"), "events/mail/stand_applied.txt", duty=True
)
STAND_ACCEPTED = MailKind(
    "stand_accepted", _("Zusage für einen Stand oder ein Poster"), _("Sie haben einen Platz"), "events/mail/stand_accepted.txt", duty=True
)
STAND_REFUSED = MailKind("stand_refused", _("Absage für einen Stand oder ein Poster"), _("Leider kein Platz"), "events/mail/stand_refused.txt", duty=True)
STAND_WITHDRAWN = MailKind(
    "stand_withdrawn", _("Stand oder Poster zurückgezogen"), _("Sie haben Ihre Bewerbung zurückgezogen"), "events/mail/stand_withdrawn.txt", duty=True
)
STAND_OFF = MailKind(
    "stand_off",
    _("Veranstaltung mit Ständen und Postern abgesagt"),
    _("Eine Veranstaltung, bei der Sie etwas zeigen wollten, ist abgesagt"),
    "events/mail/stand_off.txt",
    duty=True,
)
REGION_INVITED = MailKind("region_invited", _("Einladung zu einer Veranstaltung"), _("Einladung zu einer Veranstaltung"), "events/mail/region_invited.txt")
PROPOSAL_BEGUN = MailKind("proposal_begun", _("Link zu einem Vorschlag"), _("Ihr Link zu Ihrem Vorschlag"), "events/mail/proposal_begun.txt", duty=True)
PROPOSAL_SUBMITTED = MailKind(
    "proposal_submitted", _("Vorschlag eingegangen"), _("Ihr Vorschlag ist eingegangen"), "events/mail/proposal_submitted.txt", duty=True
)
PROPOSAL_ACCEPTED = MailKind("proposal_accepted", _("Vorschlag angenommen"), _("Ihr Beitrag ist angenommen"), "events/mail/proposal_accepted.txt", duty=True)
PROPOSAL_WAITING = MailKind(
    "proposal_waiting", _("Vorschlag auf der Nachrückliste"), _("Ihr Vorschlag steht auf der Nachrückliste"), "events/mail/proposal_waiting.txt", duty=True
)
PROPOSAL_REFUSED = MailKind("proposal_refused", _("Vorschlag abgelehnt"), _("Zu Ihrem Vorschlag"), "events/mail/proposal_refused.txt", duty=True)
CO_SPEAKER_ASKED = MailKind(
    "co_speaker_asked", _("Als Mitwirkende genannt"), _("Möchten Sie bei einem Beitrag mitwirken?"), "events/mail/co_speaker_asked.txt", duty=True
)
REVIEW_ASKED = MailKind("review_asked", _("Bitte um Begutachtung"), _("Bitte sehen Sie sich Vorschläge an"), "events/mail/review_asked.txt")
PROPOSAL_CALLED_OFF = MailKind(
    "proposal_called_off",
    _("Absage an alle, die vorgeschlagen haben"),
    _("Eine Veranstaltung, für die Sie etwas vorgeschlagen haben, ist abgesagt"),
    "events/mail/proposal_called_off.txt",
    duty=True,
)
ALL = (
    TO_CONFIRM,
    CONFIRMED,
    WAITING,
    OFFERED,
    CANCELLED,
    LAPSED,
    AGAIN,
    APPLIED,
    REFUSED,
    CALLED_OFF,
    MOVED,
    SEAT_OFFERED,
    SEAT_LAPSED,
    WORKSHOPS_ASSIGNED,
    WORKSHOP_DROPPED,
    FEEDBACK,
    REGION_INVITED,
    INVITED,
    INVITED_REMINDER,
    CONTRIBUTION_OFF,
    STAND_APPLIED,
    STAND_ACCEPTED,
    STAND_REFUSED,
    STAND_WITHDRAWN,
    STAND_OFF,
    PROPOSAL_BEGUN,
    PROPOSAL_SUBMITTED,
    PROPOSAL_ACCEPTED,
    PROPOSAL_WAITING,
    PROPOSAL_REFUSED,
    PROPOSAL_CALLED_OFF,
    CO_SPEAKER_ASKED,
    REVIEW_ASKED,
)
