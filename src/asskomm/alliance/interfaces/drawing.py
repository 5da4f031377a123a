# SPDX-License-Identifier: EUPL-1.2
"""The map of the state as SVG: one link per municipality, coloured by what it is furthest in."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from asskomm.alliance.domain.queries.status import Standing
from asskomm.alliance.enums import Layer
from asskomm.core.charts.projection import SAXONY, WIDTH
from asskomm.territory.domain.queries.stages import Stage, stage_on
from asskomm.territory.models import Boundary

RANK = (Layer.AGREEMENT, Layer.COUNCIL, Layer.COACHING, Layer.ANALYSIS, Layer.MODEL, Layer.ADVISED, Layer.CONTACTED)
"""Which layer gives the colour where several hold; the one that binds most comes first."""


@lru_cache(maxsize=8)
def _areas(stage: Stage) -> tuple[tuple[str, str, str, str], ...]:
    rows = Boundary.objects.on(stage.first_day).filter(boundary_set=stage.boundary_set).order_by("municipality__name", "municipality")
    return tuple(
        (ags, escape(name), f'" href="{reverse("territory:municipality", args=[ags])}', path)
        for ags, name, path in rows.values_list("municipality_id", "municipality__name", "path")
    )


def draw_map(standing: Standing, day: dt.date, chosen: set[str] | None) -> SafeString:
    """Draw the municipalities of a day; those not chosen stay pale."""
    labels = {layer.value: str(layer.label) for layer in Layer}
    unknown, made_up = _("kein Eintrag"), _("Beispiel, frei erfunden")
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {SAXONY.height}" role="group" aria-label="{_("Karte der Kommunen in Sachsen")}" lang="{get_language()}">',
        _HATCHES,
    ]
    for ags, name, href, path in _areas(stage_on(day)[1]):
        layers = standing.get(ags, {}) if chosen is None or ags in chosen else {}
        top = next((layer.value for layer in RANK if layer.value in layers), "none")
        words = ", ".join(labels[layer.value] for layer in RANK if layer.value in layers) or unknown
        example = bool(layers) and all(layers.values())
        fill = f' fill="url(#h-{top})"' if example else f' class="p-{top}"'
        parts.append(f'<a class="area{href}"><path{fill} d="{path}"><title>{name}: {escape(words)}{f" ({made_up})" if example else ""}</title></path></a>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 -- names and words are escaped above, paths are our own


def _hatch(layer: str) -> str:
    size = '<pattern id="h-{0}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    return (size + '<rect width="8" height="8" class="p-{0}"/><rect width="2.5" height="8" class="hatch"/></pattern>').format(layer)


_HATCHES = f"<defs>{''.join(_hatch(layer.value) for layer in RANK)}</defs>"


def legend(standing: Standing, chosen: set[str] | None) -> list[dict[str, Any]]:
    """Give for each layer how many municipalities hold it, as the words beside the map."""
    from asskomm.core.estimates import Estimate

    shown = [layers for ags, layers in standing.items() if chosen is None or ags in chosen]
    return [{"layer": layer.value, "label": layer.label, "count": Estimate(sum(layer.value in layers for layers in shown), "count")} for layer in RANK]
