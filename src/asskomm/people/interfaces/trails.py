# SPDX-License-Identifier: EUPL-1.2
"""The histories of persons and organisations."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from asskomm.core.audit import Field, State, Subject, Trail
from asskomm.core.audit.registry import as_day
from asskomm.core.clock import clock
from asskomm.core.visibility import Principal
from asskomm.people.models import ApiToken, CalendarFeed, Function, Organisation, Person, Profile

_DIGITS = 15


def _number(key: str) -> int:
    """Give a key as the database counts; 0, which none has, for what is no key."""
    return int(key) if key.isdecimal() and len(key) <= _DIGITS else 0


def _days(start: dt.date | None, end: dt.date | None) -> str:
    words = [f"seit {start:%d.%m.%Y}" if start else "", f"bis {end:%d.%m.%Y}" if end else ""]
    return f" ({' '.join(filter(None, words))})" if any(words) else ""


def persons(people: Sequence[Person]) -> Iterator[State]:
    """Give names and functions."""
    fresh = Person.objects.filter(pk__in=[person.pk for person in people]).prefetch_related("functions__organisation")
    for person in fresh:
        functions = [f"{function}{_days(function.start, function.end)}" for function in person.functions.all()]
        yield State(str(person.pk), {"name": str(person), "functions": functions})


def find_person(key: str, principal: Principal) -> Subject | None:
    """Give a person who serves today, with the organisation in which members meet her; nobody else sees persons."""
    if not principal.is_member:
        return None
    function = Function.objects.on(clock.today()).filter(person=_number(key)).select_related("person", "organisation").order_by("-start", "-pk").first()
    return Subject(str(function.person), function.organisation.get_absolute_url()) if function else None


def organisations(bodies: Sequence[Organisation]) -> Iterator[State]:
    """Give names and relations."""
    prefetch_related_objects(list(bodies), "relations__target")
    released = dict(Profile.objects.filter(organisation__in=bodies).values_list("organisation", "released"))
    for body in bodies:
        relations = [f"{relation.get_kind_display()} {relation.target}{_days(relation.start, relation.end)}" for relation in body.relations.all()]
        reached = [value for value in released.get(body.pk, {}).values() if value]
        yield State(str(body.pk), {"name": body.name, "relations": relations, "released": reached})


def find_organisation(key: str, _principal: Principal) -> Subject | None:
    """Give an organisation; everybody may see it."""
    body = Organisation.objects.filter(pk=_number(key)).first()
    return Subject(body.name, body.get_absolute_url()) if body else None


def tokens(issued: Sequence[ApiToken]) -> Iterator[State]:
    """Give names, scopes and ends."""
    for token in issued:
        yield State(token.reference, {"name": token.name, "scopes": token.scope_labels, "expires": token.expires_at.date().isoformat()})


def find_token(key: str, principal: Principal) -> Subject | None:
    """Give a token to its owner."""
    token = ApiToken.objects.visible_to(principal).filter(reference=key).first()
    return Subject(token.name, reverse("people:tokens")) if token else None


def calendar_feeds(opened: Sequence[CalendarFeed]) -> Iterator[State]:
    """Give when the feed was opened; its address is never written anywhere."""
    for feed in opened:
        yield State(feed.reference, {"opened": feed.opened_at.date().isoformat()})


def find_calendar_feed(key: str, principal: Principal) -> Subject | None:
    """Give a feed to its owner."""
    feed = CalendarFeed.objects.filter(reference=key, account=principal.account or 0).first()
    return Subject(str(_("Kalender zum Abonnieren")), reverse("people:dates")) if feed else None


PERSON_TRAIL = Trail(
    name=_("Person"),
    fields={"name": Field(_("Name")), "functions": Field(_("Funktionen"))},
    states=persons,
    find=find_person,
    kept=dt.timedelta(days=3 * 365),
)
ORGANISATION_TRAIL = Trail(
    name=_("Organisation"),
    fields={"name": Field(_("Name")), "relations": Field(_("Beziehungen")), "released": Field(_("Öffentlich erreichbar"))},
    states=organisations,
    find=find_organisation,
)
TOKEN_TRAIL = Trail(
    name=_("Zugang für ein Programm"),
    fields={"name": Field(_("Name")), "scopes": Field(_("Darf")), "expires": Field(_("Gilt bis"), as_day)},
    states=tokens,
    find=find_token,
    kept=dt.timedelta(days=3 * 365),
)
CALENDAR_FEED_TRAIL = Trail(
    name=_("Kalender zum Abonnieren"),
    fields={"opened": Field(_("Angelegt"), as_day)},
    states=calendar_feeds,
    find=find_calendar_feed,
    kept=dt.timedelta(days=3 * 365),
)
