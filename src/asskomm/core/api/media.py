# SPDX-License-Identifier: EUPL-1.2
"""What the API reads from the body of a request: JSON that says it is JSON."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser
from typing_extensions import override

from asskomm.core.api.problems import AnswerError

JSON = "application/json"


class JsonParser(Parser):
    """Reads JSON, and refuses what is called something else."""

    @override
    def parse_body(self, request: HttpRequest) -> Any:
        """Give the content.

        Raises
        ------
            AnswerError: it is called something else.
            ValueError: it is no JSON.
        """
        if request.content_type != JSON:
            raise AnswerError(415, _("Senden Sie den Inhalt als „%(wanted)s“, nicht als „%(given)s“.") % {"wanted": JSON, "given": request.content_type})
        return json.loads(request.body)
