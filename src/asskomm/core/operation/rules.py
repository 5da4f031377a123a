# SPDX-License-Identifier: EUPL-1.2
"""Who may see how the installation stands."""

import rules

from asskomm.core.visibility.predicates import is_administrator, is_operator

rules.add_rule("operation.see", is_operator | is_administrator)
