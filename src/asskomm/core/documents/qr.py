# SPDX-License-Identifier: EUPL-1.2
"""QR codes as drawings."""

from base64 import b64encode
from itertools import groupby

QUIET = 4
"""Modules of white around it, as the standard asks for."""


def qr_svg(text: str, *, share: float = 1) -> str:
    """Draw a text as QR code that can be read with a seventh of it covered; black on white whatever is around it.

    Args:
        text: what it says.
        share: how much of the width it takes, on the left, where a picture is drawn as wide as the page.

    >>> qr_svg("ABC")[:65]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" shape'
    """
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    size, path = len(rows), "".join(_runs(row, y) for y, row in enumerate(rows))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {round(size / share)} {size}" shape-rendering="crispEdges">'
    return f'{head}<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'


def data_address(svg: str) -> str:
    """Give a drawing as an address of its own, for a page."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _runs(row: list[bool], y: int) -> str:
    """Draw a row as few wide strokes, which leave no gaps on paper."""
    parts, x = [], 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            parts.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(parts)
