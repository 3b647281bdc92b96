#!/usr/bin/env bash
# Reading and checking on the sample reports, whose faults are known (data/sample/README.md).
. "$(dirname "$0")/tap.sh"

clean=$sample/shi-2024.html faulty=$sample/shuiwu-2022.txt

run report check "$clean"
is "a faultless report ends with 0" ends 0 "0 failed"
run report check "$faulty"
is "a report with a fault ends with 1 and shows the check" ends 1 "t3.row_sum"
is "and the failure is shown in Chinese" says "总计"
run report check --lang en "$faulty"
is "or in English" ends 1 "total"
is "no colours go into a file" lacks $'\033'
run report check "$clean" --all
is "--all shows what passed" says "pass  "
run report read "$clean"
is "read shows the tables" ends 0 "Table three"
is "and no findings" lacks "failed"

run report read "$sample/shuiwu-2023.docx" "$sample/shuiwu-2024.pdf" "$sample/jiaoyu-2024.xlsx" "$sample/jiaoyu-2023.html" "$sample/xian-2025.md"
is "every kind of file is read" ends 0 "5 files"

# JSON
run report check --json "$clean" "$faulty"
is "JSON has both documents in the order given" eval '[[ $out == *shi-2024.html*shuiwu-2022.txt* ]]'
is "and nothing on standard error" silent
is "JSON says its schema" says '"schema":1'
run report read --json "$clean"
is "read as JSON has no findings" lacks '"findings"'
is "but the text of the report" says '"paragraphs"'
run report read --json "$clean"
cp "$tmp/out" "$tmp/first"
run report read --json -j 1 "$clean"
is "JSON is the same every time" cmp -s "$tmp/first" "$tmp/out"

# CSV
run report read --csv "$clean"
is "CSV has a head and a line per cell" eval 'exits 0 && says "file,document,kind" && says ",t3.new.total,"'

# standard input
run_with_input "$clean" report check --name 网页 -
is "- reads standard input and --name names it" ends 0 "网页"
run_with_input "$sample/shuiwu-2024.pdf" report check -
is "a PDF comes over standard input too" ends 1 "text.new"
run_with_input /dev/null report check -
is "an empty standard input is unreadable or no report, not a crash" eval 'exits 3 || exits 0'
run report check - -
is "standard input can be named only once" exits 2

# globs, folders, order
run report check --json "$sample/shuiwu-*.html"
is "a pattern in quotes is looked up" eval '[[ $out == *shuiwu-2021.html*shuiwu-2025.html* ]]'
mkdir -p "$tmp/folder/deeper" "$tmp/folder/.hidden"
cp "$clean" "$tmp/folder/b.html"
cp "$faulty" "$tmp/folder/deeper/a.txt"
cp "$clean" "$tmp/folder/.hidden/c.html"
printf 'body{}' >"$tmp/folder/style.css"
run report check "$tmp/folder"
is "a folder gives the reports below it, without hidden ones and style sheets" ends 1 "2 files, 2 documents, 1 of them with failures"
run report check "$tmp/nowhere.html" "$clean"
is "a file that is not there is named, the others are done, the end is 3" eval 'exits 3 && complains nowhere.html && says "0 failed"'
chmod 000 "$tmp/folder/b.html"
if [[ $(id -u) != 0 ]]; then
    run report check "$tmp/folder"
    is "so is one that may not be read" exits 3
fi

# several years of one organ in several files
run report check --json "$sample/shuiwu-2022.txt" "$sample/shuiwu-2023.docx"
is "reports of one organ are checked beside each other" says '"id":"series.carry_over","result":"fail"'
run report check --json "$sample/shuiwu-2023.docx" "$sample/shuiwu-2022.txt"
is "in whichever order they are given" says '"id":"series.carry_over","result":"fail"'
is "and only the first is said to be alone" eval '[[ $(grep -o "series.carry_over\",\"result\":\"not_assessable" "$tmp/out" | wc -l) == 1 ]]'
run report check --json "$sample/shuiwu-2023.docx"
is "of one alone it is said that last year's is not here" says '"id":"series.carry_over","result":"not_assessable"'
run report check --json "$sample/shuiwu-2022.txt" "$sample/shi-2024.html"
is "so it is of two of different organs" eval '[[ $(grep -o "series.carry_over\",\"result\":\"not_assessable" "$tmp/out" | wc -l) == 2 ]]'

