#!/usr/bin/env bash
# Any file at all: each of these is read or refused with a reason, in time, and stops nothing.
. "$(dirname "$0")/tap.sh"
maker=$3
mkdir "$tmp/bad"
"$maker" "$tmp/bad" "$sample/shuiwu-2023.docx" "$sample/shuiwu-2024.pdf" "$sample/shi-2024.html" || exit 1

refused() { # FILE WORDS
    run report check --lang en "$tmp/bad/$1"
    is "$1 is refused and said to be: $2" eval 'exits 3 && [[ ${err,,} == *"'"$2"'"* ]]'
}
survived() { # FILE
    run report check "$tmp/bad/$1"
    is "$1 does no harm" eval 'exits 0 || exits 1 || exits 3'
    is "$1 breaks no reader" eval '[[ $err != *"broke down"* && $err != *出错* ]]'
}

refused huge.txt "32 mb"
refused bomb.docx "bomb"
refused archive.zip "archive"
refused truncated.docx ""
refused picture-named.html "picture"
refused program-named.txt "program"
refused encrypted.pdf "encrypted"
refused scanned.pdf "scan"
refused not-a.pdf ""
refused word.doc ""
for file in empty.txt nul.txt invalid-utf8.html truncated.html truncated.pdf deep.html very-deep.html \
    million-cells.html wide-span.html; do
    survived $file
done
run report check "$tmp/bad/html-named.pdf"
is "a wrong extension is not believed" ends 0 "示例市人民政府"

# all of them at once, with good ones between
cp "$sample/shi-2024.html" "$tmp/bad/a-good.html"
cp "$sample/zfb-2025.html" "$tmp/bad/z-good.html"
run report check --json "$tmp/bad"
is "a folder of bad files ends with 3" exits 3
is "the good ones are done" eval 'says a-good.html && says z-good.html'
is "the bad ones are named with reasons" eval '[[ $out == *\"unreadable\":[*bomb.docx* && $out == *scanned.pdf* ]]'
run report check "$tmp/bad"
is "as text they are named on standard error" eval 'complains bomb.docx && complains huge.txt'
# on a terminal, how far it is; script(1) makes one
if command -v script >/dev/null; then
    out=$(script -qec "'$gongkai' report check --json '$tmp/bad' 2>&1 >/dev/null" /dev/null </dev/null)
    status=0
    is "on a terminal a line shows how far it is" says "of 2"
    is "and is wiped away at the end" says $'\r\033[K'
fi
run report check --json "$tmp/bad"
is "in a file there is no such line" silent
rm -f "$tmp"/bad/*

done_testing
