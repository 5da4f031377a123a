# SPDX-License-Identifier: EUPL-1.2
"""What this room holds on the person behind an account, and when reminders go."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.clock import clock
from asskomm.core.jobs import Runner
from asskomm.core.retention import DataSubject, DeletionRule, SubjectRecords

_REMINDERS_KEPT = dt.timedelta(days=30)


def _person(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import Account

    for own in Account.objects.filter(pk__in=subject.accounts).select_related("person"):
        seen = f"{localtime(own.last_login):%d.%m.%Y %H:%M}" if own.last_login else ""
        yield {_("Name"): str(own.person), _("E-Mail"): own.email, _("Telefon"): own.person.phone, _("Zuletzt eingeloggt"): seen}


def _functions(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import Function

    for function in Function.objects.filter(person__account__in=subject.accounts).select_related("organisation", "deputy"):
        yield {
            _("Funktion"): function.title or function.get_role_display(),
            _("Organisation"): str(function.organisation),
            _("Seit"): f"{function.start:%d.%m.%Y}",
            _("Bis"): f"{function.end:%d.%m.%Y}" if function.end else "",
            _("Stellenanteil"): f"{function.share * 100:.0f} %" if function.share else "",
            _("Bezahlt bis"): f"{function.funded_until:%d.%m.%Y}" if function.funded_until else "",
            _("Vertretung"): str(function.deputy or ""),
        }


def _factors(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    """Give passkeys and other second factors, without what is secret in them."""
    from allauth.mfa.models import Authenticator

    for factor in Authenticator.objects.filter(user__in=subject.accounts).order_by("pk"):
        yield {
            _("Art"): str(factor.get_type_display()),
            _("Name"): str(factor.data.get("name", "")),
            _("Eingerichtet"): f"{localtime(factor.created_at):%d.%m.%Y %H:%M}",
            _("Zuletzt benutzt"): f"{localtime(factor.last_used_at):%d.%m.%Y %H:%M}" if factor.last_used_at else "",
        }


def _tokens(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import ApiToken

    for token in ApiToken.objects.filter(account__in=subject.accounts):
        used = f"{token.last_used:%d.%m.%Y}" if token.last_used else ""
        yield {_("Name"): token.name, _("Darf"): ", ".join(token.scope_labels), _("Gilt bis"): f"{token.expires_at:%d.%m.%Y}", _("Zuletzt benutzt"): used}


def _feeds(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import CalendarFeed

    for feed in CalendarFeed.objects.filter(account__in=subject.accounts):
        yield {_("Angelegt"): f"{localtime(feed.opened_at):%d.%m.%Y %H:%M}"}


def _reminders(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import Reminder

    for reminder in Reminder.objects.filter(account__in=subject.accounts):
        yield {
            _("Frist"): f"{reminder.day:%d.%m.%Y}",
            _("Monate vorher"): str(reminder.months),
            _("Geschrieben am"): f"{localtime(reminder.written_at):%d.%m.%Y %H:%M}",
        }


def _forget_persons(run: Runner) -> int:
    from asskomm.people.domain.leaving import forget_gone

    gone = 0
    while count := forget_gone(by=run.principal):
        gone += count
    return gone


def _forget_reminders(_run: Runner) -> int:
    from asskomm.people.models import Reminder

    return Reminder.objects.filter(day__lt=clock.today() - _REMINDERS_KEPT).delete()[0]


OWN_PERSON = SubjectRecords(gettext_lazy("Person und Zugang"), _person)
OWN_FUNCTIONS = SubjectRecords(gettext_lazy("Funktionen"), _functions)
OWN_FACTORS = SubjectRecords(gettext_lazy("Passkeys und andere zweite Faktoren"), _factors)
OWN_TOKENS = SubjectRecords(gettext_lazy("Zugänge für Programme"), _tokens)
OWN_REMINDERS = SubjectRecords(gettext_lazy("Erinnerungen an Fristen"), _reminders)
OLD_REMINDERS = DeletionRule(
    "reminders",
    gettext_lazy("Wer an welche Frist erinnert wurde"),
    gettext_lazy("30 Tage nach der Frist"),
    gettext_lazy("Damit niemand zweimal an dasselbe erinnert wird."),
    _forget_reminders,
)
OWN_FEEDS = SubjectRecords(gettext_lazy("Kalender zum Abonnieren"), _feeds)
GONE_PERSONS = DeletionRule(
    "persons",
    gettext_lazy("Personen mit ihrem Zugang, ihren Funktionen und Kalenderadressen"),
    gettext_lazy("2 Jahre nach der letzten Funktion"),
    gettext_lazy("Damit sich klären lässt, wer wann zuständig war. Was sie eingetragen haben, bleibt ohne Namen, ebenso bis wann eine Stelle besetzt war."),
    _forget_persons,
)
