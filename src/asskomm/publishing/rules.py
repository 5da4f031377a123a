# SPDX-License-Identifier: EUPL-1.2
"""Who may write press sheets and set targets."""

import rules

from asskomm.core.visibility.predicates import is_administrator, is_operator, is_state_council

rules.add_rule("publishing.data_protection", is_operator | is_state_council | is_administrator)
rules.add_rule("publishing.set_targets", is_operator | is_state_council)
rules.add_rule("publishing.write_press", is_operator | is_state_council)
