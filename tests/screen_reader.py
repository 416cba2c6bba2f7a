#!/usr/bin/python3
"""What a screen reader has of the real window, by AT-SPI: names, roles, focus, announcements.

    tests/screen_reader.py [PROGRAM] [--dump FOLDER]

Starts an X server without a screen, a session bus, a window manager and PROGRAM (target/release/
meanwhile), walks from the canvas to story, search, filter, list, keys and lesson, and checks each.
With --dump the tree of each place is written to a file of the folder. Ends with 0 where all holds
or where the machine has no bus (and says so), else with 1.

Needs xvfb, openbox, xdotool, dbus, at-spi2-core, gir1.2-atspi-2.0, python3-gi.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

BUS = "/usr/libexec/at-spi-bus-launcher"
NEEDED = ["Xvfb", "openbox", "xdotool", "dbus-run-session", "gdbus", BUS]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(0)


def outside():
    """Starts the display and the bus, and this script again on them."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        skip("there is no " + ", no ".join(missing))
    try:
        import gi

        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError):
        skip("Python has no AT-SPI (gir1.2-atspi-2.0, python3-gi)")
    # The server takes a number that is free, and says which.
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        with tempfile.TemporaryDirectory() as home:
            os.chmod(home, 0o700)
            env = dict(
                os.environ,
                DISPLAY=f":{number}",
                HOME=home,
                XDG_CONFIG_HOME=home,
                XDG_RUNTIME_DIR=home,
                LIBGL_ALWAYS_SOFTWARE="1",
                WINIT_X11_SCALE_FACTOR="1",
                MEANWHILE_INSIDE="1",
            )
            env.pop("WAYLAND_DISPLAY", None)
            script = os.path.abspath(__file__)
            command = ["dbus-run-session", "--", sys.executable, script, *sys.argv[1:]]
            code = subprocess.run(command, env=env, stderr=subprocess.DEVNULL).returncode
    finally:
        server.terminate()
        server.wait()
    sys.exit(code)


class Reader:
    """A screen reader: the tree of the program, and what it was told."""

    def __init__(self, program, folder):
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib

        self.atspi, self.glib = Atspi, GLib
        self.folder = folder
        self.wrong = []
        self.said = []
        self.bus = subprocess.Popen([BUS, "--launch-immediately"])
        time.sleep(1)
        for name in ["IsEnabled", "ScreenReaderEnabled"]:
            subprocess.run(
                ["gdbus", "call", "--session", "--dest", "org.a11y.Bus"]
                + ["--object-path", "/org/a11y/bus"]
                + ["--method", "org.freedesktop.DBus.Properties.Set"]
                + ["org.a11y.Status", name, "<true>"],
                stdout=subprocess.DEVNULL,
                check=True,
            )
        self.manager = subprocess.Popen(["openbox"])
        self.program = subprocess.Popen([program])
        Atspi.init()
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register("object:announcement")
        self.until("the window", lambda: self.app() and len(self.tree()) > 20)

    def hear(self, event):
        self.said.append(str(event.any_data))

    def listen(self, seconds):
        """Takes events for so long."""
        self.glib.timeout_add(int(seconds * 1000), self.atspi.event_quit)
        self.atspi.event_main()

    def app(self):
        desktop = self.atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(number)
            if app and (app.get_name() or "").lower().startswith("meanwhile"):
                return app
        return None

    def tree(self):
        """Every node, with its depth."""
        found = []

        def walk(node, depth):
            found.append((depth, node))
            for number in range(node.get_child_count()):
                child = node.get_child_at_index(number)
                if child is not None:
                    walk(child, depth + 1)

        app = self.app()
        if app:
            walk(app, 0)
        return found

    def states(self, node):
        return [state.value_nick for state in node.get_state_set().get_states()]

    def until(self, what, holds, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            try:
                if holds():
                    return True
            except self.glib.Error:
                pass  # A node that went while it was read.
            self.listen(0.2)
        self.check(False, f"waited in vain for {what}")
        return False

    def check(self, holds, what):
        if not holds:
            self.wrong.append(what)
            print(f"wrong: {what}")

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=True)
        self.listen(0.6)

    def type(self, words):
        subprocess.run(["xdotool", "type", "--delay", "60", words], check=True)
        self.listen(0.8)

    def focused(self):
        for _, node in self.tree():
            if "focused" in self.states(node):
                return node
        return None

    def has_said(self, words):
        return any(words in said for said in self.said)

    def focus_is(self, place, role, words):
        def holds():
            node = self.focused()
            return node and node.get_role_name() == role and words in (node.get_name() or "")

        if not self.until(f"{place}: the focus on {role} “{words}”", holds, 5):
            node = self.focused()
            print("  it is on", node and (node.get_role_name(), node.get_name()))

    def look(self, place):
        """Checks what holds of every place, and writes its tree down."""
        reached = {"push button", "check box", "link", "list item", "menu item", "slider"}
        reached |= {"dialog", "frame", "heading", "scroll bar", "radio button", "toggle button"}
        lines = []
        for depth, node in self.tree():
            role, name = node.get_role_name(), node.get_name() or ""
            lines.append(f"{'  ' * depth}{role} {name!r} {','.join(self.states(node))}")
            if role in reached:
                self.check(name, f"{place}: a {role} without a name")
            icon = any("\ue000" <= letter <= "\uf8ff" for letter in name)
            self.check(not icon, f"{place}: an icon as a name, {role}")
        if self.folder:
            with open(os.path.join(self.folder, place + ".txt"), "w") as file:
                file.write("\n".join(lines) + "\n")
        return lines

    def close(self):
        for process in [self.program, self.manager, self.bus]:
            process.terminate()
            process.wait()


