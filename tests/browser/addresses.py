# SPDX-License-Identifier: EUPL-1.2
"""An example address for every page, and why the other addresses are no pages."""

from collections.abc import Mapping
from dataclasses import dataclass

MEMBERS = ("coordinator", "council")
ALL = ("public", *MEMBERS)


@dataclass(frozen=True)
class Known:
    """Keys that stand in addresses but differ from folder to folder."""

    event: str
    made_up_event: str
    organisation: str
    function: str
    institute: str
    press: str
    press_draft: str
    quote: str
    previews: Mapping[str, str]
    jobs: Mapping[str, str]
    source: str
    comparison: str
    gathering: str
    gathering_draft: str
    gathering_past: str
    gathering_by_hand: str
    certificate: str
    session: str
    speaker: str
    registration: str
    link: str
    key: str

    def address(self, example: "Example", visitor: str) -> str:
        """Give the address of a page for a visitor."""
        return example.path.format(**vars(self), preview=self.previews.get(visitor, ""), job=self.jobs.get(visitor, ""))


@dataclass(frozen=True)
class Example:
    """A page with an address, who opens it, the status, and what is pressed first.

    Args:
        name: name of the address; empty where there is none.
        path: the address, with the names of `Known` in braces.
        visitors: who opens it.
        status: what the server answers.
        press: the name of a button that is pressed at once.
    """

    name: str
    path: str
    visitors: tuple[str, ...] = ALL
    status: int = 200
    press: str = ""


