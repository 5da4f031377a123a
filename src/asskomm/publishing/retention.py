# SPDX-License-Identifier: EUPL-1.2
"""What this room holds on the person behind an account: the press sheets that she wrote or released."""

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asskomm.core.retention import DataSubject, SubjectRecords


def _sheets(subject: DataSubject) -> Iterator[Mapping[str, str]]:
    from asskomm.publishing.models import PressSheet

    own = subject.accounts
    for sheet in PressSheet.objects.filter(Q(created_by__in=own) | Q(released_by__in=own) | Q(quotes__released_by__in=own)).distinct().order_by("pk"):
        yield {
            _("Medieninformation"): str(sheet),
            _("Nummer"): sheet.number,
            _("Freigegeben am"): f"{localtime(sheet.released_at):%d.%m.%Y %H:%M}" if sheet.released_at else "",
        }


OWN_SHEETS = SubjectRecords(gettext_lazy("Medieninformationen von Ihnen"), _sheets)
