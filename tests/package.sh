#!/usr/bin/env bash
# Checks what assets/package.sh has made, line by line: the package, its desktop entry and its description, the archive,
# and that the crate can be packed and installed. Needs lintian, desktop-file-utils, appstream, and the package.
#
#     tests/package.sh [PACKAGE.deb]
set -euo pipefail
cd "$(dirname "$0")/.."
made=target/packages
package=$(realpath "${1:-$(ls $made/*.deb)}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "package.sh: $*" >&2; exit 1; }

lintian --fail-on error,warning "$package" || fail "lintian"
echo "lintian: no error, no warning"

dpkg-deb -x "$package" "$folder/deb"
desktop-file-validate "$folder/deb/usr/share/applications/meanwhile.desktop"
echo "desktop-file-validate: clean"
appstreamcli validate --no-net "$folder"/deb/usr/share/metainfo/*.xml > "$folder/said" || fail "$(cat "$folder/said")"
echo "appstreamcli: $(tail -1 "$folder/said")"

mkdir "$folder/archive"
tar -xzf $made/*.tar.gz -C "$folder/archive"
program=$(echo "$folder"/archive/*/bin/meanwhile)
[ "$("$program" list | wc -l)" -gt 15 ] || fail "the program of the archive does not run"
for file in share/applications/meanwhile.desktop share/man/man1/meanwhile.1.gz share/doc/meanwhile/README.md; do
    [ -f "$(dirname "$program")/../$file" ] || fail "the archive has no $file"
done
echo "archive: unpacked, $("$program" --version) runs"

# By itself, without the folder it was built in.
cp "$program" "$folder/alone"
(cd / && env -i HOME="$folder" "$folder/alone" list > "$folder/told")
[ "$(wc -l < "$folder/told")" -gt 15 ] || fail "it needs something of its folder"
echo "alone: it needs nothing of the folder of its source"

cargo package --locked --allow-dirty --list > "$folder/packed"
for file in Cargo.lock LICENSE README.md timeline.json src/main.rs assets/timeline.schema.json; do
    grep -qx "$file" "$folder/packed" || fail "cargo package leaves $file out"
done
echo "cargo package: $(wc -l < "$folder/packed") files"
