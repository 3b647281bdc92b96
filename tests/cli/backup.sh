#!/usr/bin/env bash
# A site moved by its commands: db copy, backup, verify, restore.
. "$(dirname "$0")/tap.sh"
unset "${!GONGKAI_@}"
export GONGKAI_CONFIG=
site=$tmp/site
run report import --data "$site" --organ 示例市水务局 "$sample/shuiwu-2022.txt"
is "a site to begin with" exits 0

run backup --data "$site" "$tmp/one.tar"
is "a backup is written and read again" ends 0 "read again"
is "and the key in it is spoken of" says "key is in it"
run backup verify "$tmp/one.tar"
is "it is whole" ends 0 "whole"
run backup --data "$site" "$tmp/one.tar"
is "what is there is not overwritten" eval '[[ $status != 0 ]] && complains "not overwritten"'
run backup --data "$site" "$site/within.tar"
is "nor does it go into the site itself" eval '[[ $status != 0 ]] && complains "within the data folder"'
run backup --data "$site" --without-key "$tmp/bare"
is "without the key, where that is asked for" eval 'says "key is not in it" && [[ ! -e $tmp/bare/data/secret.key ]]'
is "a folder proves itself with sha256sum" eval '(cd "$tmp/bare" && sha256sum --quiet -c SHA256SUMS)'

GONGKAI_S3_ENDPOINT=https://s3.example.gov.cn GONGKAI_S3_BUCKET=b GONGKAI_S3_ACCESS_KEY=a GONGKAI_S3_SECRET_KEY=k \
    run backup --data "$site" "$tmp/two.tar"
is "what lies in an S3 store is said not to be in it" ends 0 "S3 store are not in it"

if [[ $(id -u) == 0 ]]; then
    chmod 755 "$tmp"
    cp -r "$site" "$tmp/owned" && chown -R nobody "$tmp/owned" && mkdir -m 700 "$tmp/vault"
    run backup --data "$tmp/owned" "$tmp/vault/three.tar"
    is "root backs up to where only root may write" exits 0
    is "and leaves nothing of its own in the folder" test -z "$(find "$tmp/owned" ! -user nobody)"
fi

run restore --data "$site" "$tmp/one.tar"
is "nothing is restored over a site" eval '[[ $status != 0 ]] && complains "not empty"'
run restore --data "$tmp/back" "$tmp/one.tar"
is "an empty place takes it" ends 0 "back"
run db check --data "$tmp/back"
is "and is whole" ends 0 "whole"
run audit verify --data "$tmp/back"
is "with an audit that proves itself" exits 0
is "with the same originals" diff -r "$site/files" "$tmp/back/files"
is "and the same key" cmp "$site/secret.key" "$tmp/back/secret.key"

run db copy --data "$site" "$tmp/copy.db"
is "a database is copied and compared" ends 0 "compared"
run db check --data "$site" --database "$tmp/copy.db"
is "and can be used in its place" ends 0 "whole"
run db copy --data "$site" "$tmp/copy.db"
is "never over another" eval '[[ $status != 0 ]] && complains "not empty"'
run db copy --data "$site" postgresql://nobody:secret@127.0.0.1:1/none
is "a server that is not there is said to be away" eval '[[ $status != 0 ]] && complains "cannot be reached"'
is "with the reason" complains "refused"
is "and the password is not" eval '! complains secret'

printf x | dd of="$tmp/one.tar" bs=1 seek=20000 conv=notrunc status=none
run backup verify "$tmp/one.tar"
is "a changed byte is found" eval 'exits 3 && complains "not whole"'
truncate -s 30000 "$tmp/one.tar"
run restore --data "$tmp/other" "$tmp/one.tar"
is "what is cut off is not restored" eval 'exits 3 && [[ ! -e $tmp/other ]]'
run backup verify "$tmp/none.tar"
is "a backup that is not there is missed" eval '[[ $status != 0 ]] && complains "no such backup"'
done_testing
