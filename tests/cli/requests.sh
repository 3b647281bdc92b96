#!/usr/bin/env bash
# Requests on the command line: listed, shown, their ledger, and the archive.
. "$(dirname "$0")/tap.sh"

data=$tmp/data
# the sample site has requests; it is loaded where a server finds an empty folder
exec 3< <("$gongkai" serve --data "$data" --port 0 2>&1 & echo $! >"$tmp/pid"; wait)
read -r listening <&3
kill "$(<"$tmp/pid")"
while read -r _ <&3; do :; done

request() { run request "$1" --data "$data" "${@:2}"; }

request list
is "open requests are listed" ends 0 "依申〔"
is "by a line of names" says "phase"
request list --all --json
is "all of them, in JSON" eval 'exits 0 && says "\"phase\":\"done\"" && says "\"phase\":\"ended\""'
is "without who asks" eval 'lacks 张 && lacks id_number'
ended=$(grep -o '"id":[0-9]*[^}]*"phase":"ended"' "$tmp/out" | head -1 | grep -o '[0-9]*' | head -1)
open=$(grep -o '"id":[0-9]*[^}]*"phase":"open"' "$tmp/out" | head -1 | grep -o '[0-9]*' | head -1)
code=$(grep -o "\"id\":$open,\"code\":\"[^\"]*" "$tmp/out" | sed 's/.*"//')
request list 没有这样的词
is "words that nothing has find nothing" eval 'exits 0 && lacks 〔'
request list --limit 0
is "a limit is at least 1" eval 'exits 2 && complains limit'
request show "$open"
is "one is shown by its number" ends 0 "$code"
request show "$(sed 's/〔/[/;s/〕/]/' <<<"$code")"
is "and by its code, with the brackets of the keyboard" ends 0 "$code"
request show "$open" --json
is "in JSON with every step" ends 0 '"facts":['
request show 999999
is "one that is not there is a mistake" eval '[[ $status != 0 ]] && complains "no such"'
request ledger "$open"
is "the ledger says how the day follows" eval 'exits 0 && says 条例'
request ledger "$open" --json
is "in JSON too" ends 0 '"lines":['

run archive make --data "$data" "$open" "$tmp/open.tar"
is "an open request is not archived" eval '[[ $status != 0 ]] && complains "closed"'
run archive make --data "$data" "$ended" "$tmp/one.tar"
is "a closed one becomes a package" ends 0 "SHA-256"
run archive make --data "$data" "$ended" "$tmp/one.tar"
is "a file that is there is not overwritten" eval 'exits 2 && complains "there already"'
run archive make --data "$data" "$ended" "$tmp/again.tar"
is "the package of an archived one is given again" cmp -s "$tmp/one.tar" "$tmp/again.tar"
run archive verify "$tmp/one.tar"
is "it proves itself" ends 0 "each as signed"
key=$(grep -o 'public key [0-9a-f]*' "$tmp/out" | cut -d' ' -f3)
echo "$key" >"$tmp/key"
run archive verify "$tmp/one.tar" --public-key "$tmp/key"
is "with the key it was signed with" ends 0 "as given"
tr 0-9a-f 1-9a-f0 <"$tmp/key" >"$tmp/other"
run archive verify "$tmp/one.tar" --public-key "$tmp/other"
is "and with no other" ends 1 "another key"
mkdir "$tmp/unpacked"
tar -xf "$tmp/one.tar" -C "$tmp/unpacked"
is "tar opens it, and every sum fits" eval '(cd "$tmp/unpacked" && sha256sum --quiet -c SHA256SUMS)'
is "a page is there to begin with" grep -q '期限台账\|办理经过' "$tmp/unpacked/index.html"
sed 's/filed/Filed/' "$tmp/one.tar" >"$tmp/changed.tar"
run archive verify "$tmp/changed.tar"
is "one that was changed is told" eval 'exits 1 && says changed'
head -c 3000 "$tmp/one.tar" >"$tmp/cut.tar"
run archive verify "$tmp/cut.tar"
is "one that was cut is none" eval 'exits 3'
run archive verify "$sample/shi-2024.html"
is "nor is another file" eval 'exits 3'
done_testing
