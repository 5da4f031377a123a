# SPDX-License-Identifier: EUPL-1.2
"""What this data folder is: a real one or an example."""
