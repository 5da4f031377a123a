#!/usr/bin/env bash
# Installiert ASSKomm aus diesem Ordner, ohne Internet: ./install.sh [--service] [ORDNER]
#   ORDNER      wohin (sonst /opt/asskomm); jede Version liegt für sich darin, „current“ zeigt auf die neueste
#   --service   richtet als root auch Benutzer, Dienste und /etc/asskomm ein
set -euo pipefail
cd "$(dirname "$0")"

service=
[ "${1:-}" != --service ] || { service=yes && shift; }
target=${1:-/opt/asskomm}
version=$(<VERSION)
place=$target/$version

stop() {
  echo "install.sh: $1" >&2
  exit 2
}

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do
    # Only a version that there are wheels for.
    "$name" -c 'import sys, venv; sys.exit(f"{sys.version_info[0]}.{sys.version_info[1]}" not in open("PYTHONS").read().split())' 2>/dev/null && echo "$name" && return
  done
  return 1
}

put_service() {
  id asskomm >/dev/null 2>&1 || useradd --system --home-dir /var/lib/asskomm --shell /usr/sbin/nologin asskomm
  install -d -m 0750 -o root -g asskomm /etc/asskomm
  [ -e /etc/asskomm/asskomm.env ] || install -m 0640 -o root -g asskomm etc/asskomm.env /etc/asskomm/asskomm.env
  install -m 0644 etc/asskomm-*.service etc/asskomm-*.timer /etc/systemd/system/
  install -m 0755 etc/asskomm /usr/local/bin/asskomm
  systemctl daemon-reload
}

[ "$(uname -sm)" = "Linux $(<MACHINE)" ] || stop "Dieses Archiv ist für Linux auf $(<MACHINE), nicht für $(uname -sm)."
sha256sum --quiet --check SHA256SUMS || stop "Eine Datei ist beschädigt. Laden Sie das Archiv noch einmal."
python=$(find_python) || stop "Es fehlt Python $(tr '\n' ' ' <PYTHONS)(unter Debian und Ubuntu: apt install python3)."
[ ! -e "$place" ] || stop "$place gibt es schon. Löschen Sie den Ordner, um diese Version noch einmal zu installieren."
[ -z "$service" ] || [ "$(id -u)" = 0 ] || stop "--service geht nur als root."

trap 'rm -rf "$place"' EXIT
mkdir -p "$target"
"$python" -m venv --without-pip "$place"
pip=(wheels/pip-*.whl) # which runs as it is
"$place/bin/python" "${pip[0]}/pip" --isolated --no-cache-dir --disable-pip-version-check install --quiet --no-index --find-links wheels \
  --only-binary :all: --no-deps --require-hashes --compile -r requirements.txt
"$place/bin/asskomm" --help >/dev/null
trap - EXIT
ln -sfn "$version" "$target/current"
[ -z "$service" ] || put_service
echo "ASSKomm $version liegt in $place."
