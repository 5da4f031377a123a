# SPDX-License-Identifier: EUPL-1.2
"""The API: which room answers under which name, and who gets in."""

from django.http import HttpRequest, HttpResponse

from asskomm.alliance.interfaces.api import router as events
from asskomm.core.api.interface import Interface
from asskomm.core.exports.api import router as datasets
from asskomm.core.imports import TableError
from asskomm.core.imports.domain.door import DoorError
from asskomm.core.imports.interfaces.api import kinds as importers
from asskomm.core.imports.interfaces.api import router as imports
from asskomm.core.jobs.interfaces.api import router as jobs
from asskomm.core.provenance.api import router as sources
from asskomm.core.search.interfaces.api import router as search
from asskomm.core.ui.errors import error_page
from asskomm.events.domain.door import RegistrationError
from asskomm.events.interfaces.api import entering
from asskomm.events.interfaces.api import router as gatherings
from asskomm.people.enums import Scope
from asskomm.people.interfaces.bearer import Bearer, everybody
from asskomm.publishing.interfaces.api import router as figures
from asskomm.territory.interfaces.api import districts, municipalities, territory

ABOUT = (
    "Figures, places, events and sources of the alliance, and the door for files. The handbook of the installation explains it under /handbuch/schnittstelle/."
)
api = Interface(title="ASSKomm", version="1", description=ABOUT)
READING = {
    "datasets": datasets,
    "districts": districts,
    "events": events,
    "figures": figures,
    "gatherings": gatherings,
    "municipalities": municipalities,
    "search": search,
    "sources": sources,
    "territory": territory,
}
for name, router in READING.items():
    api.add_router(name, router, auth=[Bearer(Scope.READ), everybody])
for name, router in {"importers": importers, "imports": imports}.items():
    api.add_router(name, router, auth=Bearer(Scope.IMPORT))
api.add_router("gatherings", entering, auth=Bearer(Scope.IMPORT))
api.add_router("jobs", jobs, auth=Bearer(Scope.READ, Scope.IMPORT))


@api.exception_handler(DoorError)
def not_now(request: HttpRequest, fault: DoorError) -> HttpResponse:
    """Answer 409 with what stands in the way."""
    return error_page(request, 409, str(fault))


@api.exception_handler(TableError)
def not_readable(request: HttpRequest, fault: TableError) -> HttpResponse:
    """Answer 422 with why the file cannot be read."""
    return error_page(request, 422, str(fault))


@api.exception_handler(RegistrationError)
def not_as_things_stand(request: HttpRequest, fault: RegistrationError) -> HttpResponse:
    """Answer 409 with why somebody cannot be registered."""
    return error_page(request, 409, str(fault))