EXAMPLES = (
    Example("publishing:home", "/"),
    Example("publishing:figures", "/kennzahlen/?stand=14.09.2023&bekannt=14.09.2023&belegt=on"),
    Example("publishing:figure", "/kennzahlen/municipalities_advised/?nach=district"),
    Example("publishing:figure", "/kennzahlen/grants_eur/?stand=14.09.2023"),
    Example("publishing:target", "/kennzahlen/agreements/ziel/", ("council",)),
    Example("publishing:target", "/kennzahlen/agreements/ziel/", ("council",), 422, press="Speichern"),
    *(
        Example(f"publishing:{name}", path)
        for name, path in {"imprint": "/impressum/", "privacy": "/datenschutz/", "accessibility": "/barrierefreiheit/"}.items()
    ),
    Example("publishing:drafts", "/datenschutz/entwuerfe/", ("council",)),
    Example("publishing:easy", "/leichte-sprache/", ("public",)),
    Example("publishing:report_barrier", "/barriere-melden/", ("public",)),
    Example("publishing:report_barrier", "/barriere-melden/", ("public",), 422, press="Abschicken"),
    Example("publishing:press", "/presse/", ("public", "council")),
    Example("publishing:press_new", "/presse/neu/", ("council",)),
    Example("publishing:press_new", "/presse/neu/", ("council",), 422, press="Speichern"),
    Example("publishing:press_sheet", "/presse/{press}/", ("public", "council")),
    Example("publishing:press_sheet", "/presse/{press_draft}/", ("council",)),
    Example("publishing:press_sheet", "/presse/{press_draft}/", ("public",), 404),
    Example("publishing:press_figure", "/presse/{press}/kennzahlen/agreements/", ("public", "council")),
    Example("publishing:press_edit", "/presse/{press_draft}/aendern/", ("council",)),
    Example("publishing:press_quote", "/presse/{press_draft}/zitat/", ("council",)),
    Example("publishing:press_quote", "/presse/{press_draft}/zitat/", ("council",), 422, press="Speichern"),
    Example("publishing:press_edit_quote", "/presse/{press_draft}/zitat/{quote}/", ("council",)),
    Example("territory:search", "/kommunen/?ort=Neu"),
    Example("territory:search", "/kommunen/?ort=Atlantis"),
    Example("territory:municipality", "/kommunen/14522150/"),
    Example("territory:municipality", "/kommunen/14521470/"),
    Example("territory:district", "/landkreise/14522/"),
    Example("territory:state", "/sachsen/"),
    Example("search:search", "/suche/"),
    Example("search:search", "/suche/?q=Goerlitz"),
    Example("search:search", "/suche/?q=Seifhenersdorf"),
    Example("search:search", "/suche/?q=Qqqqqqqqqq", ("public",)),
    Example("publishing:handbook", "/handbuch/", ("public",)),
    Example("publishing:handbook_page", "/handbuch/kennzahlen/", ("public",)),
    Example("publishing:handbook_page", "/handbuch/startklar/", ("public",)),
    Example("publishing:handbook_page", "/handbuch/administration/", ("public",)),
    Example("publishing:handbook_page", "/handbuch/schnittstelle/", ("public",)),
    Example("people:organisations", "/organisationen/"),
    Example("people:organisation", "/organisationen/{organisation}/"),
    Example("people:relate", "/organisationen/{organisation}/beziehung/", ("council",)),
    Example("people:relate", "/organisationen/{organisation}/beziehung/", ("council",), 422, press="Speichern"),
    Example("people:merge", "/organisationen/{institute}/zusammenfuehren/", ("council",)),
    Example("people:merge", "/organisationen/{institute}/zusammenfuehren/", ("council",), 422, press="Zusammenführen"),
    Example("people:add_organisation", "/organisationen/neu/", ("council",)),
    Example("people:add_organisation", "/organisationen/neu/", ("council",), 422, press="Anlegen"),
    Example("people:profile", "/organisationen/{organisation}/erreichbarkeit/", ("coordinator",)),
    Example("people:appoint", "/organisationen/{organisation}/personen/neu/", ("council",)),
    Example("people:appoint", "/organisationen/{organisation}/personen/neu/", ("council",), 422, press="Eintragen und einladen"),
    Example("people:change_function", "/funktionen/{function}/", ("coordinator",)),
    Example("people:end_function", "/funktionen/{function}/beenden/", ("coordinator",)),
    Example("people:doubled", "/doppelt/", ("council",)),
    Example("people:posts", "/stellen/", ("council",)),
    Example("people:competences", "/zustaendigkeiten/?kreis=14628", ("public", "council")),
    Example("events:gatherings", "/veranstaltungen/"),
    Example("events:gatherings", "/veranstaltungen/?frueher=ja", ("public",)),
    Example("events:gathering", "/veranstaltungen/{gathering}/", ("public", "council")),
    Example("events:gathering", "/veranstaltungen/{gathering_draft}/", ("council",)),
    Example("events:gathering", "/veranstaltungen/{gathering_draft}/", ("coordinator",), 404),
    Example("events:new", "/veranstaltungen/neu/", MEMBERS),
    Example("events:new", "/veranstaltungen/neu/", ("council",), 422, press="Entwurf anlegen"),
    Example("events:change", "/veranstaltungen/{gathering}/aendern/", ("council",)),
    Example("events:call_off", "/veranstaltungen/{gathering}/absagen/", ("council",)),
    Example("events:programme", "/veranstaltungen/{gathering}/programm/", ("public",)),
    Example("events:programme", "/veranstaltungen/{gathering_draft}/programm/", ("council",)),
    Example("events:session", "/veranstaltungen/{gathering}/programm/beitrag/{session}/", ("public",)),
    Example("events:speaker", "/veranstaltungen/{gathering}/programm/mitwirkende/{speaker}/", ("public",)),
    Example("events:programme_change", "/veranstaltungen/{gathering}/programm/bearbeiten/", ("council",)),
    Example("events:programme_change", "/veranstaltungen/{gathering}/programm/bearbeiten/", ("coordinator",), 403),
    Example("events:room_new", "/veranstaltungen/{gathering}/programm/bearbeiten/raum/", ("council",)),
    Example("events:track_new", "/veranstaltungen/{gathering}/programm/bearbeiten/themenreihe/", ("council",)),
    Example("events:speaker_new", "/veranstaltungen/{gathering}/programm/bearbeiten/mitwirkende/", ("council",)),
    Example("events:speaker_change", "/veranstaltungen/{gathering}/programm/bearbeiten/mitwirkende/{speaker}/", ("council",)),
    Example("events:session_new", "/veranstaltungen/{gathering}/programm/bearbeiten/beitrag/", ("council",)),
    Example("events:session_new", "/veranstaltungen/{gathering}/programm/bearbeiten/beitrag/", ("council",), 422, press="Speichern"),
    Example("events:session_change", "/veranstaltungen/{gathering}/programm/bearbeiten/beitrag/{session}/", ("council",)),
    Example("events:session_remove", "/veranstaltungen/{gathering}/programm/bearbeiten/beitrag/{session}/entfernen/", ("council",)),
    Example("events:programme_release", "/veranstaltungen/{gathering}/programm/veroeffentlichen/", ("council",)),
    Example("events:participants", "/veranstaltungen/{gathering}/anmeldungen/", ("council",)),
    Example("events:participants", "/veranstaltungen/{gathering}/anmeldungen/", ("coordinator",), 403),
    Example("events:enrol", "/veranstaltungen/{gathering}/anmeldungen/neu/", ("council",)),
    Example("events:terms", "/veranstaltungen/{gathering}/anmeldung-einrichten/", ("council",)),
    Example("events:needs", "/veranstaltungen/{gathering}/bedarf/", ("council",)),
    Example("events:register", "/veranstaltungen/{gathering}/anmelden/", ("public",)),
    Example("events:register", "/veranstaltungen/{gathering}/anmelden/", ("public",), 422, press="Anmelden"),
    Example("events:registration", "{registration}", ("public",)),
    Example("events:day", "/veranstaltungen/{gathering}/am-tag/", ("council",)),
    Example("events:day", "/veranstaltungen/{gathering_past}/am-tag/", ("coordinator",)),
    Example("events:gathering_figures", "/veranstaltungen/{gathering_by_hand}/zahlen/", ("public", "council")),
    Example("events:gathering_figures", "/veranstaltungen/{gathering_past}/zahlen/", ("public",)),
    Example("events:gathering_figures", "/veranstaltungen/{gathering}/zahlen/", ("public",), 404),
    Example("events:enter_counts", "/veranstaltungen/{gathering_by_hand}/zahlen/eintragen/", ("council",)),
    Example("events:enter_counts", "/veranstaltungen/{gathering_by_hand}/zahlen/eintragen/", ("coordinator",), 403),
    Example("publishing:figure", "/kennzahlen/gathering_speakers/?stand=14.09.2023&zu={gathering_by_hand}&nach=background", ("public",)),
    Example("events:entrance", "/veranstaltungen/{gathering}/einlass/", ("council",)),
    Example("events:entrance", "/veranstaltungen/{gathering}/einlass/?q=e", ("council",)),
    Example("events:entrance", "/veranstaltungen/{gathering}/einlass/", ("coordinator",), 403),
    Example("events:entrance_guest", "/veranstaltungen/{gathering}/einlass/gast/", ("council",)),
    Example("events:entrance_guest", "/veranstaltungen/{gathering}/einlass/gast/", ("council",), 422, press="Platz geben und einlassen"),
    Example("events:door_passes", "/veranstaltungen/{gathering}/einlass-links/", ("council",)),
    Example("events:door_passes", "/veranstaltungen/{gathering}/einlass-links/", ("council",), 422, press="Link anlegen"),
    Example("events:door_pass", "/einlass/222222222222/0/", ("public",), 410),
    Example("events:verify", "/bestaetigung/{certificate}/", ("public",)),
    Example("events:verify", "/bestaetigung/{certificate}/", ("public",), 422, press="Prüfen"),
    Example("events:verify", "/bestaetigung/0/", ("public",), 404),
    Example("events:registration_change", "{registration}aendern/", ("public",)),
    Example("events:registration_others", "{registration}teilnehmende/", ("public",)),
    Example("people:desk", "/schreibtisch/", MEMBERS),
    Example("people:dates", "/termine/", MEMBERS),
    Example("people:dates", "/termine/", ("coordinator",), press="Adresse anlegen"),
    Example("alliance:unseen", "/netzwerk/lange-nichts-gehoert/", ("council",)),
    Example("people:account", "/konto/", MEMBERS),
    Example("people:tokens", "/konto/zugaenge/", MEMBERS),
    Example("people:tokens", "/konto/zugaenge/", MEMBERS, 422, press="Zugang anlegen"),
    Example("account_login", "/einloggen/", ("public",)),
    Example("account_login", "/einloggen/", ("public",), press="Einloggen"),
    Example("people:ask_for_link", "/einloggen/link/", ("public",)),
    Example("people:ask_for_link", "/einloggen/link/", ("public",), 422, press="Link schicken"),
    Example("people:ask_for_link", "/einloggen/link/?gesendet=ja", ("public",)),
    Example("people:link", "{link}", ("public",)),
    Example("people:link", "/einloggen/link/alt/", ("public",), 410),
    Example("people:provider", "/einloggen/dienst/", ("public",), 404),
    Example("people:provider_back", "/einloggen/dienst/zurueck/", ("public",), 404),
    Example("people:no_function", "/einloggen/ohne-funktion/", ("public",), 403),
    Example("people:devices", "/konto/geraete/", MEMBERS),
    Example("people:confirm_by_link", "/konto/bestaetigen/link/", MEMBERS),
    Example("people:set_up", "/konto/einrichten/", ("plain",)),
    Example("people:password", "/konto/passwort/", ("plain",)),
    Example("people:password", "/konto/passwort/", ("plain",), 422, press="Speichern"),
    Example("account_logout", "/ausloggen/", MEMBERS),
    Example("account_inactive", "/einloggen/gesperrt/", ("public",), 403),
    Example("mfa_authenticate", "/einloggen/zweiter-faktor/", ("half",)),
    Example("account_reauthenticate", "/konto/bestaetigen/", ("plain",)),
    Example("mfa_reauthenticate", "/konto/bestaetigen/zweiter-faktor/", ("guarded",)),
    Example("mfa_index", "/konto/zweiter-faktor/", ("plain", "guarded")),
    Example("mfa_activate_totp", "/konto/zweiter-faktor/einrichten/", ("plain",)),
    Example("mfa_deactivate_totp", "/konto/zweiter-faktor/abschalten/", ("guarded",)),
    Example("mfa_add_webauthn", "/konto/zweiter-faktor/passkeys/neu/", ("plain",)),
    Example("mfa_reauthenticate_webauthn", "/konto/bestaetigen/passkey/", ("keyed",)),
    Example("mfa_edit_webauthn", "/konto/zweiter-faktor/passkeys/{key}/umbenennen/", ("keyed",)),
    Example("mfa_remove_webauthn", "/konto/zweiter-faktor/passkeys/{key}/entfernen/", ("keyed",)),
    Example("mfa_view_recovery_codes", "/konto/codes/", ("guarded",)),
    Example("mfa_generate_recovery_codes", "/konto/codes/neu/", ("guarded",)),
    Example("library:fields", "/themen/"),
    Example("library:field", "/themen/traffic/"),
    Example("alliance:map", "/netzwerk/?stand=14.09.2023&schicht=council"),
    Example("alliance:table", "/netzwerk/tabelle/?stand=14.09.2023"),
    Example("alliance:events", "/ereignisse/"),
    Example("alliance:event", "/ereignisse/{event}/"),
    Example("alliance:event", "/ereignisse/{made_up_event}/"),
    Example("audit:history", "/verlauf/events/{event}/", MEMBERS),
    Example("audit:comparison", "{comparison}", ("council",)),
    Example("mail:inbox", "/postfach/", MEMBERS),
    Example("mail:outbox", "/postausgang/", ("council",), 403),
    Example("retention:rules", "/loeschfristen/"),
    Example("audit:log", "/verlauf/", ("council",), 403),
    Example("operation:operation", "/betrieb/", ("council",), 403),
    Example("alliance:enter", "/ereignisse/neu/", MEMBERS),
    Example("alliance:enter", "/ereignisse/neu/", MEMBERS, 422, press="Speichern"),
    Example("alliance:correct", "/ereignisse/{event}/aendern/", ("council",)),
    Example("imports:upload", "/daten-einlesen/", MEMBERS),
    Example("imports:upload", "/daten-einlesen/", MEMBERS, 422, press="Vorschau zeigen"),
    Example("imports:batch", "{preview}", MEMBERS),
    Example("exports:datasets", "/daten/"),
    Example("exports:dataset", "/daten/ereignisse/?stand=14.09.2023"),
    Example("provenance:sources", "/quellen/"),
    Example("provenance:source", "{source}"),
    Example("jobs:jobs", "/auftraege/", MEMBERS),
    Example("jobs:job", "{job}", MEMBERS),
    Example("", "/gibt-es-nicht/", status=404),
    Example("alliance:map", "/netzwerk/?stand=gestern", ("public",), 400),
)
NO_PAGE = {
    "events:publish": "a button, answers with a redirect",
    "events:decide": "a button, answers with a redirect",
    "events:calendar": "a file",
    "events:badges": "a file",
    "events:blank_badges": "a file",
    "events:door_list": "a file",
    "events:certificates": "a file",
    "events:certificate": "a file",
    "events:entrance_merge": "JSON",
    "events:entrance_worker": "a script",
    "events:entrance_manifest": "JSON",
    "events:revoke_door_pass": "a button, answers with a redirect",
    "events:programme_calendar": "a file",
    "events:session_calendar": "a file",
    "events:speaker_calendar": "a file",
    "events:schedule_xml": "a file",
    "events:schedule_json": "JSON",
    "events:session_place": "a button, answers with a redirect",
    "events:participants_file": "a file",
    "events:gathering_figures_file": "a file",
    "publishing:handbook_picture": "a picture",
    "people:merge_persons": "a button, answers with a redirect",
    "people:withdraw_profile": "a button, answers with a redirect",
    "publishing:draft": "a file",
    "publishing:drop_target": "a button, answers with a redirect",
    "people:part": "a button, answers with a redirect",
    "people:subscribe": "a button, answers with a redirect",
    "people:unsubscribe": "a button, answers with a redirect",
    "people:date": "a file",
    "people:calendar_feed": "a file",
    "mail:unsubscribe": "its links stand in mails only; tried with the mails",
    "mail:write_again": "a button, answers with a redirect",
    "retention:access": "a file",
    "publishing:press_refresh": "a button, answers with a redirect",
    "publishing:press_release": "a button, answers with a redirect",
    "publishing:press_release_quote": "a button, answers with a redirect",
    "publishing:press_remove_quote": "a button, answers with a redirect",
    "publishing:press_download": "a file",
    "people:revoke_token": "a button, answers with a redirect",
    "people:end_relation": "a button, answers with a redirect",
    "people:example_sign_in": "a button, answers with a redirect",
    "jobs:cancel": "a button, answers with a redirect",
    "jobs:try_again": "a button, answers with a redirect",
    "alliance:confirm": "a button, answers with a redirect",
    "alliance:withdraw": "a button, answers with a redirect",
    "alliance:restore": "a button, answers with a redirect",
    "set_language": "a button, answers with a redirect",
    "alliance:geojson": "a file",
    "alliance:export": "a file",
    "exports:file": "a file",
    "imports:sample": "a file",
    "imports:rejections": "a file",
    "imports:take_over": "a button, answers with a redirect",
    "imports:undo": "a button, answers with a redirect",
    "imports:drop": "a button, answers with a redirect",
    "mfa_list_webauthn": "answers with a redirect",
    "mfa_login_webauthn": "a button, answers with a redirect",
    "people:end_device": "a button, answers with a redirect",
    "people:end_other_devices": "a button, answers with a redirect",
    "mfa_download_recovery_codes": "a file",
    "api:openapi-json": "JSON",
    "api:hand_in": "JSON",
    "api:list_datasets": "JSON",
    "api:list_districts": "JSON",
    "api:list_events": "JSON",
    "api:list_figures": "JSON",
    "api:drop": "JSON",
    "api:list_importers": "JSON",
    "api:list_imports": "JSON",
    "api:list_jobs": "JSON",
    "api:list_municipalities": "JSON",
    "api:list_rejected": "JSON",
    "api:list_sources": "JSON",
    "api:locate_point": "JSON",
    "api:one_district": "JSON",
    "api:one_event": "JSON",
    "api:one_figure": "JSON",
    "api:one_import": "JSON",
    "api:one_job": "JSON",
    "api:one_municipality": "JSON",
    "api:one_source": "JSON",
    "api:search": "JSON",
    "api:take_over": "JSON",
    "api:undo": "JSON",
    "api:api-root": "never answers; a name for reversing only",
    "operation:metrics": "numbers for machines",
    "operation:security": "a few lines for machines",
    "healthz": "one word for machines",
    "readyz": "one word for machines",
}
