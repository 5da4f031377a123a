# SPDX-License-Identifier: EUPL-1.2
"""Alliance (Netzwerk): dated events of the municipalities, the status derived from them, and their figures."""
