# SPDX-License-Identifier: EUPL-1.2
"""Map, table and their exports."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from asskomm.alliance.domain.queries.status import standing_on
from asskomm.alliance.domain.queries.table import Filters, matching
from asskomm.alliance.enums import Layer
from asskomm.alliance.interfaces import drawing, exports
from asskomm.alliance.interfaces.filters import MapForm, TableForm
from asskomm.core.api.throttles import costly
from asskomm.core.estimates import Estimate
from asskomm.core.exports import export, formats_for
from asskomm.core.ui.pages import page_of_rows
from asskomm.core.visibility import ReaderRequest
from asskomm.territory.domain.queries.stages import boundary_set_on


def map_context(request: ReaderRequest, filters: Filters) -> dict[str, object]:
    """Give the drawn map with its legend."""
    standing = standing_on(filters.on, request.principal, documented=filters.documented)
    wanted = {layer.value for layer in filters.layers}
    chosen = {ags for ags, layers in standing.items() if wanted <= layers.keys()} if wanted else None
    return {
        "map": drawing.draw_map(standing, filters.on, chosen),
        "legend": drawing.legend(standing, chosen),
        "on": filters.on,
        "boundaries": boundary_set_on(filters.on),
    }


def map_page(request: ReaderRequest) -> HttpResponse:
    """Show the state's map on a day."""
    form = MapForm(request.GET)
    return render(request, "alliance/map.html", {"form": form, **map_context(request, form.filters())})


def table_page(request: ReaderRequest) -> HttpResponse:
    """Show the same as a table, 50 a page."""
    form = TableForm(request.GET)
    filters = form.filters()
    page = page_of_rows(request, matching(filters, request.principal))
    standing = standing_on(filters.on, request.principal, documented=filters.documented, places=[place.ags for place in page])
    rows = [(place, Estimate(place.population, "persons"), *_layers(standing.get(place.ags, {}))) for place in page]
    context = {"form": form, "page": page, "rows": rows, "on": filters.on, "formats": formats_for(areas=False)}
    return render(request, "alliance/table.html", context)


def _layers(standing: dict[str, bool]) -> tuple[list[Layer], bool]:
    shown = [layer for layer in drawing.RANK if layer.value in standing]
    if Layer.ADVISED in shown:
        shown.remove(Layer.CONTACTED)  # whoever was advised was contacted; saying both is noise
    return shown, any(standing.values())


@costly
def export_table(request: ReaderRequest, form: str) -> HttpResponse:
    """Give the table as a file."""
    name, _dot, ending = form.partition(".")
    if name != "tabelle" or ending not in formats_for(areas=False):
        raise Http404
    filters = TableForm(request.GET).filters()
    return export(exports.table_sheet(filters, request.principal), ending, f"kommunen-{filters.on.isoformat()}")


@costly
def export_geojson(request: ReaderRequest) -> HttpResponse:
    """Give the map as a file."""
    filters = TableForm(request.GET).filters()
    return export(exports.table_sheet(filters, request.principal), "geojson", f"kommunen-{filters.on.isoformat()}")
