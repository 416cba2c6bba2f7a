#!/usr/bin/env python3
"""Compares the canvas of the real window with the picture that it exports, pixel by pixel.

    cargo build --release && python3 tests/picture.py [BINARY]

For each theme the shipped chronology is shown on a virtual display, exported by the dialog as PNG at
the same size, and both are compared: a colour away from edges may differ by 8 of 255; a shape or a
letter may lie a pixel aside, and its softened edge may go 64 of 255 beyond that. Prints the share of
values that differ and every place where one differs by more, and ends with 1 where those are more than
10 in the three themes together: a letter or two may be softened otherwise. Needs Xvfb, openbox, xdotool
and ImageMagick (`apt install xvfb openbox xdotool imagemagick`), and what the window itself needs.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

WIDTH, HEIGHT = 1440, 880
TOLERANCE = 8
# How far the softened edges of letters may differ.
SOFTNESS = 64
# How many values may differ by more, in all themes together.
MOST_WRONG = 10
# Text size in percent: at it a px of the window is a pixel of the display.
THEMES = {"light": 100, "dark": 100, "projector": 80}
# The bars above and below the canvas, in px.
TOP, BOTTOM = 60, 64


def ppm(picture, area):
    """Width, height and RGB bytes of an area (WxH+X+Y) of a picture."""
    out = subprocess.run(
        ["convert", picture, "-crop", area, "+repage", "-depth", "8", "ppm:-"],
        check=True, capture_output=True).stdout
    header, rest = [], out
    while len(header) < 4:
        word, rest = rest.split(None, 1) if len(header) < 3 else (rest[:3], rest[4:])
        header.append(word)
    return int(header[1]), int(header[2]), rest


def wait_for(what, found, seconds=20.0):
    """What `found` gives once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.2)
    sys.exit(f"picture.py: {what} never came")


def search(env):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Meanwhile"],
                           env=env, capture_output=True, text=True).stdout.split()
    return found[0] if found else None


def pictures(binary, theme, percent, folder):
    """The screen and the exported picture."""
    config = folder / "config" / "meanwhile"
    config.mkdir(parents=True)
    file = folder / "timeline.json"
    source = pathlib.Path(__file__).resolve().parent.parent / "timeline.json"
    file.write_bytes(source.read_bytes())
    export = {
        "kind": "picture", "what": "view", "look": theme,
        "shows": {"title": False, "legend": False, "sources": False},
        "picture": {"kind": "png", "size": "window", "scale": 1},
    }
    (config / "settings.json").write_text(json.dumps({
        "look": {"theme": theme, "text_percent": percent, "is_still": True},
        "places": [{"file": str(file), "export": export}],
    }))
    display = ":86"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-noreset"],
                              stderr=subprocess.DEVNULL)
    env = os.environ | {"DISPLAY": display, "XDG_CONFIG_HOME": str(folder / "config"),
                        "LIBGL_ALWAYS_SOFTWARE": "1", "WINIT_X11_SCALE_FACTOR": "1"}
    env.pop("WAYLAND_DISPLAY", None)
    started = [server]
    try:
        wait_for("the display", lambda: subprocess.run(["xdotool", "getmouselocation"], env=env,
                                                       capture_output=True).returncode == 0)
        window = subprocess.Popen([binary, str(file)], env=env, stderr=subprocess.DEVNULL)
        started.append(window)
        name = wait_for("the window", lambda: search(env))
        run = lambda *words: subprocess.run(["xdotool", *map(str, words)], env=env, check=True)
        run("windowsize", name, WIDTH, HEIGHT, "windowmove", name, 0, 0)
        run("mousemove", WIDTH - 3, HEIGHT - 3)
        time.sleep(2.0)
        run("windowfocus", name)
        time.sleep(0.5)
        screen = folder / "screen.png"
        subprocess.run(["import", "-window", "root", screen], env=env, check=True)
        run("key", "ctrl+e")
        time.sleep(2.0)
        # No desktop, no dialog: the picture is written beside the file.
        run("mousemove", WIDTH // 2 + 447, HEIGHT // 2 + 306, "click", 1)
        exported = folder / "timeline.png"
        wait_for("the picture", exported.exists)
        return screen, exported
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def compare(theme, screen, exported):
    width, height, b = ppm(exported, f"{WIDTH}x{HEIGHT}+0+0")
    _, _, a = ppm(screen, f"{width}x{height}+0+{TOP}")
    assert len(a) == len(b), (len(a), len(b), width, height)
    row = 3 * width

    def around(image, at):
        """The least and the greatest of a channel in the nine pixels around a place."""
        values = [image[at + dy + dx] for dy in (-row, 0, row) for dx in (-3, 0, 3)]
        return min(values), max(values)

    differing, flat, places = 0, 0, []
    for y in range(1, height - 1):
        line = y * row
        if a[line:line + row] == b[line:line + row]:
            continue
        for at in range(line + 3, line + row - 3):
            if abs(a[at] - b[at]) <= TOLERANCE:
                continue
            differing += 1
            # At an edge it is right where the other picture has this colour, or passes over it, a
            # pixel aside; letters of the two are softened differently.
            (low_a, high_a), (low_b, high_b) = around(a, at), around(b, at)
            is_flat = high_a - low_a <= TOLERANCE and high_b - low_b <= TOLERANCE
            fits = (not is_flat
                    and low_b - SOFTNESS <= a[at] <= high_b + SOFTNESS
                    and low_a - SOFTNESS <= b[at] <= high_a + SOFTNESS)
            if not fits:
                flat += is_flat
                places.append(((at - line) // 3, y, a[at], b[at]))
    share = 100.0 * differing / len(a)
    print(f"{theme:10} {width} × {height}: {share:.2f} % of the values differ by more than "
          f"{TOLERANCE}, {flat} of them away from edges, {len(places) - flat} at edges by more than a pixel's shift")
    for x, y in sorted({(x, y) for x, y, _, _ in places}):
        values = [f"{here} {there}" for px, py, here, there in places if (px, py) == (x, y)]
        print(f"           at ({x}, {y}), window and picture: {', '.join(values)}")
    return len(places)


def main():
    project = pathlib.Path(__file__).resolve().parent.parent
    binary = sys.argv[1] if len(sys.argv) > 1 else str(project / "target" / "release" / "meanwhile")
    wrong = 0
    for theme, percent in THEMES.items():
        with tempfile.TemporaryDirectory() as folder:
            wrong += compare(theme, *pictures(binary, theme, percent, pathlib.Path(folder)))
    sys.exit(1 if wrong > MOST_WRONG else 0)


if __name__ == "__main__":
    main()
