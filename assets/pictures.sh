#!/usr/bin/env bash
# Makes the README's pictures anew, from the program's real window on a virtual X display:
#
#   assets/window-dark.png    the whole chronology, dark
#   assets/window-light.png   an event's story, light
#   assets/stage-light.png    a step of the lesson on the stage
#   assets/write-light.png    an event's form, light
#   assets/tour.gif           from decades to days, into a story, into the lesson
#   assets/poster.png         a poster, as it is exported
#   assets/page.png           the exported web page in Chromium
#
#   cargo build --release && assets/pictures.sh [BINARY]
#
# BINARY is target/release/meanwhile where none is given. Takes 40 seconds. Needs Xvfb, xdotool,
# ImageMagick and Chromium, on Debian and Ubuntu `apt install xvfb xdotool imagemagick chromium`, and the libraries the window itself opens
# (in the README). Nothing of one's own settings is read or written; the pictures are put in place only once all are
# made. The shipped chronology is told as of its own date, so the day on which this runs does not matter.
set -euo pipefail

fail() { echo "pictures.sh: $*" >&2; exit 1; }

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=$(realpath -m -- "${1:-$project/target/release/meanwhile}")
[[ $# -le 1 ]] || fail "called as assets/pictures.sh [BINARY]."
for tool in Xvfb xdotool import convert chromium; do
  command -v "$tool" >/dev/null || fail "$tool is missing: apt install xvfb xdotool imagemagick chromium"
done
[[ -f $binary && -x $binary ]] || fail "no program at $binary: build it with cargo build --release, or name it."

work=$(mktemp -d)
window='' server=''
# Ends what open_window started, by its id.
close_window() {
  local id
  for id in $window $server; do kill "$id" 2>/dev/null || true; wait "$id" 2>/dev/null || true; done
  window='' server=''
}
trap 'close_window; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# open_window WIDTH HEIGHT THEME: a display of this size, filled by the window, which has the keyboard.
open_window() {
  local number home found='' _
  width=$1 height=$2
  home=$(mktemp -d -p "$work")
  for number in {683..699}; do # not the low ones, which other scripts take for granted
    [[ -e /tmp/.X$number-lock || -e /tmp/.X11-unix/X$number ]] && continue
    : >"$home/display"
    # Without -noreset the display would begin anew, and turn the program away, when the first xdotool leaves.
    Xvfb ":$number" -screen 0 "${width}x${height}x24" -nolisten tcp -noreset -displayfd 3 \
      3>"$home/display" >/dev/null 2>&1 &
    server=$!
    for _ in {1..100}; do
      [[ -s $home/display ]] && break 2
      kill -0 "$server" 2>/dev/null || break
      sleep 0.1
    done
    close_window # another one took the number first
  done
  [[ -n $server ]] || fail "no virtual display starts."
  export DISPLAY=:$number

  mkdir -p "$home/config/meanwhile"
  cat >"$home/config/meanwhile/settings.json" <<JSON
{ "window": { "width": $width, "height": $height, "maximized": false },
  "look": { "theme": "$3", "text_percent": 100, "is_still": true, "stage": "auto" } }
JSON
  (
    cd "$home"
    exec env -u WAYLAND_DISPLAY HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_STATE_HOME="$home/state" \
      XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home" LC_ALL=C.UTF-8 \
      LIBGL_ALWAYS_SOFTWARE=1 WINIT_X11_SCALE_FACTOR=1 "$binary" >"$home/log" 2>&1
  ) &
  window=$!
  for _ in {1..100}; do
    found=$(xdotool search --onlyvisible --name Meanwhile 2>/dev/null | head -n 1) || true
    [[ -n $found ]] && break
    kill -0 "$window" 2>/dev/null || fail "the program ended before its window opened. $(head -n 1 "$home/log")"
    sleep 0.2
  done
  [[ -n $found ]] || fail "no window opens."
  rest
  xdotool windowfocus --sync "$found"
  sleep 1
  last=''
}

# The pointer goes to the corner, where it touches nothing.
rest() { xdotool mousemove "$((width - 3))" "$((height - 3))"; }

# picture NAME: what the display shows once it is something else than the picture before and has come to rest.
picture() {
  local now=$work/$1.ppm same=0 _
  for _ in {1..80}; do
    sleep 0.12
    import -silent -window root "$work/again.ppm"
    if [[ -e $now ]] && cmp -s "$now" "$work/again.ppm"; then same=$((same + 1)); else same=0; fi
    mv "$work/again.ppm" "$now"
    if [[ $same -ge 3 ]] && ! { [[ -n $last ]] && cmp -s "$now" "$last"; }; then
      last=$now
      return
    fi
  done
  fail "the window does not come to the picture $1: has a place or a key changed?"
}

# press NAME KEY...: presses the keys one after another; the picture after the last is NAME.
press() {
  local name=$1 key
  shift
  for key; do xdotool key "$key"; sleep 0.3; done
  picture "$name"
}

# still NAME: the picture NAME, as a file of few colours.
still() { convert "$work/$1.ppm" +dither -colors 256 -strip -define png:compression-level=9 "PNG8:$work/$1.png"; }

open_window 1440 900 dark
picture window-dark
close_window

open_window 1440 900 light
picture whole
press window-light Right Right Right Right Right Return
close_window

open_window 1440 900 light
picture whole
press story Right Right Right Right Right Return
press write-light e Escape # out of the field, whose caret blinks
close_window

open_window 1366 768 light
picture whole
press first F5
press stage-light Next Next Next Next # the fourth step asks: the fourth key shows its answer
close_window

for name in window-dark window-light stage-light write-light; do still "$name"; done

"$binary" export -o "$work/poster.ppm.png" --to png --paper a4
"$binary" export -o "$work/page.html"
chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/chromium" --hide-scrollbars \
  --virtual-time-budget=4000 --window-size=1280,1240 --screenshot="$work/page.ppm.png" \
  "file://$work/page.html#e6" >/dev/null 2>&1 || fail "Chromium makes no picture of the page."
convert "$work/poster.ppm.png" -bordercolor '#d0ccc4' -border 1 "$work/poster.ppm"
convert "$work/page.ppm.png" -crop 1280x1040+0+0 +repage "$work/page.ppm"
for name in poster page; do still "$name"; done

# The tour. Each frame is a picture and how long it stays, in hundredths of a second.
tour=()
frame() { picture "$1"; tour+=(-delay "$2" "$work/$1.ppm"); }

# Places in the window of the tour: where 20 October 2016 is while the whole chronology is shown, a pixel beside it so
# that it drifts to the middle; a height at which no event is; and the meeting's mark once its days are shown.
zoom_x=884 zoom_y=130 zoom_clicks=17
paris_x=527 paris_y=590

open_window 1000 760 light
frame tour-whole 130
for ((click = 1; click <= zoom_clicks; click++)); do
  xdotool mousemove "$zoom_x" "$zoom_y" click 4
  frame "tour-zoom-$click" 16
done
tour[-2]=120
xdotool mousemove "$paris_x" "$paris_y" click 1
sleep 0.3
rest
frame tour-story 220
xdotool key F5
frame tour-stage-1 150
# Steps 2, 3, 4 and its answer, 5 and its answer.
for ((key = 2; key <= 7; key++)); do
  xdotool key Next
  frame "tour-stage-$key" 150
done
close_window

convert -loop 0 "${tour[@]}" +dither -colors 256 -layers optimize "$work/tour.gif"

for name in window-dark.png window-light.png stage-light.png write-light.png poster.png page.png tour.gif; do
  install -m 644 "$work/$name" "$project/assets/$name"
  echo "assets/$name: $(($(stat -c %s "$project/assets/$name") / 1000)) kB"
done
