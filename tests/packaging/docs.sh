#!/usr/bin/env bash
# The pages for administrators and officers: what they point at is there, and the commands they name
# are those of the program.
. "$(dirname "$0")/../cli/tap.sh"
run help
nouns=" $(sed -n 's/^  \([a-z-]*\) .*/\1/p' "$tmp/out" | sort -u | tr '\n' ' ')"
verbs=$(sed -n 's/^  \([a-z-]* [a-z-]*\)  .*/\1/p' "$tmp/out")

missing_links() { # FILE: links to files that are not there
    local folder link
    folder=$(dirname "$1")
    grep -oE '\]\([^)#]+' "$1" | sed 's/^](//' | while read -r link; do
        [[ $link == *://* || -e $folder/$link ]] || echo "$link"
    done
}

# What stands in a block of code or between backticks.
code_of() { awk '/^```/ { inside = !inside; next } inside { print; next } { n = split($0, part, "`"); for (i = 2; i <= n; i += 2) print part[i] }' "$1"; }

strange_commands() { # FILE: gongkai NOUN VERB that the program does not know
    code_of "$1" | grep -oE '(^|sudo |; |&& |\| )gongkai [a-z-]+( [a-z-]+)?' | sed -E 's/.*gongkai //' | sort -u |
        while read -r noun verb; do
            [[ $nouns == *" $noun "* ]] || { echo "$noun $verb"; continue; }
            grep -q "^$noun [a-z]" <<<"$verbs" || continue
            grep -qx "$noun $verb" <<<"$verbs" || [[ $noun == backup ]] || echo "$noun $verb"
        done
}

while IFS= read -r -d '' page; do
    missing_links "$page" >"$tmp/out" 2>"$tmp/err"
    status=0 out=$(<"$tmp/out")
    is "${page#"$source"/}: what it points at is there" test -z "$out"
    strange_commands "$page" >"$tmp/out"
    out=$(<"$tmp/out")
    is "${page#"$source"/}: its commands are the program's" test -z "$out"
done < <(find "$source/docs/admin" "$source/docs/handbook" "$source/packaging" -name '*.md' -print0 2>/dev/null | sort -z)
# what the pages list besides is what the program has
run db migrate --data "$tmp/site"
run job list --data "$tmp/site"
while read -r job _ _ _ _ what; do
    [[ $job == JOB || -z $job ]] && continue
    is "operate.md: job $job is told of" grep -qF "| \`$job\` | $what |" "$source/docs/admin/operate.md"
done < <(tr -s ' ' <"$tmp/out")
for name in $(sed -n 's/^.*| `\(gongkai_[a-z_]*\).*/\1/p' "$source/docs/admin/operate.md"); do
    is "operate.md: $name is in the sources" grep -rqF "\"${name#gongkai_}" "$source/src/web"
done
done_testing
