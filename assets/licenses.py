#!/usr/bin/env python3
"""Writes assets/licenses.txt: the licences of all that is in the program.

Run after Cargo.lock has changed: `python3 assets/licenses.py`. Needs cargo, and the crates' sources,
which every build has downloaded. A test fails where a crate is missing in the file.
"""

import json
import pathlib
import re
import subprocess
from collections import defaultdict

ROOT = pathlib.Path(__file__).parent.parent
USUAL = "the usual text for {}"
BEGINNINGS = {
    "MIT": "permission is hereby granted free of charge to any person obtaining a copy",
    "Apache-2.0": "apache license version 2 0 january 2004",
    "Zlib": "this software is provided as is without any express or implied warranty in no event",
    "BSD-3-Clause": "redistribution and use in source and binary forms",
    "BSD-2-Clause": "redistribution and use in source and binary forms",
    "MPL-2.0": "mozilla public license version 2 0",
    "Unicode-3.0": "unicode license v3",
    "ISC": "permission to use copy modify and or distribute this software",
    "BSL-1.0": "boost software license",
    "CC0-1.0": "cc0 1 0 universal",
}
NAMES = ("license", "licence", "copying", "unlicense", "notice")


def crates():
    """The packages that are linked into the program on any platform, by name and version."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    wanted, open_ids = set(), [found["resolve"]["root"]]
    while open_ids:
        id = open_ids.pop()
        if id in wanted:
            continue
        wanted.add(id)
        for dependency in nodes[id]["deps"]:
            kinds = {kind["kind"] for kind in dependency["dep_kinds"]}
            if None in kinds:
                open_ids.append(dependency["pkg"])
    wanted.discard(found["resolve"]["root"])
    return sorted((packages[id] for id in wanted), key=lambda it: (it["name"], it["version"]))


def texts(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [file for file in sorted(folder.iterdir()) if file.is_file()]
    files = [file for file in files if file.name.lower().startswith(NAMES)]
    if package.get("license_file"):
        files.append(folder / package["license_file"])
    return [file.read_text("utf-8", "replace").strip() for file in dict.fromkeys(files)]


def split(text):
    """The lines that name who holds the copyright, and the rest."""
    is_notice = re.compile(r"^\W*(copyright\b|\(c\)|©)", re.I)
    lines = [line.rstrip() for line in text.splitlines()]
    # A template in the appendix of a licence is no notice.
    notices = [line.strip() for line in lines if is_notice.match(line) and "[" not in line and "{" not in line]
    notices = [line for line in notices if re.search(r"\d{4}|author|contributor|developers|project", line, re.I)]
    rest = "\n".join(line for line in lines if line.strip() not in notices).strip()
    return notices, rest


def main():
    packages = crates()
    kinds = defaultdict(list)
    out = ["The licences of what is in Meanwhile", "", "Meanwhile itself: MIT, see below under meanwhile.", ""]
    own = {"name": "meanwhile", "version": "", "license": "MIT", "manifest_path": str(ROOT / "Cargo.toml")}
    listed = [own, *packages]
    named = []
    for package in listed:
        seen = []
        for text in texts(package):
            notices, rest = split(text)
            key = re.sub(r"\W+", " ", rest).lower()
            if not key:
                continue
            if key not in kinds:
                kinds[key] = [rest, len(kinds) + 1]
            seen.append((kinds[key][1], notices))
        numbers = ", ".join(f"text {number}" for number, _ in seen)
        if not numbers:
            # Its source only names the licence: the usual text of that name.
            numbers = USUAL.format(package["name"])
            named.append((len(out), package))
        name = f"{package['name']} {package['version']}".strip()
        out.append(f"{name}: {package['license'] or 'see its text'} ({numbers})")
        for line in dict.fromkeys(line for _, notices in seen for line in notices):
            out.append(f"    {line}")
    for file in sorted((ROOT / "assets/fonts").glob("*.txt")):
        notices, rest = split(file.read_text("utf-8").strip())
        key = re.sub(r"\W+", " ", rest).lower()
        if key not in kinds:
            kinds[key] = [rest, len(kinds) + 1]
        out.append(f"font {file.stem.split('-', 1)[1]}: {file.stem.split('-')[0]} (text {kinds[key][1]})")
        out.extend(f"    {line}" for line in notices)
    usual = {}
    for key, (_, number) in kinds.items():
        for licence, beginning in BEGINNINGS.items():
            if beginning in key[:400]:
                usual.setdefault(licence, number)
    for at, package in named:
        spdx = re.split(r"[ /()]+", package["license"] or "")
        number = next((usual[licence] for licence in spdx if licence in usual), None)
        assert number, f"the licence of {package['name']} has no text: {package['license']}"
        out[at] = out[at].replace(USUAL.format(package["name"]), f"text {number}, which its source only names")
    for rest, number in kinds.values():
        out += ["", "=" * 80, f"text {number}", "=" * 80, "", rest]
    (ROOT / "assets/licenses.txt").write_text("\n".join(out) + "\n", "utf-8")
    print(f"{len(packages)} crates, {len(kinds)} texts")


main()
