# SPDX-License-Identifier: EUPL-1.2
"""What went wrong when a mail was handed over: for now or for good, and whether it is the fault of the mail, the address or the line."""

import re
import smtplib
from dataclasses import dataclass

CLOSING = 421
FOR_GOOD = 500
_POLICY = re.compile(r"\b5\.7\.\d")
_ADDRESS = re.compile(r"([\w+])[\w.+%=-]*(@[\w.-]+)")


@dataclass(frozen=True)
class Fault:
    """A fault.

    Args:
        words: what the server or the line said.
        lasting: whether no further attempt would help.
        of_address: whether the address takes no mail at all.
        lost: whether the connection has gone with it.
    """

    words: str
    lasting: bool = False
    of_address: bool = False
    lost: bool = False


def fault_of(error: Exception) -> Fault:
    """Tell what an exception of handing over means; a refusal for reasons of policy (5.7.x) says nothing about the address."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            words = _answer(code, answer)
            return Fault(words, code >= FOR_GOOD, of_address=code >= FOR_GOOD and not _POLICY.search(words), lost=code == CLOSING)
        case smtplib.SMTPSenderRefused():  # our own address, which an administrator can put right
            return Fault(_answer(error.smtp_code, error.smtp_error), lost=error.smtp_code == CLOSING)
        case smtplib.SMTPResponseException():
            return Fault(_answer(error.smtp_code, error.smtp_error), error.smtp_code >= FOR_GOOD, lost=error.smtp_code == CLOSING)
        case smtplib.SMTPServerDisconnected():
            return Fault(words_of(error), lost=True)
        case smtplib.SMTPException() | ValueError():  # an address or a header that cannot be written
            return Fault(words_of(error), lasting=True)
        case _:
            return Fault(words_of(error), lost=True)


def words_of(error: Exception) -> str:
    """Give what an exception says, in one line."""
    return masked(str(error)) or type(error).__name__


def masked(text: str) -> str:
    """Give what a server says in one line, without the addresses that it repeats.

    >>> masked("550 5.1.1 <kim.muster@stadt.example>: no such user")
    '550 5.1.1 <k…@stadt.example>: no such user'
    """
    return _ADDRESS.sub(r"\1…\2", " ".join(text.split()))


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return masked(f"{code} {text}")
