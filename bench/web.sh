#!/bin/bash
# The server beside nginx, in one run on one machine: only the ratios mean something. Rows as
# tools/bench wants them; what a request costs in processor time, which a busy machine changes least, goes
# to standard error.
#
#   bench/web.sh [BUILD_DIR]        default build; SECONDS_EACH=1 ROUNDS=7
#
# nginx serves the bytes of one of our pages as a static file, with our headers, its file kept open,
# and an access log, as we write one. Needs nginx, wrk and curl.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$root/${1:-build}" && pwd)
each=${SECONDS_EACH:-1} rounds=${ROUNDS:-7}
page=/annual-reports/zfb/2023
work=$(mktemp -d)
pids=()
stop_all() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop_all EXIT
for tool in nginx wrk curl; do
    PATH=$PATH:/usr/sbin command -v $tool >/dev/null || { echo "bench/web.sh: $tool is missing" >&2; exit 3; }
done

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# serve NAME OPTIONS…: starts the program, sets port_NAME and pid_NAME.
serve() {
    local name=$1 i
    shift
    "$build/gongkai" serve --data "$work/data" --port 0 "$@" >"$work/$name.out" 2>"$work/$name.log" &
    pids+=($!)
    printf -v "pid_$name" %s $!
    for ((i = 0; i < 500; i++)); do
        [ -s "$work/$name.out" ] && break
        sleep 0.01
    done
    printf -v "port_$name" %s "$(sed -n 's|.*:\([0-9]*\)/$|\1|p' "$work/$name.out")"
}

# wrk_rps URL [wrk options…]: requests answered in a second.
wrk_rps() {
    local url=$1
    shift
    wrk "$@" "$url" >"$work/wrk.out"
    ! grep -q "Non-2xx" "$work/wrk.out" || { echo "bench/web.sh: errors from $url" >&2; exit 1; }
    awk '/Requests\/sec/ { print $2 }' "$work/wrk.out"
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# row NAME MEASURED YARDSTICK RATIO OP TARGET UNIT: as tools/bench wants it.
row() {
    awk -v n="$1" -v m="$2" -v y="$3" -v v="$4" -v op="$5" -v t="$6" -v u="$7" 'BEGIN {
        ok = v + 0 > 0 && (op == ">=" ? v + 0 >= t + 0 : v + 0 < t + 0)
        printf "%s\t%s\t%s\t%s\t%s %s %s\t%s\n", n, m, y, u == "x" ? sprintf("%.2f x", v) : "-", op == ">=" ? "≥" : "<", t, u, ok ? "met" : "missed" }'
}

# The first start makes the data folder; what is measured is the start after it.
serve first
kill "$pid_first"; wait "$pid_first" 2>/dev/null || true

begun=$(now_ms)
serve kept
curl -fsS -o "$work/page.html" "http://127.0.0.1:$port_kept$page"
first_page=$(($(now_ms) - begun))
sleep 1
idle_kb=$(awk '/VmRSS/ { print $2 }' "/proc/$pid_kept/status")
serve made --cache 0

# ---- nginx with the same bytes and headers
mkdir -p "$work/root" "$work/tmp"
cp "$work/page.html" "$work/root/page.html"
curl -fsS -o /dev/null -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port_kept$page"
curl -fsS -o "$work/root/page.html.gz" -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port_kept$page"
port_nginx=$((20000 + RANDOM % 20000))
curl -fsS -D "$work/head" -o /dev/null "http://127.0.0.1:$port_kept$page"
{
    [ "$(id -u)" = 0 ] && echo "user root;"
    echo "worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/error.log;"
    echo "events { worker_connections 1024; multi_accept on; }"
    echo "http { access_log $work/access.log; sendfile on; tcp_nopush on; tcp_nodelay on;"
    echo "keepalive_requests 1000000000; open_file_cache max=100; open_file_cache_valid 600s; server_tokens off;"
    echo "default_type 'text/html; charset=utf-8'; types {} gzip_static on;"
    for d in client_body proxy fastcgi uwsgi scgi; do echo "${d}_temp_path $work/tmp/$d;"; done
    echo "server { listen 127.0.0.1:$port_nginx backlog=1024; root $work/root;"
    tr -d '\r' <"$work/head" | grep -iE '^(Content-Security|X-|Referrer|Permissions|Cross-Origin|Cache-Control|Vary)' |
        sed 's/^\([^:]*\): \(.*\)$/add_header \1 "\2";/'
    echo "} }"
} >"$work/nginx.conf"
PATH=$PATH:/usr/sbin nginx -c "$work/nginx.conf" -e "$work/error.log" 2>/dev/null &
pids+=($!) pid_nginx=$!
for ((i = 0; i < 200; i++)); do
    curl -fsS -o "$work/nginx.html" "http://127.0.0.1:$port_nginx/page.html" 2>/dev/null && break
    sleep 0.02
