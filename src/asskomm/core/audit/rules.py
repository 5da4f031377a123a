# SPDX-License-Identifier: EUPL-1.2
"""Who may see what was done."""

import rules

from asskomm.core.visibility.predicates import is_administrator, is_operator, is_state_council

rules.add_rule("audit.see_log", is_operator | is_administrator)
rules.add_rule("audit.see_readings", is_operator | is_administrator | is_state_council)
