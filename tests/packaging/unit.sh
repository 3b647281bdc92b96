#!/usr/bin/env bash
# The systemd unit: sound, tight, and not so tight that the program does not run.
. "$(dirname "$0")/../cli/tap.sh"
filtered=${3:-}
if ! command -v systemd-analyze >/dev/null; then
    echo "1..0 # SKIP systemd-analyze is not here"
    exit 0
fi
unit=$source/packaging/gongkai.service
run_tool() { # any program, as `run` does with ours
    "$@" >"$tmp/out" 2>"$tmp/err"
    status=$?
    out=$(<"$tmp/out") err=$(<"$tmp/err")
}

# as verified here: where the program is, and without a manual page that is not installed
sed -e "s|^ExecStart=[^ ]*|ExecStart=$(readlink -f "$gongkai")|" -e '/^Documentation/d' "$unit" >"$tmp/gongkai.service"
run_tool systemd-analyze verify "$tmp/gongkai.service"
is "systemd finds nothing wrong with the unit" eval 'exits 0 && silent'
run_tool systemd-analyze security --offline=yes --no-pager "$tmp/gongkai.service"
level=$(sed -n 's/.*exposure level for .*: \([0-9.]*\).*/\1/p' "$tmp/out")
is "its exposure is at most 1.5 of 10 (here $level)" awk "BEGIN { exit !($level <= 1.5) }"

sed -e "s|gongkai backup|$(readlink -f "$gongkai") backup|" -e '/^Documentation/d' "${unit%.service}-backup.service" >"$tmp/gongkai-backup.service"
cp "${unit%.service}-backup.timer" "$tmp/"
run_tool systemd-analyze verify "$tmp/gongkai-backup.timer"
is "nor with the nightly backup's" eval 'exits 0 && silent'

# --- the system calls it leaves
expand() { # a set or a call, to calls
    if [[ $1 == @* ]]; then
        local one
        while read -r one; do
            expand "$one"
        done < <(systemd-analyze syscall-filter "$1" | sed -n 's/^ \+\([^# ].*\)/\1/p')
    else
        echo "$1"
    fi
}
: >"$tmp/refused"
{
    expand @default
    while read -r line; do
        [[ $line == '~'* ]] && continue
        for word in $line; do expand "$word"; done
    done < <(sed -n 's/^SystemCallFilter=//p' "$unit")
} | sort -u >"$tmp/named"
while read -r line; do
    [[ $line == '~'* ]] || continue
    for word in ${line#\~}; do expand "$word"; done
done < <(sed -n 's/^SystemCallFilter=//p' "$unit") | sort -u >"$tmp/refused"
comm -23 "$tmp/named" "$tmp/refused" >"$tmp/calls"
is "the filter leaves a few hundred calls and not mount" \
    eval '[[ $(wc -l <"$tmp/calls") -gt 150 ]] && ! grep -qx mount "$tmp/calls" && ! grep -qx setuid "$tmp/calls"'

inside() { # runs it as the unit would
    "$filtered" "$tmp/calls" "$gongkai" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    out=$(<"$tmp/out") err=$(<"$tmp/err")
}
export GONGKAI_CONFIG=
inside db migrate --data "$tmp/site"
is "it makes its database inside" exits 0
inside report read --json "$sample/shi-2024.html"
is "it reads documents in its own sandbox inside" eval 'exits 0 && says "t3.new.natural"'
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n' >"$tmp/empty.pdf"
run report read --lang en "$tmp/empty.pdf"
outside=$status$out${err//gongkai:/}
inside report read --lang en "$tmp/empty.pdf"
is "pdftotext runs inside as it does outside" test "$status$out${err//gongkai:/}" = "$outside"

"$filtered" "$tmp/calls" "$gongkai" serve --data "$tmp/site" --port 0 >"$tmp/where" 2>"$tmp/log" &
server=$!
for _ in {1..200}; do
    [[ -s $tmp/where ]] && break
    sleep 0.05
done
address=$(sed 's/^gongkai: //' "$tmp/where")
run_tool curl -sS --max-time 20 "${address}annual-reports"
is "pages are answered inside" says "</html>"
run_tool curl -sS --max-time 30 -F "file=@$sample/shi-2024.html" "${address}check"
is "an uploaded report is checked inside" says "2024"
kill -TERM "$server"
wait "$server"
status=$?
is "and it ends cleanly" exits 0
done_testing
