# Makes an entry in the start menu for the meanwhile.exe beside this file, and "Open with" for the files that it
# reads, for this user. `install.ps1 -Remove` takes both away. Untried: see package.ps1.
param([switch]$Remove)
$ErrorActionPreference = "Stop"
$program = Join-Path $PSScriptRoot "meanwhile.exe"
$entry = Join-Path ([Environment]::GetFolderPath("Programs")) "Meanwhile.lnk"
$class = "HKCU:\Software\Classes\Applications\meanwhile.exe"
if ($Remove) {
    Remove-Item $entry -ErrorAction SilentlyContinue
    Remove-Item -Recurse $class -ErrorAction SilentlyContinue
    return
}
$link = (New-Object -ComObject WScript.Shell).CreateShortcut($entry)
$link.TargetPath = $program
$link.Description = "Show, write and present chronologies"
$link.Save()
New-Item -Force "$class\shell\open\command" -Value "`"$program`" `"%1`"" | Out-Null
New-ItemProperty -Force $class -Name FriendlyAppName -Value "Meanwhile" | Out-Null
New-Item -Force "$class\SupportedTypes" | Out-Null
foreach ($ending in ".json", ".csv", ".tsv", ".ics", ".xlsx", ".xls", ".ods", ".mw", ".timeline") {
    New-ItemProperty -Force "$class\SupportedTypes" -Name $ending -Value "" | Out-Null
}
