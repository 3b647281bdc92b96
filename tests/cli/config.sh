#!/usr/bin/env bash
# What is configured: the file, the environment and the options, as the program takes them.
. "$(dirname "$0")/tap.sh"
unset "${!GONGKAI_@}"
export GONGKAI_CONFIG=

run config sample
is "config sample prints every key" ends 0 "#mail.host ="
(umask 027 && cp "$tmp/out" "$tmp/sample.conf")
run config check --config "$tmp/sample.conf"
is "the sample itself is fine" ends 0 "fine"
run config show --config "$tmp/sample.conf"
is "config show says where a value came from" says "sample.conf:"
is "and which file was read" says "# $tmp/sample.conf"

printf 'port = x\nnothing = 1\n' >"$tmp/bad.conf"
run config check --config "$tmp/bad.conf"
is "config check shows every mistake with its line" eval 'exits 1 && says "bad.conf:1" && says "bad.conf:2"'
is "in Chinese too" says "没有“nothing”"
run db check --config "$tmp/bad.conf"
is "a command that opens data takes no bad file" eval 'exits 2 && complains "bad.conf:1"'
run db check --config "$tmp/none.conf"
is "a file that was named must be there" eval '[[ $status != 0 ]] && complains none.conf'

printf 'data = %s/site\n' "$tmp" >"$tmp/good.conf"
run db migrate --config "$tmp/good.conf"
is "the folder is the configured one" test -f "$tmp/site/gongkai.db"
export GONGKAI_CONFIG=$tmp/good.conf
run db check
is "GONGKAI_CONFIG names the file" ends 0 "whole"
run config show --data "$tmp/elsewhere"
is "an option goes before the file" says "data = $tmp/elsewhere"
GONGKAI_PRT=1 run config check
is "a name in the environment that is no key is noted" ends 0 "GONGKAI_PRT"

if [[ $(id -u) == 0 ]]; then
    mkdir "$tmp/owned" && chown nobody "$tmp/owned" && chmod 755 "$tmp"
    run db migrate --data "$tmp/owned"
    is "run by root, what is written belongs to the folder's owner" \
        test "$(stat -c %U "$tmp/owned/gongkai.db")" = nobody
    printf 'port = 1\n' >"$tmp/private.conf" && chmod 600 "$tmp/private.conf"
    if runuser -u nobody -- "$gongkai" version >/dev/null 2>&1; then
        runuser -u nobody -- "$gongkai" config show --config "$tmp/private.conf" >"$tmp/out" 2>"$tmp/err"
        status=$? err=$(<"$tmp/err")
        is "who may not read it is told to use sudo" complains "with sudo"
    fi
else
    tests=$((tests + 1))
    echo "ok $tests - run by root, what is written belongs to the folder's owner # SKIP not root"
fi
done_testing
