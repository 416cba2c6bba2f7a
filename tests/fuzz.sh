#!/bin/sh
# Looks for input that breaks something: every target of fuzz/ for some minutes (10), two at a time.
#
#   tests/fuzz.sh [MINUTES [TARGET...]]
#
# Needs a nightly toolchain and cargo-fuzz (`cargo install cargo-fuzz`). It begins with the inputs in
# fuzz/corpus, which it leaves as they are; what it learns and what it finds is in target/fuzzing.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:-10}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- file writers layout edits commands date kept clipboard exports picture
folder=${CARGO_TARGET_DIR:-$PWD/target}/fuzzing
mkdir -p "$folder/found"
export CARGO_TARGET_DIR="$folder/target"
cargo +nightly fuzz build
host=$(rustc -vV | sed -n 's/^host: //p')

run() {
    learnt=$folder/$1
    mkdir -p "$learnt"
    # What is written or pasted is what was read before: all begin with the same files.
    from=$1
    case $1 in
    writers) from=file ;;
    clipboard) from="clipboard fuzz/corpus/file" ;;
    esac
    # Each byte of these is a part of a change or a command, and each of those reads or lays out anew.
    case $1 in
    edits | commands) most=2000 ;;
    *) most=20000 ;;
    esac
    # Drawing slides takes forty times as long here as it does otherwise.
    case $1 in
    exports) longest=120 ;;
    *) longest=25 ;;
    esac
    # Leaks are not looked for: the thread that decodes a picture ends a moment after it has answered, and
    # what grows is found by the limit of memory.
    code=0
    "$CARGO_TARGET_DIR/$host/release/$1" "$learnt" fuzz/corpus/$from -max_total_time=$((minutes * 60)) \
        -timeout=$longest -detect_leaks=0 -rss_limit_mb=6000 -max_len=$most -len_control=0 \
        -artifact_prefix="$folder/found/$1-" >"$folder/$1.log" 2>&1 || code=$?
    tried=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$folder/$1.log")
    if [ "$code" -eq 0 ]; then
        echo "$1: nothing found in $minutes minutes, ${tried:-?} inputs"
    else
        echo "$1: ended with $code; see $folder/$1.log"
        return 1
    fi
}

failed=0
while [ $# -gt 0 ]; do
    run "$1" &
    one=$!
    two=
    if [ $# -gt 1 ]; then
        run "$2" &
        two=$!
        shift
    fi
    shift
    wait "$one" || failed=1
    [ -z "$two" ] || wait "$two" || failed=1
done
exit "$failed"
