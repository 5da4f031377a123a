# SPDX-License-Identifier: EUPL-1.2
"""A mail server (aiosmtpd) as a process of its own: it prints its port, and writes the identifier of each mail that it takes into a file."""

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Keeping:
    """Writes down what arrives."""

    def __init__(self, path: Path) -> None:
        """Begin a file."""
        self.file = path.open("w", encoding="ascii")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- the library's name
        """Take a mail."""
        (line,) = [line for line in envelope.content.split(b"\r\n\r\n", 1)[0].split(b"\r\n") if line.lower().startswith(b"message-id:")]
        self.file.write(f"{envelope.rcpt_tos[0]} {line.decode('ascii').split()[1]}\n")
        self.file.flush()
        return "250 ok"


async def main() -> None:
    """Serve until ended."""
    keeping = Keeping(Path(sys.argv[1]))
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeping), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
