#!/bin/sh
# Installs csvrecon: the program, its manual page, completions for shells, systemd units and a logrotate file; makes the user
# csvrecon and its folders. Running it again upgrades: it leaves /etc/csvrecon, databases and logs alone.
#
#   install.sh [--prefix=/usr/local] [--binary=FILE]
#
# --binary is the executable file; without it csvrecon beside this script, or dist/csvrecon of the project.
# With DESTDIR in the environment everything goes below that folder, for a package: no user is made and systemd is not told.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
destination=${DESTDIR:-}
prefix=/usr/local
binary=

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

for argument in "$@"; do
  case $argument in
  --prefix=/*) prefix=${argument#--prefix=} ;;
  --binary=?*) binary=${argument#--binary=} ;;
  *) fail "unknown argument '$argument'. Usage: install.sh [--prefix=/usr/local] [--binary=FILE]" ;;
  esac
done

for candidate in "$here/csvrecon" "$here/../../dist/csvrecon"; do
  if [ -z "$binary" ] && [ -f "$candidate" ]; then binary=$candidate; fi
done
[ -n "$binary" ] || fail "found no csvrecon to install: make one with 'deno task compile', or name it with --binary=FILE"
case $binary in */*) ;; *) binary=./$binary ;; esac
version=$("$binary" --version) || fail "$binary does not run on this machine"
if [ -z "$destination" ] && [ "$(id -u)" -ne 0 ]; then fail "only root can install; with DESTDIR=FOLDER anybody can try"; fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
shared=$prefix/share/csvrecon
case $prefix in
/usr | /usr/local) units=$prefix/lib/systemd/system ;;
*) units=/etc/systemd/system ;;
esac

# Writes standard input to a file, in one step, so that nobody ever sees half of it, and notes its name.
# $1: path, $2: mode
put() {
  mkdir -p "$destination${1%/*}"
  cat >"$destination$1.new"
  chmod "$2" "$destination$1.new"
  mv -f "$destination$1.new" "$destination$1"
  echo "$1" >>"$scratch/installed_files"
}

# Puts what the program prints. $1: path, others: what it is asked for
put_printed() {
  path=$1
  shift
  "$binary" "$@" >"$scratch/printed"
  put "$path" 644 <"$scratch/printed"
}

# Puts a file beside this script in which the program's path is another. $1: path, $2: file
put_with_prefix() {
  sed -e "s|/usr/local/bin|$prefix/bin|" -e "s|/usr/local/share/csvrecon|$shared|" "$here/$2" >"$scratch/printed"
  put "$1" 644 <"$scratch/printed"
}

# $1: path, $2: mode, $3: owner and group
folder() {
  mkdir -p "$destination$1"
  chmod "$2" "$destination$1"
  if [ -z "$destination" ]; then chown "$3" "$destination$1"; fi
}

# The system user that jobs run as.
make_user() {
  if id csvrecon >/dev/null 2>&1; then return; fi
  if command -v useradd >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/csvrecon --no-create-home --shell /usr/sbin/nologin csvrecon
  elif command -v adduser >/dev/null && command -v addgroup >/dev/null; then
    addgroup -S csvrecon && adduser -S -D -H -h /var/lib/csvrecon -s /sbin/nologin -G csvrecon csvrecon
  else
    fail "cannot make the user csvrecon here: make it, and start again"
  fi
}

if [ -z "$destination" ]; then make_user; fi
put "$prefix/bin/csvrecon" 755 <"$binary"
put_printed "$prefix/share/man/man1/csvrecon.1" man
put_printed "$prefix/share/bash-completion/completions/csvrecon" completions bash
put_printed "$prefix/share/zsh/site-functions/_csvrecon" completions zsh
put_printed "$prefix/share/fish/vendor_completions.d/csvrecon.fish" completions fish
put_with_prefix "$shared/csvrecon.cron" csvrecon.cron
put "$shared/csvrecon.nginx" 644 <"$here/csvrecon.nginx"
put "$shared/csvrecon-mail" 755 <"$here/csvrecon-mail"
put "$shared/uninstall.sh" 755 <"$here/uninstall.sh"
put /etc/logrotate.d/csvrecon 644 <"$here/csvrecon.logrotate"
if [ -n "$destination" ] || command -v systemctl >/dev/null; then
  put_with_prefix "$units/csvrecon@.service" csvrecon@.service
  put "$units/csvrecon@.timer" 644 <"$here/csvrecon@.timer"
  put_with_prefix "$units/csvrecon-mail@.service" csvrecon-mail@.service
  put_with_prefix "$units/csvrecon-serve.service" csvrecon-serve.service
fi
put "$shared/installed_files" 644 <"$scratch/installed_files"

folder /etc/csvrecon 750 root:csvrecon
folder /var/lib/csvrecon 750 csvrecon:csvrecon
folder /var/log/csvrecon 750 csvrecon:csvrecon
if [ -z "$destination" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi

cat <<END
Installed $version in $destination$prefix.
Next: a database in /var/lib/csvrecon, a job in /etc/csvrecon/nightly.job, its password in /etc/csvrecon/password (chown csvrecon, chmod 0400), and
  systemctl enable --now csvrecon@nightly.timer
or, without systemd, $shared/csvrecon.cron as /etc/cron.d/csvrecon.
Who gets a mail when a job fails: addresses in /etc/csvrecon/mail_to, one a line; else root.
END
