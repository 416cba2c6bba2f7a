#!/usr/bin/env bash
# Installs the package on a bare Debian 12, starts the program from its desktop entry with a chronology, upgrades it,
# and removes it: nothing is left. Needs root, debootstrap, a Debian mirror, and the package (`assets/package.sh`).
#
#     tests/installed.sh [PACKAGE.deb]
set -euo pipefail
cd "$(dirname "$0")/.."
package=$(realpath "${1:-$(ls target/packages/*.deb)}")
mirror=${MIRROR:-http://deb.debian.org/debian}
fail() { echo "installed.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "needs root"
root=$(mktemp -d)
trap 'umount -l "$root/proc" "$root/dev" 2>/dev/null || true; rm -rf --one-file-system "$root"' EXIT

debootstrap --variant=minbase bookworm "$root" "$mirror" > "$root.log" 2>&1 || fail "debootstrap: $(tail -3 "$root.log")"
rm -f "$root.log"
for conf in /etc/apt/apt.conf.d/*proxy* /etc/apt/apt.conf.d/99*; do [ -f "$conf" ] && cp "$conf" "$root/etc/apt/apt.conf.d/"; done
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
inside() { DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$root" "$@"; }
quiet() { inside "$@" > "$root/tmp/log" 2>&1 || fail "$*: $(tail -5 "$root/tmp/log")"; }

quiet apt-get update
# A desktop has these: what shows a window, starts desktop entries and knows kinds of files.
quiet apt-get install -y --no-install-recommends xvfb x11-utils libglib2.0-bin shared-mime-info desktop-file-utils libgl1-mesa-dri
cp "$package" "$root/tmp/first.deb"
list() { inside find / -xdev -path /proc -prune -o -path /dev -prune -o -path /tmp -prune -o -path /var -prune -o -path /root -prune -o -print | sort; }

# What it needs besides is installed first, so that the list afterwards is of its own files.
needed=$(dpkg-deb -f "$package" Depends | sed 's/([^)]*)//g; s/,/ /g')
# shellcheck disable=SC2086
quiet apt-get install -y --no-install-recommends $needed
list > "$root/tmp/before"
quiet apt-get install -y --no-install-recommends /tmp/first.deb
[ -n "$(inside meanwhile list)" ] || fail "it does not run"
inside desktop-file-validate /usr/share/applications/meanwhile.desktop
quiet update-desktop-database
quiet update-mime-database /usr/share/mime
cp timeline.json "$root/tmp/my.timeline.json"
for name in notes.mw project.timeline table.csv table.tsv calendar.ics sheet.xlsx; do cp "fuzz/corpus/file/$name" "$root/tmp/$name"; done
for name in my.timeline.json notes.mw project.timeline table.csv table.tsv calendar.ics sheet.xlsx; do
    kind=$(inside gio info -a standard::content-type "/tmp/$name" | awk '/content-type:/ { print $2 }')
    opens=$(inside gio mime "$kind")
    [[ $opens == *meanwhile.desktop* ]] || fail "no program opens $name, which is taken for $kind: $opens"
done
kind=$(inside gio info -a standard::content-type /tmp/my.timeline.json | awk '/content-type:/ { print $2 }')
[ "$kind" = application/vnd.meanwhile.timeline+json ] || fail "the file is taken for $kind"
# What the program names to the system's loader is there, whether a window needs it at once or not.
known=$(inside ldconfig -p)
for library in $(strings -n 8 target/release/meanwhile | grep -oE 'lib[a-zA-Z0-9-]{1,20}\.so\.[0-9]+' | sort -u); do
    [[ $known == *"$library"* ]] || fail "$library is not installed with it"
done
echo "installed: $(inside meanwhile --version), my.timeline.json is $kind"

inside sh -c 'Xvfb :7 -screen 0 1440x900x24 -nolisten tcp > /dev/null 2>&1 & echo $! > /tmp/screen.pid; sleep 2
    DISPLAY=:7 LIBGL_ALWAYS_SOFTWARE=1 HOME=/tmp gio launch /usr/share/applications/meanwhile.desktop /tmp/my.timeline.json > /tmp/run.log 2>&1
    for _ in $(seq 60); do DISPLAY=:7 xwininfo -root -tree | grep -q "Mosul and the day after" && touch /tmp/shown && break; sleep 0.5; done'
for pid in $(pgrep -f '^meanwhile /tmp/my.timeline.json' || true); do
    # Of this system alone, not of the one beside it.
    [ "$(readlink "/proc/$pid/root")" = "$(realpath "$root")" ] && kill "$pid"
done
kill "$(cat "$root/tmp/screen.pid")" 2>/dev/null || true
[ -f "$root/tmp/shown" ] || fail "no window: $(cat "$root/tmp/run.log")"
echo "started from its desktop entry: the window shows the chronology"

# The same with a later version.
dpkg-deb -R "$package" "$root/tmp/later"
sed -i 's/^Version: .*/&.1/' "$root/tmp/later/DEBIAN/control"
dpkg-deb --root-owner-group -b "$root/tmp/later" "$root/tmp/later.deb" > /dev/null
rm -rf "$root/tmp/later"
quiet apt-get install -y /tmp/later.deb
echo "upgraded: $(inside dpkg-query -W meanwhile)"

quiet apt-get purge -y meanwhile
quiet update-desktop-database
quiet update-mime-database /usr/share/mime
list > "$root/tmp/after"
left=$(comm -13 "$root/tmp/before" "$root/tmp/after" | grep -v -e '/usr/share/mime/' -e mimeinfo.cache -e icon-theme.cache || true)
[ -z "$left" ] || fail "left behind: $left"
echo "removed: nothing is left"
