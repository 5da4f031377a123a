# SPDX-License-Identifier: EUPL-1.2
"""Renew the key of the installation: first beside the former one, then without it."""

from argparse import ArgumentParser, Namespace

from asskomm.config.cli import require_prepared, start_django


def arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="AKTION")
    actions.add_parser("renew", help="einen neuen Schlüssel davorsetzen; was der alte verschlossen hat, gilt weiter")
    actions.add_parser("forget-former", help="die alten Schlüssel vergessen; offene Sitzungen und Links von damals enden")


def run(options: Namespace) -> int:
    """Do the action."""
    from asskomm.config.options import secrets_file
    from asskomm.config.secret_file import forget_former, renew_secret

    if options.action == "renew":
        renew_secret(secrets_file())
    start_django()  # with the keys as they are now
    require_prepared()
    _close_anew()
    if options.action == "forget-former":
        print(f"Vergessen: {forget_former(secrets_file())} frühere Schlüssel.")
    print("Starten Sie Seiten und Hintergrunddienst neu; auf mehreren Rechnern kopieren Sie die Datei vorher auf alle.")
    return 0


def _close_anew() -> None:
    """Close with the newest key what each room keeps, and say how much could not be opened."""
    from asskomm.core.installation.sealed import SEALED_STORES

    for store in SEALED_STORES:
        closed, lost = store.close_anew()
        print(f"Mit dem neuen Schlüssel verschlossen: {store.name} {closed}{f', nicht zu öffnen {lost}' if lost else ''}.")
        if lost and store.help:
            print(store.help)
