# SPDX-License-Identifier: EUPL-1.2
"""Who may read files in, and see which."""

import rules

from asskomm.core.imports.registry import IMPORTERS
from asskomm.core.visibility import Principal, allowed
from asskomm.core.visibility.predicates import is_operator


@rules.predicate
def may_use_an_importer(principal: Principal) -> bool:
    """There is some kind of file that she may read in."""
    return any(allowed(importer.rule, principal) for importer in IMPORTERS)


rules.add_rule("imports.see_all", is_operator)
rules.add_rule("imports.use", may_use_an_importer)
