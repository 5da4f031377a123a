# SPDX-License-Identifier: EUPL-1.2
"""Passkeys, cookies and redirects behind the proxy of the release, which holds the certificate."""

import datetime as dt
import os
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser

from tests.addresses import secret_paths
from tests.browser.conftest import PASSWORD, PATIENCE, add_account, plug, press
from tests.conftest import unavailable
from tests.processes import free_port, plain_environment, wait_for

RELEASED = Path(__file__).resolve().parents[2] / "release" / "nginx.conf"
FRAME = "daemon off; error_log stderr; pid {0}/pid; events {{}} http {{ access_log off; client_body_temp_path {0}/b; proxy_temp_path {0}/p; {1} }}"


@dataclass(frozen=True)
class Behind:
    """The ports without and with TLS, and where the proxy writes down what was asked."""

    plain: int
    secure: int
    log: Path


def _certificate(folder: Path) -> None:
    """Issue one for this machine, by itself."""
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - dt.timedelta(1), now + dt.timedelta(30))
    signed = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(*kind))


def _proxy(folder: Path, plain: int, secure: int, behind: int) -> Path:
    """Write the released example down with the ports of this test."""
    lines = [line for line in RELEASED.read_text("utf-8").splitlines() if "[::]" not in line]
    text = "\n".join(lines).replace("127.0.0.1:8000", f"127.0.0.1:{behind}").replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = (
        text.replace("listen 443", f"listen 127.0.0.1:{secure}")
        .replace("asskomm.stadt.example", "localhost")
        .replace("/etc/asskomm/tls", str(folder))
        .replace("/var/log/nginx", str(folder))
    )
    (folder / "nginx.conf").write_text(FRAME.format(folder, text), "utf-8")
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def behind(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """An installation that is no example, behind the proxy."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        unavailable("nginx is not installed; script/test installs it where it may")
    folder = tmp_path_factory.mktemp("tls")
    shutil.copytree(example_folder, folder / "data")
    shutil.copy(example_folder.with_name("data.secrets"), folder / "data.secrets")
    with sqlite3.connect(folder / "data" / "asskomm.sqlite3") as database:
        database.execute("UPDATE installation_installation SET example = 0")
    database.close()
    add_account(folder / "data", "tls@example.org")
    plain, secure, own = free_port(), free_port(), free_port()
    _certificate(folder)
    told = {"ASSKOMM_HTTPS": "ja", "ASSKOMM_PROXIES": "1", "ASSKOMM_HOSTS": "localhost", "ASSKOMM_URL": f"https://localhost:{secure}"}
    command = [sys.executable, "-m", "asskomm", "--data", str(folder / "data"), "up", "--port", str(own)]
    serving = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=plain_environment() | told)
    proxy = subprocess.Popen([nginx, "-c", str(_proxy(folder, plain, secure, own)), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://localhost:{own}/readyz")
        yield Behind(plain, secure, folder / "asskomm.log")
    finally:
        for process in (proxy, serving):
            process.terminate()
            process.wait(timeout=20)


def test_a_passkey_works_behind_tls_and_cookies_stay_with_this_host(browser: Browser, behind: Behind) -> None:
    with browser.new_context(base_url=f"https://localhost:{behind.secure}", locale="de-DE", ignore_https_errors=True) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        plug(page, resident=True)
        page.goto("/einloggen/")
        page.get_by_label("E-Mail-Adresse").fill("tls@example.org")
        page.get_by_label("Passwort").fill(PASSWORD)
        press(page, "Einloggen")
        page.goto("/konto/zweiter-faktor/passkeys/neu/")
        page.get_by_label("Passwort").fill(PASSWORD)
        press(page, "Bestätigen")
        press(page, "Jetzt einrichten")
        page.goto("/ausloggen/")
        press(page, "Ausloggen")
        page.goto("/einloggen/?next=/konto/")
        answer = press(page, "Mit Passkey einloggen")
        assert page.get_by_role("heading", level=1).inner_text() == "Mein Zugang"
        assert answer is not None
        assert answer.header_value("Strict-Transport-Security") == "max-age=31536000; includeSubDomains"
        kept = {cookie["name"]: (cookie["secure"], cookie["path"], cookie["domain"]) for cookie in context.cookies()}
        assert kept == dict.fromkeys(("__Host-sitzung", "__Host-csrftoken", "__Host-geraet"), (True, "/", "localhost"))


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        """Follow nowhere."""


def test_without_tls_one_is_led_to_it(behind: Behind) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.build_opener(_Stay).open(f"http://localhost:{behind.plain}/kennzahlen/?stand=01.03.2024")
    assert (refusal.value.code, refusal.value.headers["Location"]) == (301, "https://localhost/kennzahlen/?stand=01.03.2024")
    refusal.value.close()


def test_the_proxy_writes_no_secret_down(browser: Browser, behind: Behind) -> None:
    with browser.new_context(base_url=f"https://localhost:{behind.secure}", ignore_https_errors=True) as context:
        for path in (*secret_paths(), "/einloggen/?next=/konto/"):
            context.request.get(path)
    *signed, plain = (line.split('"')[1] for line in behind.log.read_text("utf-8").splitlines()[-len(secret_paths()) - 1 :])
    assert plain == "GET /einloggen/?next=/konto/"
    assert [line.removeprefix("GET ") for line in signed] == [re.sub(r"^(/einloggen/link/|/[^/]+/).*", r"\1***", path) for path in secret_paths()]


def test_a_program_without_tls_is_refused_and_not_led_on(behind: Behind) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.build_opener(_Stay).open(f"http://localhost:{behind.plain}/api/figures")
    assert refusal.value.code == 403
    refusal.value.close()


@pytest.mark.parametrize(
    ("ciphers", "agreed"), [("ECDHE-ECDSA-AES128-GCM-SHA256", True), ("ECDHE-ECDSA-CHACHA20-POLY1305", True), ("ECDHE-ECDSA-AES128-SHA", False)]
)
def test_only_recommended_ciphers_are_agreed_on(behind: Behind, ciphers: str, *, agreed: bool) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode, context.maximum_version = False, ssl.CERT_NONE, ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", behind.secure)) as wire:
        try:
            with context.wrap_socket(wire) as talk:
                found = talk.cipher()
        except ssl.SSLError:
            found = None
    assert (found[0] if found else None) == (ciphers if agreed else None)
