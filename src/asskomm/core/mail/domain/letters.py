# SPDX-License-Identifier: EUPL-1.2
"""The mail as it goes over the wire: plain text, the same as HTML, and the headers that tell machines what it is."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from asskomm.core.mail.models import Address, Mail
from asskomm.core.mail.registry import MAIL_KINDS
from asskomm.core.mail.signatures import signature


def letter(mail: Mail) -> EmailMultiAlternatives:
    """Make the mail; the envelope's sender is the return path of this one mail where the installation has one."""
    duty = mail.kind not in MAIL_KINDS or MAIL_KINDS[mail.kind].duty
    link = "" if duty else unsubscribe_link(mail.address, mail.kind)
    with translation.override(mail.language):
        text, html = _as_text(mail, link), _as_html(mail, link)
    headers = {"From": settings.MAIL_FROM, "Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", "Content-Language": mail.language}
    if link:
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    written = EmailMultiAlternatives(mail.subject, text, return_path(mail), [mail.address.email], headers=headers)
    written.attach_alternative(html, "text/html")
    return written


def unsubscribe_link(address: Address, kind: str) -> str:
    """Give the signed link by which whoever holds the mail unsubscribes its kind."""
    return settings.SITE_URL + reverse("mail:unsubscribe", args=[address.reference, kind, signature("unsubscribe", address.reference, kind)])


def return_path(mail: Mail) -> str:
    """Give the address to which mail servers report that this mail did not arrive: `bounce+TOKEN@…`."""
    name, at, domain = settings.MAIL_BOUNCE.rpartition("@")
    return f"{name}+{mail.reference}{signature('bounce', mail.reference)}@{domain}" if at else settings.MAIL_FROM


def _as_text(mail: Mail, link: str) -> str:
    foot = _("Diese Nachrichten abbestellen: %(link)s") % {"link": link}
    return f"{mail.text}\n\n-- \n{foot}\n" if link else f"{mail.text}\n"


def _as_html(mail: Mail, link: str) -> str:
    body = mark_safe(linebreaks(urlize(mail.text, autoescape=True)))  # noqa: S308 -- urlize has escaped every word
    return render_to_string("mail/letter.html", {"mail": mail, "body": body, "link": link})
