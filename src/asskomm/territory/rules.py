# SPDX-License-Identifier: EUPL-1.2
"""Who may read official data in."""

import rules

from asskomm.core.visibility.predicates import is_administrator, is_operator, is_state_council

rules.add_rule("territory.change", is_operator | is_state_council | is_administrator)
