# SPDX-License-Identifier: EUPL-1.2
"""Publishing (Kennzahlen und Veröffentlichung): key figures of any day and the public's first page."""
