# SPDX-License-Identifier: EUPL-1.2
"""What this room holds on the person behind an account: the press sheets that she wrote or released."""

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.retention import SubjectRecords


def _sheets(account: int) -> Iterator[Mapping[str, str]]:
    from asskomm.publishing.models import PressSheet

    for sheet in PressSheet.objects.filter(Q(created_by=account) | Q(released_by=account) | Q(quotes__released_by=account)).distinct().order_by("pk"):
        yield {
            _("Medieninformation"): str(sheet),
            _("Nummer"): sheet.number,
            _("Freigegeben am"): f"{localtime(sheet.released_at):%d.%m.%Y %H:%M}" if sheet.released_at else "",
        }


OWN_SHEETS = SubjectRecords(gettext_lazy("Medieninformationen von Ihnen"), _sheets)
