#!/usr/bin/env bash
# Accounts, posts and the first administrator from the command line.
source "$(dirname "$0")/tap.sh"
d=(--data "$tmp/data")

user() { run user "$@" "${d[@]}"; }

run db migrate "${d[@]}"
user first-admin --login root --name 钱明
is "the first administrator needs an organ that runs the site" exits 4
is "and is told to name one" complains "--organ"

run organ add 示例市人民政府办公室 --basis 示编〔2024〕1号 "${d[@]}"
run organ add 示例市水务局 --parent 示例市人民政府办公室 --basis 示编〔2024〕2号 "${d[@]}"
is "organs are there" exits 0

user first-admin --login 钱明 --name 钱明
is "a login is not Chinese" exits 2
user first-admin --login root --name 钱明
is "the first administrator is made at the only organ at the top" ends 0 "root administers the site"
is "and gets a password that is shown once" says "first password"
user first-admin --login second --name 孙丽
is "there is one first administrator" exits 4
is "who can open accounts" complains "already"

printf 'short\n' >"$tmp/short"
printf 'correct horse battery\n' >"$tmp/long"
run db migrate --data "$tmp/other"
run organ add 示例县人民政府 --basis 示编〔2024〕1号 --data "$tmp/other"
run_with_input "$tmp/short" user first-admin --login root --name 钱明 --data "$tmp/other"
is "a password of a few letters is refused" exits 2
run_with_input "$tmp/long" user first-admin --login root --name 钱明 --data "$tmp/other"
is "a password may come on standard input" exits 0
is "and is not printed" lacks "battery"
is "nor is another one made" lacks "first password"

user add wu --name 吴敏 --organ 示例市水务局 --role officer,head
is "an account is opened with roles" ends 0 "first password"
user add WU --name 吴敏 --organ 示例市水务局
is "a login is taken in any case" exits 4
user add li --name 李强 --organ 示例市交通局
is "an organ that is not there is told" exits 3
user add li --name 李强 --organ 示例市水务局 --role wizard
is "a role that is not there is told" complains "law roles"
user add li --name 李强 --organ 示例市水务局 --no-password
is "an account for single sign-on has no password" lacks "password"

user list
is "people are listed with their roles" says "wu  吴敏  示例市水务局  officer head"
user list --role officer --json
is "also as JSON" says '"login":"wu"'
user role give li drafter
is "a role is given" ends 0 "li is drafter now"
user role give li drafter
is "once" exits 4
user role give root auditor
is "the administrator does not become auditor" exits 4
is "with the reason" complains "cannot be one person"
user role take root admin
is "the last administrator keeps the role" complains "last administrator"
user role take li drafter
is "a role is taken" exits 0
user role take li drafter
is "once" exits 3
user show li
is "a post that was taken stays in the history" says "drafter"

user close wu --why 退休
is "an account is closed" exits 0
user list
is "and is no longer listed" lacks "wu"
user list --closed
is "but among the closed ones" says "wu"
user password wu
is "a closed account gets no password" exits 4
user reopen wu
is "it can be opened again, with a first password" ends 0 "first password"
user show wu
is "without the posts it had" says "not from"
user password wu --second-factor
is "a password is made anew" ends 0 "first password"

cat >"$tmp/people.csv" <<'CSV'
登录名,姓名,机关,岗位,电子邮箱
sun,孙立,示例市水务局,officer archivist,sun@example.gov.cn
WU,吴敏,示例市水务局,,
CSV
user import "$tmp/people.csv" --dry-run
is "a table of people can be tried" ends 0 "nothing was kept"
user show sun
is "which keeps nothing" exits 3
user import "$tmp/people.csv"
is "a table of people is imported" says "added     sun  孙立"
is "who has a login keeps it" says "there     WU"
user list --role archivist
is "with their roles" says "sun"
printf 'login,name,organ,roles\nqian2,钱二,示例市水务局,officer\nli2,李二,示例市没有局,\n' >"$tmp/bad.csv"
user import "$tmp/bad.csv"
is "with a line that is wrong" ends 1 "line 3"
user show qian2
is "nothing is kept" exits 3
printf 'login,name\nqian2,钱二\n' >"$tmp/bad.csv"
user import "$tmp/bad.csv"
is "a table without organs is refused" exits 2

run audit list --about person "${d[@]}"
is "every act is in the audit" says "person.close"
is "with who did it" says "命令行"
run audit verify "${d[@]}"
is "which verifies" exits 0

run law powers
is "the policy is printed" says "person.edit"
run law roles
is "the roles are printed" says "公开机构经办人"

done_testing
