# SPDX-License-Identifier: EUPL-1.2
"""The mails that carry one-time links."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language

from asskomm.core.clock import clock
from asskomm.core.mail.domain.writing import send
from asskomm.core.visibility import Principal
from asskomm.people.domain.queries.principals import names_of
from asskomm.people.models import Account, Function

_signer = Signer(salt="asskomm.people.lasting")


def lasting_address(account: Account | None) -> str:
    """Give the address under which a fresh link is to be had at any time; it knows the account, lets nobody in, and never ends."""
    return f"{settings.SITE_URL}{reverse('people:ask_for_link')}?zugang={_signer.sign(str(account.pk if account else 0))}"


def account_of_lasting(word: str) -> Account | None:
    """Give the account of the word in a lasting address; `None` where it is not ours."""
    try:
        return Account.objects.filter(pk=int(_signer.unsign(word))).first()
    except BadSignature:
        return None


def send_sign_in_link(account: Account, path: str) -> None:
    """Send a link to its owner."""
    _send("sign_in_link", account.email, account, {"link": settings.SITE_URL + path, "lasting": lasting_address(account)})


def send_nothing(email: str, path: str) -> None:
    """Do for an unknown address what is done for a known one, and take it back.

    Raises
    ------
        ValueError: it is no address.
    """
    with transaction.atomic():
        _send("sign_in_link", email, None, {"link": settings.SITE_URL + path, "lasting": lasting_address(None)})
        transaction.set_rollback(True)


def _send(kind: str, email: str, account: Account | None, context: dict[str, object]) -> None:
    send(kind, to=email, account=account.pk if account else None, language=get_language() or "de", context=context)


def send_invitation(account: Account, path: str, by: Principal) -> None:
    """Send an invitation that names who appointed her to what."""
    functions = Function.objects.filter(person=account.person_id).exclude(end__lt=clock.today()).select_related("organisation")
    context = {
        "inviter": names_of([by.account]).get(by.account, "") if by.account else "",
        "name": str(account),
        "functions": [f"{function.get_role_display()}, {function.organisation}" for function in functions],
        "link": settings.SITE_URL + path,
        "lasting": lasting_address(account),
    }
    send("invitation", to=account.email, account=account.pk, context=context)
