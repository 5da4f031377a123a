# SPDX-License-Identifier: EUPL-1.2
"""Make the icons that telephones put on their first screen, of the one drawing: src/asskomm/core/ui/static/asskomm/icon.svg.

    python tools/make_icons.py

The same drawing gives the same pixels; run it when the drawing changes. Those that are filled have no corners of their own: the telephone
cuts them to its own shape, and what is drawn lies within the inner circle of four fifths that none of them cuts.
"""

from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parents[1] / "src" / "asskomm" / "core" / "ui" / "static" / "asskomm"
DRAWING, GROUND = "icon.svg", "#0f5132"
ICONS = {"icon-192.png": (192, False), "icon-512.png": (512, False), "icon-filled-512.png": (512, True), "icon-apple-180.png": (180, True)}
"""Size in pixels, and whether it is filled to the edge."""
_PAGE = '#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: {fill})\n#image(bytes(sys.inputs.at("drawing")), format: "svg", width: 100%)'


def draw(size: int, *, filled: bool) -> bytes:
    """Give the drawing as a PNG of so many pixels on each side."""
    page = _PAGE.format(size=size, fill=f'rgb("{GROUND}")' if filled else "none")
    drawing = (FOLDER / DRAWING).read_text("utf-8")
    drawn: bytes = typst.compile(page.encode(), format="png", ppi=72, sys_inputs={"drawing": drawing})
    return drawn


def main() -> None:
    """Write all of them."""
    for name, (size, filled) in ICONS.items():
        (FOLDER / name).write_bytes(draw(size, filled=filled))
        print(name)


if __name__ == "__main__":
    main()
