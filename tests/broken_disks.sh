#!/usr/bin/env bash
# Full disks, folders that cannot be written to, and a program that is killed while it writes: what was there is
# whole, and a sentence says what to do. Needs root or unprivileged user namespaces (unshare), and the program:
# `cargo build --release`.
#
#     tests/broken_disks.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/meanwhile}")

if [ -z "${MEANWHILE_ALONE:-}" ]; then
    if [ "$(id -u)" = 0 ]; then new=(unshare --mount); else new=(unshare --mount --map-root-user); fi
    MEANWHILE_ALONE=yes exec "${new[@]}" "$0" "$program"
fi

folder=$(mktemp -d)
trap 'umount "$folder/small" 2>/dev/null || true; rm -rf "$folder"' EXIT
fail() { echo "broken_disks.sh: $*" >&2; exit 1; }
outputs=(out.json out.csv out.mw out.ics out.svg out.pdf out.png out.html out.pptx)
command_for() { # FILE CHRONOLOGY: the command that writes it
    case $1 in
        *.json | *.csv | *.mw | *.ics) command=("$program" convert --force "$2" "$1") ;;
        *) command=("$program" export "$2" -o "$1" --force) ;;
    esac
}
write() {
    command_for "$1" "$2"
    "${command[@]}"
}

# A chronology of some size, so that its writing takes a while.
large=$folder/large.json
{
    printf '{ "title": "Large", "events": ['
    for number in $(seq 0 2999); do
        [ "$number" = 0 ] || printf ','
        printf '\n{ "id": "e%s", "title": "Event number %s", "date": "%s", "summary": "%s" }' \
            "$number" "$number" "$((1000 + number % 900))" "What happened then, in a sentence or two that takes its room."
    done
    printf '\n] }\n'
} > "$large"

# A disk that is full: of 300 KiB nearly all are taken.
mkdir "$folder/small"
mount -t tmpfs -o size=300k meanwhile "$folder/small"
for output in "${outputs[@]}"; do
    file=$folder/small/$output
    echo "the old one" > "$file"
    head -c 270k /dev/zero > "$folder/small/filler" 2> /dev/null || true
    if write "$file" "$large" 2> "$folder/said"; then fail "$output was written on a full disk"; fi
    grep -q "could not be written" "$folder/said" || fail "$output: $(cat "$folder/said")"
    [ "$(cat "$file")" = "the old one" ] || fail "$output: the old one is not whole"
    [ "$(ls -A "$folder/small" | sort | tr '\n' ' ')" = "filler $output " ] || fail "$output left $(ls -A "$folder/small")"
    rm "$file"
done
umount "$folder/small"
echo "full disk: ${#outputs[@]} formats refused, each old file whole"

# A folder that is read-only: also for the superuser, who writes wherever a disk lets itself be written to.
mkdir "$folder/closed"
mount -t tmpfs meanwhile "$folder/closed"
for output in "${outputs[@]}"; do echo "the old one" > "$folder/closed/$output"; done
mount -o remount,ro "$folder/closed"
for output in "${outputs[@]}"; do
    file=$folder/closed/$output
    if write "$file" "$large" 2> "$folder/said"; then fail "$output was written into a closed folder"; fi
    grep -q "could not be written" "$folder/said" || fail "$output: $(cat "$folder/said")"
    [ "$(cat "$file")" = "the old one" ] || fail "$output: the old one is not whole"
done
umount "$folder/closed"
echo "read-only folder: ${#outputs[@]} formats refused"

# Killed fifty times while each kind is written: the file is the old or a whole new one. A program that was
# through already does not count.
killed=0
for output in "${outputs[@]}"; do
    file=$folder/$output
    write "$file" "$large" 2> /dev/null
    cp "$file" "$folder/whole"
    hits=0
    tries=0
    while [ "$hits" -lt 50 ]; do
        tries=$((tries + 1))
        rm -f "$folder"/.meanwhile-*
        [ "$tries" -le 500 ] || fail "$output: only $hits of 500 tries were in time"
        echo "the old one" > "$file"
        command_for "$file" "$large"
        "${command[@]}" 2> /dev/null &
        writing=$!
        # As soon as it writes, or some thousandths of a second later.
        while kill -0 "$writing" 2> /dev/null && ! compgen -G "$folder/.meanwhile-*" > /dev/null; do :; done
        [ $((RANDOM % 2)) = 0 ] || sleep "0.00$((RANDOM % 5))"
        kill -9 "$writing" 2> /dev/null || true
        # 137: it was killed, and had not ended by itself.
        wait "$writing" 2> /dev/null && code=0 || code=$?
        [ "$code" = 137 ] && hits=$((hits + 1))
        cmp -s "$file" "$folder/whole" || [ "$(cat "$file")" = "the old one" ] || fail "$output is half there"
    done
    killed=$((killed + hits))
    # What was left by those that were killed goes with the next one that is written, once it is old enough.
    touch -d '1 minute ago' "$folder"/.meanwhile-* 2> /dev/null || true
    write "$file" "$large" 2> /dev/null
    left=$(find "$folder" -maxdepth 1 -name '.meanwhile-*' | wc -l)
    [ "$left" = 0 ] || fail "$output: $left files are left beside it"
done
echo "killed $killed times while writing: each file old or whole, and nothing left beside it"

# A new file is on the disk before it takes the place of the old one, and its name is after that.
if command -v strace > /dev/null; then
    strace -f -e trace=fsync,fdatasync,rename,renameat,renameat2 -o "$folder/calls" \
        "${program}" convert --force "$large" "$folder/out.csv" 2> /dev/null
    order=$(grep -oE '(fsync|fdatasync|rename)[a-z0-9]*\(' "$folder/calls" | sed 's/fdatasync/fsync/; s/renameat2*/rename/' | tr -d '(' | tr '\n' ' ')
    [ "$order" = "fsync rename fsync " ] || fail "the order of writing is: $order"
    echo "synced before it is renamed, and its folder after that"
else
    echo "not tried without strace: that a file is synced before it is renamed"
fi
