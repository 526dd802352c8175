#!/bin/sh
# Takes away what install.sh has put in place. /etc/csvrecon, databases, logs and the user csvrecon stay.
#
#   uninstall.sh [--prefix=/usr/local]
#
# DESTDIR as for install.sh.
set -eu

destination=${DESTDIR:-}
prefix=/usr/local

fail() {
  echo "uninstall.sh: $*" >&2
  exit 1
}

for argument in "$@"; do
  case $argument in
  --prefix=/*) prefix=${argument#--prefix=} ;;
  *) fail "unknown argument '$argument'. Usage: uninstall.sh [--prefix=/usr/local]" ;;
  esac
done

shared=$prefix/share/csvrecon
manifest=$destination$shared/installed_files
if ! [ -f "$manifest" ]; then
  echo "csvrecon is not installed in $destination$prefix."
  exit 0
fi
if [ -z "$destination" ] && [ "$(id -u)" -ne 0 ]; then fail "only root can uninstall"; fi

# Ends what runs, and what would run again after the next start of the machine.
stop_units() {
  systemctl list-units --all --plain --no-legend 'csvrecon@*.timer' | while read -r timer _; do
    systemctl disable --now "$timer"
  done
  # An older installation has no such unit.
  systemctl disable --now csvrecon-serve.service || true
}

if [ -z "$destination" ] && [ -d /run/systemd/system ]; then stop_units; fi

while read -r file; do
  case $file in
  /*csvrecon*) rm -f "$destination$file" ;;
  esac
done <"$manifest"
rm -f "$manifest"
rmdir "$destination$shared" 2>/dev/null || true
if [ -z "$destination" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi

echo "csvrecon is uninstalled. What stays, if there is any: /etc/csvrecon, /var/lib/csvrecon, /var/log/csvrecon, your crontabs, the user csvrecon."
