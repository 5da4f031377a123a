# SPDX-License-Identifier: EUPL-1.2
"""Who may see which job."""

import rules

from asskomm.core.visibility.predicates import is_administrator, is_operator

rules.add_rule("jobs.see_all", is_operator | is_administrator)
