#!/usr/bin/env bash
# A folder of many reports: does it use every processor, and how much memory does it take in all?
# Prints rows for tools/bench; BENCH_REPORTS sets how many (10000).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
n=${BENCH_REPORTS:-10000} gongkai=build/gongkai
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/reports"
build/bench/make_reports "$tmp/reports" "$n"

row() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@"; }

# Resident memory of the program and its children in KB, now.
memory() {
    ps -o rss= -p "$1" --ppid "$1" 2>/dev/null | awk '{ n += $1 } END { print n + 0 }'
}

# Sets seconds and peak (KB). What is given goes before the command.
measure() {
    local start=$EPOCHREALTIME now pid
    "$@" "$gongkai" report check --json "$tmp/reports" >/dev/null &
    pid=$!
    peak=0
    while kill -0 "$pid" 2>/dev/null; do
        now=$(memory "$pid")
        ((now > peak)) && peak=$now
        sleep 0.1
    done
    wait "$pid" || true
    seconds=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
}

first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
measure taskset -c "$first"
one=$seconds
measure env
cores=$(nproc)
ratio=$(awk -v a="$one" -v b="$seconds" 'BEGIN { printf "%.2f", a / b }')
goal=$(awk -v c="$cores" 'BEGIN { printf "%.1f", 1 + (c - 1) * 0.5 }')
met=$(awk -v r="$ratio" -v g="$goal" 'BEGIN { print (r >= g ? "met" : "missed") }')
row "$n reports read and checked" "$seconds s" "one processor: $one s" "$ratio ×" "≥ $goal ×" "$met"
row "memory of all processes" "$((peak / 1024)) MB" "" "" "≤ 200 MB" "$([[ $peak -le 204800 ]] && echo met || echo missed)"
