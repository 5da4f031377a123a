# SPDX-License-Identifier: EUPL-1.2
"""What this room holds on the person behind an account."""

from collections.abc import Iterator, Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.retention import SubjectRecords


def _person(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import Account

    for own in Account.objects.filter(pk=account).select_related("person"):
        seen = f"{localtime(own.last_login):%d.%m.%Y %H:%M}" if own.last_login else ""
        yield {_("Name"): str(own.person), _("E-Mail"): own.email, _("Telefon"): own.person.phone, _("Zuletzt eingeloggt"): seen}


def _functions(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import Function

    for function in Function.objects.filter(person__account=account).select_related("organisation"):
        yield {
            _("Funktion"): function.title or function.get_role_display(),
            _("Organisation"): str(function.organisation),
            _("Seit"): f"{function.start:%d.%m.%Y}",
            _("Bis"): f"{function.end:%d.%m.%Y}" if function.end else "",
        }


def _tokens(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.people.models import ApiToken

    for token in ApiToken.objects.filter(account=account):
        used = f"{token.last_used:%d.%m.%Y}" if token.last_used else ""
        yield {_("Name"): token.name, _("Darf"): ", ".join(token.scope_labels), _("Gilt bis"): f"{token.expires_at:%d.%m.%Y}", _("Zuletzt benutzt"): used}


OWN_PERSON = SubjectRecords(gettext_lazy("Person und Zugang"), _person)
OWN_FUNCTIONS = SubjectRecords(gettext_lazy("Funktionen"), _functions)
OWN_TOKENS = SubjectRecords(gettext_lazy("Zugänge für Programme"), _tokens)
