#!/usr/bin/env bash
# chroot.sh SUITE OLD.deb NEW.deb: installs, upgrades, removes and purges the package in a fresh
# Debian. By hand: it needs root, debootstrap, a mirror and some minutes. Prints TAP.
set -uo pipefail
suite=$1 old=$2 new=$3
root=$(mktemp -d /var/tmp/gongkai-chroot.XXXXXX)
chmod 755 "$root"
trap 'rm -rf --one-file-system "$root"' EXIT
n=0 bad=0
is() {
    n=$((n + 1))
    if "${@:2}" >"$root.out" 2>&1; then
        echo "ok $n - $1"
    else
        bad=$((bad + 1))
        echo "not ok $n - $1"
        tail -n 20 "$root.out" | sed 's/^/# /'
    fi
}
inside() { chroot "$root" /usr/bin/env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
as_service() { inside runuser -u gongkai -- "$@"; }

debootstrap --variant=minbase "$suite" "$root" >"$root.out" 2>&1 || { tail "$root.out"; exit 1; }
cp /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null
cp -r /etc/apt/sources.list.d /etc/apt/apt.conf.d "$root/etc/apt/" 2>/dev/null
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod +x "$root/usr/sbin/policy-rc.d"
cp "$old" "$root/old.deb" && cp "$new" "$root/new.deb"
inside apt-get update -qq >/dev/null 2>&1

is "it installs, with what it needs" inside apt-get install -y -qq --no-install-recommends /old.deb
is "the data folder is the service's alone" inside sh -c 'test "$(stat -c "%U %a" /var/lib/gongkai)" = "gongkai 700"'
is "the configuration is not for everybody" inside sh -c 'test "$(stat -c "%U %G %a" /etc/gongkai/gongkai.conf)" = "root gongkai 640"'
is "the database is there and whole" inside gongkai db check
is "root's commands leave nothing of root's behind" inside sh -c 'gongkai job run clean && ! find /var/lib/gongkai ! -user gongkai | grep .'
is "the first administrator is made as install.md says" inside sh -c "gongkai organ add 示例县人民政府 --basis 示例县机构编制方案 && echo | gongkai user first-admin --login zhangsan --name 张三"
inside sh -c 'echo "port = 8081" >>/etc/gongkai/gongkai.conf'
is "something is kept" as_service sh -c 'gongkai config show | grep -q "port = 8081" && echo kept >/var/lib/gongkai/kept'
is "a later version goes over it" inside apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold /new.deb
is "with the administrator's configuration" inside sh -c 'gongkai config show | grep -q "port = 8081"'
is "with the data, brought up to date" inside sh -c 'gongkai db check && test -f /var/lib/gongkai/kept'
is "and the people in it" inside sh -c 'gongkai user list | grep -q zhangsan && gongkai audit verify'
is "a backup is made and restored" inside sh -c 'gongkai backup /var/backups/gongkai/a.tar && mv /var/lib/gongkai /var/lib/gongkai.old && install -d -o gongkai -g gongkai -m 700 /var/lib/gongkai && gongkai restore /var/backups/gongkai/a.tar && gongkai db check && rm -r /var/lib/gongkai && mv /var/lib/gongkai.old /var/lib/gongkai'
is "it goes again" inside apt-get remove -y -qq gongkai
is "and leaves data and configuration" inside test -f /var/lib/gongkai/gongkai.db -a -f /etc/gongkai/gongkai.conf
is "it comes back to them" inside apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold /new.deb
is "whole" inside gongkai db check
is "it is purged" inside dpkg --purge gongkai
is "the configuration is gone, the data is not" inside test ! -e /etc/gongkai -a -f /var/lib/gongkai/gongkai.db
is "asked for, the data goes too" inside sh -c 'dpkg -i /new.deb && GONGKAI_PURGE_DATA=yes dpkg --purge gongkai && test ! -e /var/lib/gongkai'
echo "1..$n"
rm -f "$root.out"
exit $((bad > 0))
