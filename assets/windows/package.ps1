# Makes target\packages\meanwhile-VERSION-windows.zip, on Windows: unpack it anywhere, and run install.ps1 in it,
# which makes an entry in the start menu and "Open with" for chronologies, for this user alone.
# Untried: it was written without a Windows at hand, from what Microsoft documents. Whoever tries it, please say
# what was wrong.
#
#   powershell -ExecutionPolicy Bypass -File assets\windows\package.ps1
#
# Needs Rust 1.95 with the MSVC toolchain.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
cargo build --release --locked
if ($LASTEXITCODE -ne 0) { throw "the program could not be built" }
$version = ((& target\release\meanwhile.exe --version) -split " ")[1]
$made = "target\packages"
$folder = Join-Path $made "meanwhile-$version-windows"
Remove-Item -Recurse -Force $folder -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force $folder | Out-Null
Copy-Item target\release\meanwhile.exe, LICENSE, README.md, CHANGELOG.md, assets\windows\install.ps1 $folder
Compress-Archive -Force -Path $folder -DestinationPath (Join-Path $made "meanwhile-$version-windows.zip")