# against what the site holds
run report import --data "$tmp/site" "$sample/shuiwu-2022.txt"
is "import puts a report into the site" ends 0 "added      shuiwu-2022.txt · 示例市水务局 · 2022"
run report import --data "$tmp/site" "$sample/shuiwu-2022.txt"
is "the same bytes again change nothing" ends 0 unchanged
run report check --json --data "$tmp/site" "$sample/shuiwu-2023.docx"
is "check --data sets a report beside the stored one of the year before" says '"id":"series.carry_over","result":"fail"'
is "and then it is not alone" lacks '"id":"series.carry_over","result":"not_assessable"'
run report check --json --data "$tmp/site" "$sample/shuiwu-2022.txt" "$sample/shuiwu-2023.docx"
is "but once only, where that one is among the files too" \
    test "$(grep -o '"id":"series.carry_over","result":"fail"' "$tmp/out" | wc -l)" = "$(
        "$gongkai" report check --json "$sample/shuiwu-2022.txt" "$sample/shuiwu-2023.docx" |
            grep -o '"id":"series.carry_over","result":"fail"' | wc -l)"
run report check --data "$tmp/nothing-there" "$sample/shuiwu-2023.docx"
is "a data folder that is not there is said so" eval '[[ $status != 0 && -n $err ]]'
run db check --data "$tmp/site"
is "db check finds the folder whole" ends 0 whole

# diff
run report diff "$sample/shuiwu-2022.txt" "$sample/shuiwu-2023.docx"
is "diff shows two years in their order" ends 0 "2022 (fmt2021) → 示例市水务局 2023"
run report diff "$sample/shuiwu-2023.docx" "$sample/shuiwu-2022.txt"
is "whichever is given first" ends 0 "2022 (fmt2021) → 示例市水务局 2023"
run report diff --json "$sample/shuiwu-2022.txt" "$sample/shuiwu-2023.docx"
is "diff as JSON" ends 0 '"diff":{"earlier":{"organ":"示例市水务局","year":2022'
run report diff "$clean"
is "diff of one report says that two are needed" eval 'exits 2 && complains "two reports"'

# sum
run report sum "$sample"/*-2024.*
is "sum adds what it is given" says "Sum of 5 reports of 2024"
run report sum --json "$sample"/*-2024.*
is "sum as JSON lists who took part" says '"standing":"added"'
run report sum --csv "$sample"/*-2024.*
is "sum as CSV" says "t3.new.total"
run report sum "$clean" "$clean"
is "the same report is not added twice" says "added before"
run report sum "$clean" --total "$clean"
is "a sum that equals the published total is clean" ends 0 "0 differ"
run report sum "$sample/zfb-2024.txt" --total "$clean"
is "one that does not ends with 1" exits 1

# workbook
run report read --xlsx "$tmp/book.xlsx" "$clean"
is "a workbook is written" eval 'exits 0 && [[ $(head -c 2 "$tmp/book.xlsx") == PK ]]'
run report read --json "$tmp/book.xlsx"
cp "$tmp/out" "$tmp/again"
is "and what is read from it are the same figures" eval 'says "\"t3.new.total\":{\"state\":\"value\""'
run report read --xlsx "$tmp/two.xlsx" "$clean" "$faulty"
is "a workbook holds one report" exits 2

# a full disk
if [[ -e /dev/full ]]; then
    "$gongkai" report read "$clean" >/dev/full 2>"$tmp/err"
    status=$?
    is "output that cannot be written is a failure" exits 4
fi

done_testing
