#!/usr/bin/env bash
# Runs the window and every export where there is no network at all, not even a loopback device. Needs
# root or unprivileged user namespaces (unshare), Xvfb, and the program: `cargo build --release`.
#
#     tests/no_network.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/meanwhile}")

if [ -z "${MEANWHILE_ALONE:-}" ]; then
    if [ "$(id -u)" = 0 ]; then new=(unshare --net); else new=(unshare --net --map-root-user); fi
    MEANWHILE_ALONE=yes exec "${new[@]}" "$0" "$program"
fi

folder=$(mktemp -d)
trap 'kill "${screen:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
export HOME=$folder XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state LIBGL_ALWAYS_SOFTWARE=1
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

devices=$(tail -n +3 /proc/net/dev | awk '{ print $1 }' | tr -d '\n')
up=$(awk 'NR > 1' /proc/net/route | wc -l)
echo "devices: ${devices:-none}, routes: $up"
[ "$up" = 0 ]

for file in fuzz/corpus/file/*; do
    "$program" list "$file" > /dev/null || [ $? = 1 ]
done
echo "read: every format"
for output in poster.pdf poster.svg picture.png page.html slides.pptx; do
    "$program" export timeline.json -o "$folder/$output" 2> /dev/null
    [ -s "$folder/$output" ]
done
"$program" export timeline.json -o "$folder/handout.pdf" --handout
"$program" export timeline.json -o "$folder/worksheet.pdf" --worksheet dates
echo "written: $(ls "$folder" | tr '\n' ' ')"

display=:$((80 + $$ % 900))
Xvfb "$display" -screen 0 1440x900x24 -nolisten tcp > "$folder/screen.log" 2>&1 &
screen=$!
for _ in $(seq 50); do [ -S "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.1; done
for file in timeline.json fuzz/corpus/file/table.csv; do
    DISPLAY=$display timeout 60 "$program" "$file" --first-frame
    echo "window: $file"
done
echo "all without a network"
