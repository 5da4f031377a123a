# SPDX-License-Identifier: EUPL-1.2
"""Who may see how the mails stand, and write to an address again."""

import rules

from asskomm.core.visibility.predicates import is_administrator, is_operator

rules.add_rule("mail.see_outbox", is_operator | is_administrator)
