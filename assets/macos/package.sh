#!/bin/sh
# Makes target/packages/Meanwhile-VERSION.dmg, on a Mac: an application to be dragged into Applications.
# Untried: it was written without a Mac at hand, from what Apple documents. Whoever tries it, please say what
# was wrong.
#
#   assets/macos/package.sh
#
# Needs Rust 1.95 and the command line tools of Xcode. It is signed for this Mac alone; to hand it on, sign it
# with a certificate (codesign --sign) and have it notarised.
set -eu
cd "$(dirname "$0")/../.."
cargo build --release --locked
version=$(target/release/meanwhile --version | cut -d ' ' -f 2)
made=target/packages
app=$made/Meanwhile.app
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
cp target/release/meanwhile "$app/Contents/MacOS/"
sed "s/@VERSION@/$version/" assets/macos/Info.plist > "$app/Contents/Info.plist"
plutil -lint "$app/Contents/Info.plist"

set=$(mktemp -d)/meanwhile.iconset
mkdir -p "$set"
for size in 16 32 128 256; do
    sips -z "$size" "$size" assets/icon.png --out "$set/icon_${size}x${size}.png" > /dev/null
done
iconutil -c icns "$set" -o "$app/Contents/Resources/meanwhile.icns"
codesign --force --sign - "$app"
hdiutil create -ov -volname Meanwhile -srcfolder "$app" "$made/Meanwhile-$version.dmg"
