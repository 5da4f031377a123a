# SPDX-License-Identifier: EUPL-1.2
"""A mail server of a few lines on a port of this machine: it keeps what it takes, and answers as a test wants."""

import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

Answers = Callable[[str], str | None]


@dataclass
class Taken:
    """A mail with its envelope."""

    sender: str
    recipient: str
    message: EmailMessage


@dataclass
class MailServer:
    """What a test sees of it.

    `answers` gives another answer to a line of the client than the usual one, and an empty one hangs up; the end of the data is the line `.`.
    """

    port: int
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    answers: Answers = lambda _line: None

    @property
    def recipients(self) -> list[str]:
        """To whom it has taken mails."""
        return [taken.recipient for taken in self.taken]


USUAL = {"EHLO": "250 localhost", "HELO": "250 localhost", "DATA": "354 go on", "QUIT": "221 bye"}


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve until the block ends."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            state.connections += 1
            self.say("220 localhost ESMTP")
            sender = recipient = ""
            while line := self.rfile.readline().decode().strip():
                line = line[:4].upper() + line[4:]
                verb, _colon, rest = line.partition(":")
                sender = rest.split(">")[0].strip("< ") if verb == "MAIL FROM" else sender
                recipient = rest.split(">")[0].strip("< ") if verb == "RCPT TO" else recipient
                answer = self.answer(line)
                if not self.say(answer) or line == "QUIT":
                    return
                if answer.startswith("354") and not self.take(sender, recipient):
                    return

        def answer(self, line: str) -> str:
            other = state.answers(line)
            return USUAL.get(line.split(maxsplit=1)[0].upper(), "250 ok") if other is None else other

        def say(self, answer: str) -> bool:
            self.wfile.write(f"{answer}\r\n".encode() if answer else b"")
            return bool(answer)

        def take(self, sender: str, recipient: str) -> bool:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            answer = self.answer(".")
            if answer.startswith("250") or not answer:  # taken, even where the client never hears of it
                state.taken.append(Taken(sender, recipient, message_from_bytes(b"".join(lines), policy=policy.default)))
            return self.say(answer)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        state = MailServer(server.server_address[1])
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
