# SPDX-License-Identifier: EUPL-1.2
"""The icons for telephones are what the drawing says, in the sizes that are looked for."""

import io

import pytest
from PIL import Image

from tools.make_icons import FOLDER, ICONS, draw


@pytest.mark.parametrize("name", ICONS)
def test_what_is_shipped_is_what_the_drawing_gives(name: str) -> None:
    size, filled = ICONS[name]
    with Image.open(FOLDER / name) as shipped, Image.open(io.BytesIO(draw(size, filled=filled))) as drawn:
        assert (shipped.size, shipped.convert("RGBA").tobytes()) == ((size, size), drawn.convert("RGBA").tobytes())


@pytest.mark.parametrize("name", [name for name, (_size, filled) in ICONS.items() if filled])
def test_nothing_white_lies_where_a_telephone_may_cut(name: str) -> None:
    with Image.open(FOLDER / name) as shipped:
        half, pixels = shipped.width / 2, shipped.convert("L").tobytes()
        white = [divmod(place, shipped.width) for place, light in enumerate(pixels) if light > 200]
    assert white
    assert max((x - half) ** 2 + (y - half) ** 2 for x, y in white) < (0.8 * half) ** 2
