# SPDX-License-Identifier: EUPL-1.2
"""What only a municipality itself and the state council see on its page."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.progress import Pace, progress
from asskomm.alliance.domain.queries.unseen import last_heard, rhythm_of
from asskomm.alliance.interfaces.desk_boxes import next_steps_of
from asskomm.alliance.models import NextContact
from asskomm.core.clock import clock
from asskomm.core.estimates import Estimate
from asskomm.core.visibility import ReaderRequest, allowed
from asskomm.people.domain.queries.deadlines import deadlines_of
from asskomm.territory.models import Municipality

_YEARS = 10 * 366


def internal(request: ReaderRequest, place: Municipality) -> str:
    """Show when something was heard last, what ends when, and what is usual next; to the state council also when it speaks with her next."""
    body = getattr(place, "organisation", None)
    if body is None or not allowed("alliance.see_stalls", request.principal, body):
        return ""
    plans = allowed("alliance.plan_contacts", request.principal)
    way = progress(place, request.principal, clock.today())
    context = {
        "place": place,
        "rhythm": rhythm_of(place),
        "plans": plans,
        "plan": NextContact.objects.filter(municipality=place).first() if plans else None,
        "heard": last_heard(place, request.principal, clock.today()),
        "deadlines": deadlines_of([body.pk], _YEARS),
        "pace": way.pace,
        "pace_in_words": in_words(way.pace) if way.pace else "",
        "lines": way.lines,
        "next": next_steps_of(request, place, way.usual),
    }
    return render_to_string("alliance/panel_internal.html", context, request)


def in_words(pace: Pace) -> str:
    """Say for how long a municipality has stood where it stands, and after how long others went on."""
    begun = _("Seit %(months)s nach „%(kind)s“") % {"months": _months(pace.since), "kind": pace.after}
    if pace.usual is None:
        return f"{begun}."
    others = _("in vergleichbaren Kommunen") if pace.same_size else _("in Kommunen aller Größen")
    usual = _("folgte der nächste Schritt nach %(months)s (Median von %(count)s)") % {"months": _months(pace.usual), "count": Estimate(pace.usual.base)}
    return f"{begun}; {others} {usual}."


def _months(number: Estimate) -> str:
    """Say a number of months as it stands after „seit“ and „nach“."""
    if number.value == 0:
        return _("weniger als einem Monat")
    return _("einem Monat") if number.value == 1 else _("%(count)s Monaten") % {"count": number}
