# Sourced by the tests of the command line: TAP, one test a sentence.
#
#     tests/cli/x.sh BUILD/gongkai SOURCE [HELPER]
#
# `run ARGS…` runs the program; then $status, $out and $err hold what came of it. A test is
# `is "sentence" test-command…`.
set -u
gongkai=$1 source=$2
sample=$source/data/sample
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0 failed=0
export LC_ALL=C.UTF-8
unset NO_COLOR

run() {
    "$gongkai" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
    out=$(<"$tmp/out") err=$(<"$tmp/err")
}

run_with_input() { # FILE ARGS…
    local input=$1
    "$gongkai" "${@:2}" >"$tmp/out" 2>"$tmp/err" <"$input"
    status=$?
    out=$(<"$tmp/out") err=$(<"$tmp/err")
}

is() {
    local sentence=$1
    tests=$((tests + 1))
    if "${@:2}"; then
        printf 'ok %d - %s\n' "$tests" "$sentence"
    else
        failed=$((failed + 1))
        printf 'not ok %d - %s\n# status %s\n' "$tests" "$sentence" "$status"
        head -c 2000 "$tmp/out" | sed 's/^/# out: /'
        head -c 2000 "$tmp/err" | sed 's/^/# err: /'
    fi
}

exits() { [[ $status == "$1" ]]; }
says() { [[ $out == *"$1"* ]]; }
complains() { [[ $err == *"$1"* ]]; }
silent() { [[ -z $err ]]; }
lacks() { [[ $out != *"$1"* ]]; }
# exits STATUS and says TEXT
ends() { exits "$1" && says "$2"; }

done_testing() {
    printf '1..%d\n' "$tests"
    exit $((failed > 0))
}
