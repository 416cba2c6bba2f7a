#!/usr/bin/env bash
# Without OpenGL the chronology is told as text, and what to do; under X11 and under Wayland a window opens, draws and
# closes; where the display goes, what was changed is kept. Needs Xvfb, xdotool, weston, and the program:
# `cargo build --release`.
#
#     tests/graphics.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/meanwhile}")
folder=$(mktemp -d)
screen='' compositor=''
trap 'kill $screen $compositor 2>/dev/null || true; rm -rf "$folder"' EXIT
fail() { echo "graphics.sh: $*" >&2; exit 1; }
export HOME=$folder XDG_CONFIG_HOME=$folder/config XDG_STATE_HOME=$folder/state LIBGL_ALWAYS_SOFTWARE=1
unset WAYLAND_DISPLAY DISPLAY DBUS_SESSION_BUS_ADDRESS

# No display at all.
"$program" timeline.json > "$folder/told" 2> "$folder/said"
grep -q "no display can be reached" "$folder/said" || fail "$(cat "$folder/said")"
[ "$(wc -l < "$folder/told")" -gt 15 ] || fail "the chronology is not told"
echo "no display: the chronology is told as text"

display=:$((80 + $$ % 900))
Xvfb "$display" -screen 0 1440x900x24 -nolisten tcp > "$folder/screen.log" 2>&1 &
screen=$!
for _ in $(seq 50); do [ -S "/tmp/.X11-unix/X${display#:}" ] && break; sleep 0.1; done
export DISPLAY=$display

# A display without usable OpenGL: a driver that does not exist.
if LIBGL_ALWAYS_SOFTWARE=0 LIBGL_DRIVERS_PATH=/nowhere GALLIUM_DRIVER=none __GLX_VENDOR_LIBRARY_NAME=nowhere \
    timeout 20 "$program" timeline.json > "$folder/told" 2> "$folder/said"; then
    grep -q "OpenGL" "$folder/said" || fail "$(cat "$folder/said")"
    grep -q "LIBGL_ALWAYS_SOFTWARE=1" "$folder/said" || fail "it is not said what to try: $(cat "$folder/said")"
    [ "$(wc -l < "$folder/told")" -gt 15 ] || fail "the chronology is not told"
else
    fail "it ended with $?: $(cat "$folder/said")"
fi
echo "no OpenGL: $(head -c 120 "$folder/said")…"

"$program" timeline.json --first-frame > "$folder/frame" || fail "no frame under X11"
echo "X11: $(cat "$folder/frame")"

# The display goes while something is changed: it ends, and the change is in a draft.
if command -v xdotool > /dev/null; then
    cp timeline.json "$folder/mine.json"
    "$program" "$folder/mine.json" > "$folder/log" 2>&1 &
    window=$!
    for _ in $(seq 100); do xdotool search --pid "$window" > "$folder/id" 2> /dev/null && break; sleep 0.1; done
    sleep 2
    xdotool windowfocus "$(tail -1 "$folder/id")" || true
    xdotool key n && sleep 1 && xdotool type --delay 30 "2001 One thing" && xdotool key Return
    sleep 1
    kill -9 "$screen"
    wait "$screen" 2> /dev/null || true
    for _ in $(seq 100); do kill -0 "$window" 2> /dev/null || break; sleep 0.1; done
    kill -0 "$window" 2> /dev/null && fail "it goes on without its display"
    wait "$window" 2> /dev/null || true
    grep -rqs "One thing" "$folder/state" || fail "the change is lost: $(ls -R "$folder/state")"
    cmp -s timeline.json "$folder/mine.json" || fail "the file is another one"
    echo "the display is gone: the change is in a draft"
else
    echo "not tried without xdotool: a display that goes"
fi

export XDG_RUNTIME_DIR=$folder/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
weston --backend=headless-backend.so --socket=meanwhile --idle-time=0 --use-pixman > "$folder/weston.log" 2>&1 &
compositor=$!
for _ in $(seq 50); do [ -S "$XDG_RUNTIME_DIR/meanwhile" ] && break; sleep 0.1; done
unset DISPLAY
WAYLAND_DISPLAY=meanwhile "$program" timeline.json --first-frame > "$folder/frame" 2> "$folder/said" \
    || fail "no frame under Wayland: $(cat "$folder/said" "$folder/weston.log")"
echo "Wayland: $(cat "$folder/frame")"
