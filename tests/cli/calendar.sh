#!/usr/bin/env bash
# The site's own working days on the command line.
. "$(dirname "$0")/tap.sh"

data=$tmp/data
run db migrate --data "$data"
printf 'source https://example.org/8\n2026-05-20 off 县庆\n2026-05-23 work 县庆\n' >"$tmp/days"

run calendar due 2026-05-19 1
is "without data the built-in notices count" ends 0 "2026-05-20"
run calendar add --data "$data" --year 2026 --basis 示政办〔2026〕8号 --regional "$tmp/days"
is "a notice is looked at first" ends 0 "nothing was changed"
run calendar due --data "$data" 2026-05-19 1
is "and changes nothing" ends 0 "2026-05-20"
run calendar add --data "$data" --year 2026 --basis 示政办〔2026〕8号 --regional --yes "$tmp/days"
is "it goes in" ends 0 "2026: 248 working days, was 248"
run calendar due --data "$data" 2026-05-19 1
is "the site's days count" ends 0 "2026-05-21"
run calendar due 2026-05-19 1
is "elsewhere they do not" ends 0 "2026-05-20"
run calendar count --data "$data" 2026-05-19 2026-05-23
is "a worked Saturday is counted" ends 0 "3"
run calendar show --data "$data" 2026
is "the year names the paper" ends 0 "notice 1 (regional) 示政办〔2026〕8号 https://example.org/8"
run calendar add --data "$data" --year 2026 --basis x --yes "$tmp/days"
is "the same again is refused" complains "already"
run calendar add --data "$data" --basis x "$tmp/days"
is "without its year it is refused" eval 'exits 2 && complains --year'
run calendar add --data "$data" --year 2026 --yes "$tmp/days"
is "without its paper it is refused" eval 'exits 2 && complains paper'
printf '2026-05-40 off x\n' >"$tmp/bad"
run calendar add --data "$data" --year 2026 --basis x --yes "$tmp/bad"
is "a day that is none is refused with its line" eval 'exits 2 && complains "line 1"'
run calendar add --data "$data" --year 2026 --basis x "$tmp/nothing"
is "a file that is not there is named" eval '! exits 0'
run request forecast --data "$data"
is "nothing comes due where there is nothing" ends 0 "nothing is overdue"
run request forecast --data "$data" --json
is "likewise in JSON" ends 0 "[]"
done_testing
