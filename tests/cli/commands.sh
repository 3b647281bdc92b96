#!/usr/bin/env bash
# The command line: what it takes, what it says, what it ends with.
. "$(dirname "$0")/tap.sh"

run
is "without a command it shows them all and ends with 2" exits 2
run help
is "help lists every command" ends 0 "report check"
run help report check
is "help of a command shows its options" ends 0 "--today"
run report check --help
is "so does --help behind the command" ends 0 "--today"
run help law
is "help of a noun lists its commands" ends 0 "law roles"
run law
is "a noun alone ends with 2 and says which commands there are" eval 'exits 2 && complains "law roles"'
run help nothing
is "help of what does not exist is a mistake in usage" exits 2
run version
is "version says which" ends 0 "gongkai "
run nothing
is "an unknown command ends with 2 and is named" eval 'exits 2 && complains nothing'
run report check
is "a missing operand ends with 2" eval 'exits 2 && complains missing'
run report check --nonsense x
is "an unknown option ends with 2 and is named" eval 'exits 2 && complains --nonsense'
run report check --lang fr x
is "a language it does not speak is refused" eval 'exits 2 && complains "zh|en"'
run report check --jobs 0 "$sample/shi-2024.html"
is "no jobs at a time is refused" exits 2
run report check --today tomorrow "$sample/shi-2024.html"
is "a day that is none is refused" exits 2
run report check --json --csv "$sample/shi-2024.html"
is "two formats at once are refused" exits 2
run report read --json=yes "$sample/shi-2024.html"
is "a switch takes no value" exits 2
run help --man
is "the manual page names every command" ends 0 "gongkai report diff"
run completion bash
bash -n "$tmp/out"
is "the completion script is sound bash" test $? = 0
run calendar due 2026-02-13 20
is "a term over the Spring Festival ends as the notices say" ends 0 "2026-03-19"
run calendar due --json 2026-12-31 20
is "a term into a year without a notice is provisional" ends 0 '"provisional":true'
run calendar count 2023-12-31 2024-12-31
is "working days are counted" ends 0 "251"
run calendar show 2026
is "a year is shown with its worked weekend days and its source" ends 0 "2026-02-14  Sat  work  春节"
run calendar due 2026-02-30 20
is "a day that is not in the calendar is refused" eval 'exits 2 && complains 2026-02-30'
run calendar due 2026-02-13 minus
is "a term that is no number is refused" exits 2
run calendar show 1990
is "a year outside is refused" exits 2
run law clocks
is "the terms are printed with their articles" ends 0 "条例第三十三条第二款"
run law steps
is "the steps are printed with their phases" ends 0 "条例第三十一条"
run law outcomes
is "the outcomes are printed with their rows" ends 0 "r3_4"
run law letters
is "the letters are printed with what each must say" ends 0 "reply_state_secret"
run letter check correction "$(dirname "$0")/../../data/letters/correction.txt"
is "the usual wording of a letter is a sound template" ends 0 "says what it must"
printf '一\n{收到曰期}' >"$tmp/template.txt"
run letter check --lang en correction "$tmp/template.txt"
is "a template with a place nobody knows is refused with its line" ends 1 "line 2"
run law decisions
is "so is the way of a reply, with who may" ends 0 "法制审核"
is "and what each outcome has to say" says "检索情况"
run law fees
is "so are the scales of the fee" ends 0 "11"
is "with how the measures are read" says "自然月"
run law remedies
is "the terms of reviews and suits are printed" ends 0 "行政诉讼法第四十五条"
is "with the columns of table four" says "结果纠正"
is "and what is a setting" says "以答复通知书写明的日期为准"
for table in editions cells checks repairs; do
    run law $table
    is "law $table prints its table" ends 0 "${table%s}"
done
run law cells
is "law cells names the cells by their published ids" says "t3.carried_in.natural"
run law checks --lang en
is "law checks speaks English when asked" says "t3.row_sum"

# completion of a word, as bash would ask
complete_word() {
    # shellcheck disable=SC1090
    (source "$tmp/completion" && COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) && _gongkai && printf '%s\n' "${COMPREPLY[@]}")
}
run completion bash
cp "$tmp/out" "$tmp/completion"
out=$(complete_word gongkai re)
is "completion knows the nouns" says report
out=$(complete_word gongkai report ch)
is "completion knows the verbs" says check
out=$(complete_word gongkai report check --js)
is "completion knows the options of a command" says --json

done_testing