def walk(reader):
    lines = reader.look("canvas")
    reader.check(any("frame 'Mosul and the day after'" in line for line in lines), "the window has its title")
    for words in ["is released, 2010 · month and day not stated, reported", "slider 'Overview: 2003"]:
        reader.check(any(words in line for line in lines), f"canvas: {words}")

    reader.press("Right")
    reader.focus_is("canvas", "push button", "A US-led coalition invades Iraq")
    reader.press("Return")
    reader.focus_is("story", "push button", "A US-led coalition invades Iraq")
    node = reader.focused()
    told = node.get_description() if node else ""
    reader.check(told.startswith("Story open. A US-led coalition"), f"the story is said: {told}")
    lines = reader.look("story")
    reader.check(any("heading 'Sources'" in line for line in lines), "the story has headings")
    for _ in range(12):
        reader.press("Right")
    reader.focus_is("story of 2016", "push button", "A meeting in Paris")
    reader.press("Return")
    reader.focus_is("in the story", "push button", "Close the story")
    reader.press("Escape")
    reader.focus_is("after the story", "push button", "A meeting in Paris")

    reader.press("slash")
    reader.type("sad")
    reader.until("the number of hits", lambda: reader.has_said("6 found. Muqtada al-Sadr, Person"))
    reader.press("Down")
    reader.until("the choice", lambda: reader.has_said("2 of 6"))
    reader.look("search")
    reader.press("Escape")
    reader.focus_is("after the search", "push button", "A meeting in Paris")

    reader.press("f")
    reader.look("filter")
    reader.press("Escape")

    reader.press("F6")
    reader.focus_is("list", "list item", "A meeting in Paris")
    node = reader.focused()
    places = node.get_attributes() if node else {}
    reader.check(places.get("posinset") == "13" and places.get("setsize") == "15", f"the place in the list: {places}")
    reader.press("Up")
    reader.focus_is("list", "list item", "The battle for Mosul")
    reader.look("list")
    reader.press("F6")

    reader.press("question")
    reader.focus_is("keys", "push button", "Close the keys")
    lines = reader.look("keys")
    dialogs = [line for line in lines if "dialog 'Keys'" in line]
    reader.check(dialogs and "modal" in dialogs[0], f"the keys are a modal dialog: {dialogs}")
    reader.press("Escape")

    reader.press("F5")
    reader.until("step 1", lambda: reader.has_said("Step 1 of 10. A US-led coalition invades Iraq"))
    reader.press("Next", "Next", "Next")
    reader.until("the question", lambda: reader.has_said("When does Mosul fall to the IS group? Click on the axis"))
    lines = reader.look("lesson")
    reader.check(any("frame 'Step 4 of 10. When" in line for line in lines), "the window says the step")
    reader.press("Escape")


def main():
    arguments = sys.argv[1:]
    folder = None
    if "--dump" in arguments:
        at = arguments.index("--dump")
        folder = os.path.abspath(arguments[at + 1])
        os.makedirs(folder, exist_ok=True)
        del arguments[at : at + 2]
    program = os.path.abspath(arguments[0] if arguments else "target/release/meanwhile")
    if not os.path.exists(program):
        skip(f"there is no {program}; build it first")
    if "MEANWHILE_INSIDE" not in os.environ:
        outside()
    reader = Reader(program, folder)
    try:
        walk(reader)
    finally:
        reader.close()
    if reader.wrong:
        print(f"{len(reader.wrong)} wrong")
        sys.exit(1)
    print("all that a screen reader needs is there")


main()
