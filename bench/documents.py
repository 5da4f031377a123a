# SPDX-License-Identifier: EUPL-1.2
"""Time a document of three pages in each format, the first time and later: python -m bench.documents."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asskomm.core.documents import Document

ROUNDS = 10
LINE = "Kommunen, Polizei und Landespräventionsrat arbeiten in der Allianz zusammen, damit Menschen sich vor Ort wohl und sicher fühlen. "


def three_pages() -> Document:
    """Give a document with text, a table of forty rows and a chart."""
    from asskomm.core.charts import bar_chart
    from asskomm.core.documents import Block, Document, Heading, Paragraph, Picture, Table
    from asskomm.core.estimates import Estimate

    chart = bar_chart("Beratungen", [(f"Jahr {year}", Estimate(10 * (year - 2018))) for year in range(2019, 2025)])
    table = Table("Kennzahlen", ("Kennzahl", "Vorher", "Jetzt"), [(f"Zeile {number}", str(number), str(number)) for number in range(40)], frozenset({1, 2}))
    text, picture = [Paragraph(LINE * 6)] * 5, Picture(chart.svg, chart.alternative)
    blocks: list[Block] = [Paragraph(LINE, lead=True), Heading("Die Zahlen"), *text, table, picture, Paragraph(LINE * 5)]
    return Document("Zahlen der Allianz", blocks, organisation="Landespräventionsrat Sachsen", kind="Medieninformation", funded=True)


def seconds(ending: str) -> tuple[float, float]:
    """Give the time of the first writing in this process, and the median of later ones."""
    from asskomm.core.documents import FORMATS

    document, times = three_pages(), []
    for _round in range(ROUNDS + 1):
        began = time.perf_counter()
        FORMATS[ending].write(document)
        times.append(time.perf_counter() - began)
    return times[0], statistics.median(times[1:])


def main() -> None:
    """Print the times, each format in a process of its own."""
    if len(sys.argv) > 1:
        from asskomm.config.cli import start_django

        start_django()
        first, later = seconds(sys.argv[1])
        print(f"{sys.argv[1]:5} first {1000 * first:4.0f} ms, later {1000 * later:4.0f} ms", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("pdf", "docx", "odt", "html"):
            subprocess.run([sys.executable, "-m", "bench.documents", ending], check=True, env={**os.environ, "ASSKOMM_DATA": f"{folder}/data"})


if __name__ == "__main__":
    main()
