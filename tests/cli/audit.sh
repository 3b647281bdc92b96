#!/usr/bin/env bash
# Proving, sealing, reading and exporting the audit (docs/admin/audit.md).
. "$(dirname "$0")/tap.sh"
export GONGKAI_CONFIG=

site=$tmp/site
run audit verify --data "$tmp/nowhere"
is "without a data folder there is nothing to prove" exits 3
run db migrate --data "$site"
run audit verify --data "$site"
is "an audit without lines holds" ends 0 "0 lines"
run audit anchor --data "$site"
is "where nothing was sealed there is no anchor" exits 3
run audit seal --data "$site"
is "nothing is sealed where nothing was done" ends 0 "nothing was added"
run audit export --data "$site"
is "an export has the line that says it was made" ends 0 ",audit.export,"
is "and names its columns" says "line,at,clock,act,"
run audit export --json --data "$site" --act audit.export
is "an export can be JSON" ends 0 '"act_name":"导出操作记录"'
is "and its line keeps the filter" says 'audit.export'
run audit seal --data "$site"
is "a seal prints its anchor" ends 0 "gongkai-anchor site=1 seal=1 "
cp "$tmp/out" "$tmp/anchor"
run audit seal --data "$site"
is "what was sealed is not sealed again" ends 0 "nothing was added"
run audit anchor --data "$site"
is "the anchor can be had again" ends 0 "$(head -n 1 "$tmp/anchor")"
run audit verify --data "$site" --anchor "$tmp/anchor"
is "an untouched audit holds" ends 0 "nothing was changed"
run audit verify --json --data "$site"
is "and says so as JSON" ends 0 '"holds":true'
run audit list --data "$site" --limit 1
is "lines are listed, newest first" ends 0 "audit.seal"
is "and say where to go on" says "--before 3"
run audit list --data "$site" --who nobody
is "a filter leaves out the others" lacks "audit.seal"
run audit list --data "$site" --about audit:x
is "a thing without a number is refused" eval 'exits 2 && complains organ:7'
run audit list --data "$site" --from tomorrow
is "a day that is none is refused" exits 2
run audit show --data "$site" 1
is "a line is shown with its seal" ends 0 "under: gongkai-anchor site=1 seal=1"
run audit show --data "$site" 99
is "a line that is not there is missing" exits 3
run audit show --data "$site" first
is "what is no number of a line is refused" exits 2

# A data folder that is put back to what it was: the lines and the seal since are gone.
run db migrate --data "$tmp/other"
run audit export --data "$tmp/other"
run audit verify --data "$tmp/other"
is "by itself a shortened audit cannot be told" exits 0
run audit verify --data "$tmp/other" --anchor "$tmp/anchor"
is "with an anchor from elsewhere it is" ends 1 "line 2"
is "and how it is wrong is said" says "are not there"
run audit verify --data "$site" --anchor "$source/README.md"
is "a file without an anchor is refused" exits 2
run audit verify --data "$site" --public-key "$source/README.md"
is "a file without keys is refused" exits 2

run audit seal --data "$site" --new-key
is "a seal can name a new key" ends 0 "public key of the next seal"
run audit export --data "$site"
run audit seal --data "$site"
run audit verify --data "$site"
is "and the next one goes on with it" ends 0 "3 seals hold"
mv "$site/secret.key" "$tmp/"
run audit verify --data "$site"
is "without the secret it is said that the keys are not proved" ends 0 "--public-key"
run audit seal --data "$site"
is "and nothing is sealed" exits 3

done_testing
