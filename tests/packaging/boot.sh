#!/usr/bin/env bash
# boot.sh SUITE OLD.deb NEW.deb: the service under a real systemd, in a container: starts, answers and
# reads a document inside all its fences, is started again when it hangs, is upgraded while it runs.
# By hand: it needs root, debootstrap, systemd-nspawn, a mirror and some minutes. Prints TAP.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
suite=$1 old=$2 new=$3
root=$(mktemp -d /var/tmp/gongkai-boot.XXXXXX)
chmod 755 "$root"
debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl "$suite" "$root" >"$root.out" 2>&1 || { tail "$root.out"; exit 1; }
cp -r /etc/apt/sources.list.d /etc/apt/apt.conf.d "$root/etc/apt/"
cp /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null
cp "$old" "$root/root/old.deb" && cp "$new" "$root/root/new.deb" && cp "$here"/../../data/sample/shi-2024.html "$root/root/"
chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq; apt-get install -y -qq --no-install-recommends /root/old.deb
    apt-get satisfy -y -qq --no-install-recommends "$(dpkg-deb -f /root/new.deb Depends)"' >"$root.out" 2>&1
systemd-nspawn -q --register=no --keep-unit -D "$root" -b --private-network >"$root.boot" 2>&1 </dev/null &
container=$!
trap 'kill "$container" 2>/dev/null; wait "$container" 2>/dev/null; rm -rf --one-file-system "$root" "$root".*' EXIT
leader=''
for _ in {1..60}; do
    leader=$(pgrep -P "$container" | head -1)
    [[ -n $leader ]] && nsenter -t "$leader" -a systemctl is-active --quiet gongkai 2>/dev/null && break
    sleep 1
done
n=0 bad=0
is() { # sentence, what to run inside
    n=$((n + 1))
    if nsenter -t "$leader" -a sh -c "$2" >"$root.out" 2>&1; then
        echo "ok $n - $1"
    else
        bad=$((bad + 1))
        echo "not ok $n - $1"
        sed 's/^/# /' "$root.out"
    fi
}
is "it has told systemd that it is ready" 'test "$(systemctl show -p ActiveState --value gongkai)" = active'
is "it answers" 'test "$(curl -s http://127.0.0.1:8080/healthz)" = ok'
is "it reads a document" 'curl -s -F file=@/root/shi-2024.html http://127.0.0.1:8080/check | grep -q 2024'
is "its jobs run" 'sleep 12; gongkai job list | grep -q well'
is "it ends and begins cleanly" 'systemctl restart gongkai && test "$(systemctl show -p Result --value gongkai)" = success'
is "where it hangs it is started again" 'systemctl kill -s STOP gongkai; sleep 75; test "$(systemctl show -p NRestarts --value gongkai)" = 1 && curl -s http://127.0.0.1:8080/healthz | grep -q ok'
is "it is backed up by its timer's service" 'systemctl start gongkai-backup && gongkai backup verify /var/backups/gongkai/gongkai-*.tar'
is "and the timer can be switched on" 'systemctl enable --now gongkai-backup.timer && systemctl is-active gongkai-backup.timer'
is "it is upgraded while it runs" 'dpkg -i /root/new.deb && systemctl is-active gongkai && curl -s http://127.0.0.1:8080/healthz | grep -q ok'
is "it goes" 'dpkg -r gongkai && ! systemctl is-active --quiet gongkai && test -f /var/lib/gongkai/gongkai.db'
echo "1..$n"
exit $((bad > 0))
