#!/usr/bin/env bash
# A page through a real nginx with the configuration that we ship.
. "$(dirname "$0")/../cli/tap.sh"
if ! command -v nginx >/dev/null || ! command -v openssl >/dev/null || ! command -v curl >/dev/null; then
    echo "1..0 # SKIP nginx, openssl or curl is not here"
    exit 0
fi
export GONGKAI_CONFIG=
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null; wait "$p" 2>/dev/null; done; rm -rf "$tmp"' EXIT

free_port() { # none listens on it
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

start_gongkai() { # [PORT]
    : >"$tmp/where" # what an earlier one said
    "$gongkai" serve --data "$tmp/site" --port "${1:-0}" >"$tmp/where" 2>>"$tmp/log" &
    server=$!
    pids+=("$server")
    for _ in {1..200}; do
        [[ -s $tmp/where ]] && break
        sleep 0.05
    done
    port=$(grep -o '[0-9]*/$' "$tmp/where" | tr -d /)
}
# Whether the log has the line: it is written once the answer is out, so a moment is waited for it.
log_has() { # FILE PATTERN
    for _ in {1..100}; do
        grep -q "$2" "$1" && return
        sleep 0.05
    done
    return 1
}
tls=$(free_port) plain=$(free_port)
export GONGKAI_BASE_URL=https://www.example.gov.cn:$tls
start_gongkai
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=www.example.gov.cn \
    -keyout "$tmp/key" -out "$tmp/cert" 2>/dev/null
mkdir "$tmp/nginx"
sed -e "s|127.0.0.1:8080|127.0.0.1:$port|" -e '/listen \[::\]/d' -e "s|listen 80;|listen 127.0.0.1:$plain;|" \
    -e "s|listen 443|listen 127.0.0.1:$tls|" -e "s|/etc/ssl/certs/[^;]*|$tmp/cert|" -e "s|/etc/ssl/private/[^;]*|$tmp/key|" \
    -e "s|/var/lib/nginx/gongkai|$tmp/nginx/cache|" -e "s|/var/log/nginx|$tmp/nginx|" "$source/packaging/nginx.conf" >"$tmp/site.conf"
cat >"$tmp/nginx.conf" <<CONF
pid $tmp/nginx/pid;
error_log $tmp/nginx/error.log;
daemon off;
events {}
http {
    access_log off;
    client_body_temp_path $tmp/nginx/body;
    proxy_temp_path $tmp/nginx/proxy;
    fastcgi_temp_path $tmp/nginx/fastcgi;
    uwsgi_temp_path $tmp/nginx/uwsgi;
    scgi_temp_path $tmp/nginx/scgi;
    include $tmp/site.conf;
}
CONF
chmod 755 "$tmp"
run_tool() { # any program, as `run` does with ours
    "$@" >"$tmp/out" 2>"$tmp/err"
    status=$?
    out=$(<"$tmp/out") err=$(<"$tmp/err")
}
run_tool nginx -t -q -c "$tmp/nginx.conf"
is "nginx takes the configuration" test "$status" = 0
nginx -c "$tmp/nginx.conf" 2>/dev/null &
pids+=($!)
for _ in {1..200}; do
    (exec 3<>"/dev/tcp/127.0.0.1/$tls") 2>/dev/null && break
    sleep 0.05
done

site=https://www.example.gov.cn:$tls
ask() { run_tool curl -sS -k --max-time 20 --resolve "www.example.gov.cn:$tls:127.0.0.1" -D "$tmp/head" "$@"; }
head_says() { grep -qi -- "$1" "$tmp/head"; }

ask --http2 "$site/annual-reports"
is "a page comes over HTTP/2" eval 'head_says "^HTTP/2 200" && says "年度报告"'
is "with the headers of ours" head_says "^content-security-policy:"
is "and is to be asked for over TLS only" head_says "^strict-transport-security:"
is "once" test "$(grep -ci '^x-request-id' "$tmp/head")" = 1
ask "$site/nothing-there"
id=$(sed -n 's/^x-request-id: *//Ip' "$tmp/head" | tr -d '\r')
is "a page for what is not there names the request" eval 'head_says " 404" && says "$id"'
is "which the log names too" log_has "$tmp/log" "id=$id .*route=- status=404"
ask -H 'X-Forwarded-For: 203.0.113.9' -H 'X-Request-Id: forged-by-visitor' "$site/nothing-here"
is "what a visitor says of himself is not believed" \
    eval 'log_has "$tmp/log" "target=/nothing-here" && ! grep -q "203.0.113.9\|forged-by-visitor" "$tmp/log"'
ask "$site/desk/search?q=wanted-person"
is "what officers look for is not in the log" \
    eval 'log_has "$tmp/log" "target=/desk/search " && ! grep -q wanted-person "$tmp/log"'
is "nor in nginx's" eval 'log_has "$tmp/nginx/gongkai.log" "GET /desk/search\"" && ! grep -q wanted-person "$tmp/nginx/gongkai.log"'
asset=$(curl -s -k --resolve "www.example.gov.cn:$tls:127.0.0.1" "$site/" | grep -o '/assets/[^"]*css' | head -1)
ask --compressed "$site$asset"
ask --compressed "$site$asset"
is "styles are kept by nginx" eval 'head_says "x-cache: HIT" && head_says "content-encoding"'
ask -F "file=@$sample/shi-2024.html" -H "Origin: $site" -H "Sec-Fetch-Site: same-origin" "$site/check"
is "a report can be checked through it" eval 'head_says " 200" && says 2024'
head -c 60000000 /dev/zero >"$tmp/large"
ask -F "file=@$tmp/large" "$site/check"
is "what is larger than upload_max is refused by nginx already" head_says " 413"
is "nginx takes as much as gongkai" \
    grep -q "client_max_body_size $(sed -n 's/^#upload_max = \([0-9]*\)MB/\1m/p' "$source/packaging/gongkai.conf");" "$source/packaging/nginx.conf"
ask "$site/desk/sign-in"
is "cookies are for this name and TLS alone" eval 'head_says "^set-cookie: __Host-[^;]*; Path=/; HttpOnly; SameSite=Lax; Secure"'
ask "$site/feed.atom"
is "what goes out names the configured address" says "$GONGKAI_BASE_URL/annual-reports/"
ask "$site/metrics"
is "visitors do not see the metrics" head_says " 404"
run_tool curl -sS --max-time 20 -D "$tmp/head" -H 'Host: www.example.gov.cn' "http://127.0.0.1:$plain/check?by=text"
is "plain HTTP leads to TLS" eval 'head_says " 308" && head_says "location: https://www.example.gov.cn/check?by=text"'
kill "$server" && wait "$server" 2>/dev/null
ask "$site/"
is "while gongkai is away visitors are told so" eval 'head_says " 503" && head_says "retry-after" && says 维护'
start_gongkai "$port"
ask "$site/"
is "and it is found again" head_says " 200"
done_testing
