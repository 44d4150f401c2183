#!/bin/sh
# Installs the Debian packages of build-package/ on a fresh Debian 12, under its own systemd,
# and uses them: install, first day, restart, upgrade, removal, purge. Ends with "tried: all
# well", or with the step that failed. Needs root, debootstrap and systemd-nspawn.
# usage: try_package.sh [OLD.deb NEW.deb]
# Without two packages, the upgrade is to the same content under a later version.
set -eu
cd "$(dirname "$0")/.."

old=${1:-$(ls -t build-package/plumbline_*.deb | head -n 1)}
new=${2:-}
if [ -z "$new" ]; then
    new=build-package/later.deb
    rm -rf build-package/later
    dpkg-deb -R "$old" build-package/later
    sed -i 's/^Version: .*/&+later/' build-package/later/DEBIAN/control
    dpkg-deb --root-owner-group -b build-package/later "$new" >/dev/null
fi
root=$PWD/build-package/root

if [ ! -d "$root" ]; then
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl bookworm \
        "$root.part" >build-package/debootstrap.log
    mv "$root.part" "$root"
fi
rm -rf "$root/try"
mkdir -p "$root/try"
cp "$old" "$root/try/old.deb"
cp "$new" "$root/try/new.deb"
cp examples/district-2023.txt examples/formats/five-year-plan.docx "$root/try/"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true

# What may need the network, before the machine is started.
chroot "$root" sh -ec '
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq purge plumbline >/dev/null 2>&1 || true
    rm -rf /var/lib/plumbline
    apt-get -qq update
    apt-get -qq install --no-install-recommends --download-only /try/old.deb
    apt-get -qq install --no-install-recommends --download-only /try/new.deb' >/dev/null

cat >"$root/try/steps.sh" <<'END'
#!/bin/sh
# Runs on the machine, as a unit.
exec >/try/log 2>&1
set -eux
export DEBIAN_FRONTEND=noninteractive
answers() {
    for i in $(seq 50); do
        curl -fsS http://127.0.0.1:8080/healthz && return 0
        sleep 0.1
    done
    journalctl --no-pager -u plumbline
    return 1
}
plumbline_as() {
    runuser -u plumbline -- plumbline "$@"
}

# install: nothing runs before there is a database
apt-get -qq install --no-install-recommends /try/old.deb
test "$(systemctl is-active plumbline)" = inactive
test "$(stat -c %U:%a /var/lib/plumbline)" = plumbline:700

# the first day
plumbline_as init /var/lib/plumbline/plans.db --region 110108 --name 示例区
plumbline_as import /var/lib/plumbline/plans.db /try/district-2023.txt
systemctl enable --now plumbline
answers
link=$(journalctl --no-pager -o cat -u plumbline | sed -n 's#.*/setup/\([^ ]*\).*#\1#p' | tail -n 1)
api=http://127.0.0.1:8080/api/v1
curl -fsS -H 'Content-Type: application/json' $api/setup \
    -d "{\"token\":\"$link\",\"login\":\"admin\",\"name\":\"管理员\",\"password\":\"a long enough one 1\"}"
curl -fsS -c /tmp/jar -H 'Content-Type: application/json' $api/session \
    -d '{"login":"admin","password":"a long enough one 1"}' >/tmp/session
csrf=$(sed -n 's/.*"csrf":"\([^"]*\)".*/\1/p' /tmp/session)
# a document through the confined reader, inside the unit's own confinement
curl -fsS -b /tmp/jar -H "X-CSRF-Token: $csrf" --data-binary @/try/five-year-plan.docx \
    "$api/documents?name=five-year-plan.docx" | grep '"recognised"'
curl -fsS http://127.0.0.1:8080/ | grep -i '<!doctype html>'
test "$(stat -c %U:%a /var/lib/plumbline/plans.db)" = plumbline:600
systemctl restart plumbline
answers
systemd-analyze security --no-pager plumbline | tail -n 1

# upgrade: the plans stay, the service comes back
apt-get -qq install --no-install-recommends /try/new.deb
answers
plumbline --version
plumbline_as doctor /var/lib/plumbline/plans.db
plumbline_as plans /var/lib/plumbline/plans.db

# stop, remove, purge: plans are never deleted
systemctl stop plumbline
apt-get -qq remove plumbline
test ! -e /usr/bin/plumbline
test -e /etc/default/plumbline
apt-get -qq purge plumbline
test ! -e /etc/default/plumbline
test -s /var/lib/plumbline/plans.db
echo "all well" >/try/result
END
cat >"$root/etc/systemd/system/try.service" <<'END'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh /try/steps.sh
ExecStopPost=/bin/systemctl poweroff --no-block
END
mkdir -p "$root/etc/systemd/system/default.target.wants"
ln -sf ../try.service "$root/etc/systemd/system/default.target.wants/try.service"
ln -sf multi-user.target "$root/etc/systemd/system/default.target"

systemd-nspawn -D "$root" --boot --keep-unit --register=no </dev/null \
    >build-package/machine.log 2>&1 || true
cat "$root/try/log"
[ "$(cat "$root/try/result" 2>/dev/null)" = "all well" ] || {
    echo "tried: not well" >&2
    exit 1
}
echo "tried: all well"
