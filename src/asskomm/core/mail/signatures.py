# SPDX-License-Identifier: EUPL-1.2
"""Signed words in links and return paths: short, lower case, and of no use for anything else."""

from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 24


def signature(purpose: str, *words: str) -> str:
    """Give the signature of some words for one purpose, 96 bits as hexadecimal digits, which survive a mail server that folds case."""
    return salted_hmac(f"asskomm.mail.{purpose}", "\n".join(words), algorithm="sha256").hexdigest()[:LENGTH]


def is_signed(given: str, purpose: str, *words: str) -> bool:
    """Whether a signature is ours."""
    return constant_time_compare(given, signature(purpose, *words))
