#!/usr/bin/env bash
# The package: what is in it, and that its scripts are sound. (What they do is tried by hand in a
# chroot: packaging/README.md.)
. "$(dirname "$0")/../cli/tap.sh"
if ! command -v dpkg-deb >/dev/null || ! command -v dpkg-shlibdeps >/dev/null; then
    echo "1..0 # SKIP dpkg-deb or dpkg-shlibdeps is not here"
    exit 0
fi
run_tool() { # any program, as `run` does with ours
    "$@" >"$tmp/out" 2>"$tmp/err"
    status=$?
    out=$(<"$tmp/out") err=$(<"$tmp/err")
}
run_tool "$source/tools/package" --build "$(dirname "$gongkai")" "$tmp/package"
is "the package is built" exits 0
deb=$(echo "$tmp"/package/gongkai_*.deb)
run version
version=${out#gongkai }
run_tool dpkg-deb -f "$deb"
is "its version is the program's" says "Version: $version"
is "what it needs was looked up" eval 'says "libsqlite3-0" && says "libmicrohttpd12" && says "poppler-utils"'
run_tool dpkg-deb -c "$deb"
for path in usr/bin/gongkai etc/gongkai/gongkai.conf lib/systemd/system/gongkai.service \
    lib/systemd/system/gongkai-backup.timer usr/share/man/man1/gongkai.1.gz \
    usr/share/bash-completion/completions/gongkai usr/share/doc/gongkai/examples/nginx.conf \
    usr/share/doc/gongkai/admin/configure.md usr/share/doc/gongkai/copyright; do
    is "it holds /$path" says " ./$path"
done
is "all of it is root's" eval '! grep -v " root/root " "$tmp/out" | grep -q .'
mkdir "$tmp/root" && dpkg-deb -x "$deb" "$tmp/root" && dpkg-deb -e "$deb" "$tmp/control"
is "the unit starts a program that is in it" \
    test -x "$tmp/root$(sed -n 's/^ExecStart=\([^ ]*\).*/\1/p' "$tmp/root/lib/systemd/system/gongkai.service")"
run_tool "$tmp/root/usr/bin/gongkai" config check --config "$tmp/root/etc/gongkai/gongkai.conf"
is "the program in it takes the configuration in it" exits 0
is "the configuration is kept over upgrades" grep -qx /etc/gongkai/gongkai.conf "$tmp/control/conffiles"
for script in preinst postinst prerm postrm; do
    is "$script is sound" eval "test -x '$tmp/control/$script' && sh -n '$tmp/control/$script'"
done
is "data goes only when asked for" grep -q 'GONGKAI_PURGE_DATA:-}" = yes' "$tmp/control/postrm"
(cd "$tmp/root" && md5sum --quiet -c "$tmp/control/md5sums") >"$tmp/out" 2>&1
status=$?
is "its sums are right" exits 0
if command -v lintian >/dev/null; then
    run_tool lintian --allow-root "$deb"
    is "lintian has nothing to say" eval 'exits 0 && [[ -z $out ]]'
else
    tests=$((tests + 1))
    echo "ok $tests - lintian has nothing to say # SKIP lintian is not here"
fi
done_testing
