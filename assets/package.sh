#!/usr/bin/env bash
# Makes what is installed without cargo, in target/packages:
#
#   meanwhile_VERSION_ARCH.deb          for Debian and Ubuntu
#   meanwhile-VERSION-ARCH-linux.tar.gz the same files for other systems: unpack it over /usr/local
#   man, completions                    made by the program itself
#
#   assets/package.sh
#   WEB=https://example.org/meanwhile assets/package.sh
#
# WEB is where the page of the program is, and below it assets/: centres of software show the pictures from
# there, and take them from nowhere else. Without it the package has none.
# Needs Rust 1.95, and cargo-deb (`cargo install cargo-deb --locked`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
fail() { echo "package.sh: $*" >&2; exit 1; }
cargo deb --version > /dev/null 2>&1 || fail "cargo-deb is missing: cargo install cargo-deb --locked"

cargo build --release --locked
program=target/release/meanwhile
made=target/packages
rm -rf "$made"
mkdir -p "$made/man" "$made/completions"
"$program" man "$made/man"
"$program" completions bash > "$made/completions/meanwhile.bash"
"$program" completions zsh > "$made/completions/_meanwhile"
"$program" completions fish > "$made/completions/meanwhile.fish"

about=desktop.meanwhile.Meanwhile.metainfo.xml
web=
if [ -n "${WEB:-}" ]; then
    web="  <url type=\"homepage\">$WEB</url>\n  <screenshots>"
    kind=' type="default"'
    while IFS='|' read -r picture words; do
        web="$web\n    <screenshot$kind>\n      <caption>$words</caption>"
        web="$web\n      <image type=\"source\">$WEB/assets/$picture</image>\n    </screenshot>"
        kind=
    done << 'PICTURES'
window-light.png|A chronology on its timeline, with the story of an event
write-light.png|An event is written in the window
stage-light.png|A step of a lesson, in front of a class
PICTURES
    web="$web\n  </screenshots>"
fi
sed "s#^  <!-- web -->#$web#; /^\$/d" "assets/linux/$about" > "$made/$about"

cargo deb --no-build --locked --output "$made/"

# The same tree, without what only Debian has.
version=$("$program" --version | cut -d ' ' -f 2)
name=meanwhile-$version-$(uname -m)-linux
deb=$(ls "$made"/*.deb)
dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$made" ./usr
mv "$made/usr" "$made/$name"
rm -rf "$made/$name/share/doc"
install -D -m 644 LICENSE README.md CHANGELOG.md -t "$made/$name/share/doc/meanwhile"
tar -C "$made" --owner 0 --group 0 --sort name -czf "$made/$name.tar.gz" "$name"
rm -rf "${made:?}/$name"
ls -l "$made"