done
cmp -s "$work/page.html" "$work/nginx.html" || { echo "bench/web.sh: nginx serves other bytes" >&2; exit 1; }

# ---- throughput and processor time for one request, one after the other in turns, so that what else
# runs here disturbs all alike
ticks() { # PID…: processor time of the processes with all their threads, in hundredths of a second
    local pid sum=0
    for pid; do sum=$((sum + $(awk '{ print $14 + $15 }' "/proc/$pid/stat"))); done
    echo $sum
}
# measure COLUMN URL "PIDS" [wrk options]: adds "COLUMN requests/s microseconds" to the results.
measure() {
    local column=$1 url=$2 pids=$3 before rps
    shift 3
    before=$(ticks $pids)
    rps=$(wrk_rps "$url" -t 2 -c 64 -d "${each}s" "$@")
    awk -v c="$column" -v rps="$rps" -v t=$(($(ticks $pids) - before)) \
        '/requests in/ { print c, rps, t * 10000 / $1 }' "$work/wrk.out" >>"$work/results"
}
nginx_pids=$(pgrep -P "$pid_nginx" | tr '\n' ' ')
gz=(-H 'Accept-Encoding: gzip')
for ((i = 0; i < rounds; i++)); do
    measure nginx "http://127.0.0.1:$port_nginx/page.html" "$nginx_pids"
    measure kept "http://127.0.0.1:$port_kept$page" "$pid_kept"
    measure made "http://127.0.0.1:$port_made$page" "$pid_made"
    measure nginx_gz "http://127.0.0.1:$port_nginx/page.html" "$nginx_pids" "${gz[@]}"
    measure kept_gz "http://127.0.0.1:$port_kept$page" "$pid_kept" "${gz[@]}"
done
of() { awk -v c="$1" -v f="$2" '$1 == c { print $f }' "$work/results" | median; } # COLUMN FIELD
# ratio A B: how many times as many requests A answers as B in a second, by the medians of all turns
ratio() { awk -v a="$(of "$1" 2)" -v b="$(of "$2" 2)" 'BEGIN { print a / b }'; }
against() { # NAME A B TARGET: by requests in a second, and what one costs beside it
    row "$1" "$(of "$2" 2)/s" "nginx $(of "$3" 2)/s" "$(ratio "$2" "$3")" ">=" "$4" x
    echo "    $1: $(of "$2" 3) us of processor for each, nginx $(of "$3" 3) us" >&2
}

# ---- fast pages while eight clients upload and check (bench/uploads.c), and without them
readers() { # CLIENTS: sets p99 and checked
    "$build/bench/uploads" "$port_kept" "$work/page.html" 6 "$1" "$page" >"$work/readers"
    checked=$(sed -n 1p "$work/readers") p99=$(sed -n '2s/.* //p' "$work/readers")
}
readers 0
p99_alone=$p99
readers 8

echo "    $page: $(stat -c %s "$work/page.html") bytes, $(stat -c %s "$work/root/page.html.gz") as gzip;" \
    "uploads meanwhile: $checked" >&2
against "web: cached page" kept nginx 1.0
against "web: cached page, gzip" kept_gz nginx_gz 1.0
against "web: report page made anew" made nginx 0.3
row "web: p99 while eight upload and check" "$p99 ms" "without $p99_alone ms" "$p99" "<" 10 ms
row "web: idle memory" "$(awk "BEGIN { printf \"%.1f\", $idle_kb / 1024 }") MB" "" "$((idle_kb / 1024))" "<" 40 MB
row "web: start to first page" "$first_page ms" "" "$first_page" "<" 200 ms
