# SPDX-License-Identifier: EUPL-1.2
"""Signed words in links and return paths: short, lower case, and of no use for anything else."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 32


def signature(purpose: str, *words: str, length: int = LENGTH) -> str:
    """Give the signature of some words for one purpose as hexadecimal digits, which survive a mail server that folds case.

    Args:
        purpose: what it is good for, and nothing else.
        words: what is signed.
        length: how many digits, four bits each; fewer only where somebody watches each attempt.
    """
    return _made_with(settings.SECRET_KEY, purpose, words)[:length]


def is_signed(given: str, purpose: str, *words: str, length: int = LENGTH) -> bool:
    """Whether a signature is ours, made with the present secret or a former one."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(given, _made_with(secret, purpose, words)[:length]) for secret in secrets)


def _made_with(secret: str, purpose: str, words: tuple[str, ...]) -> str:
    return salted_hmac(f"asskomm.mail.{purpose}", "\n".join(words), secret=secret, algorithm="sha256").hexdigest()[:LENGTH]
