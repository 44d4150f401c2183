#!/bin/sh
# Debian packages of the tree, into build-package/. usage: package.sh [VERSION]
# VERSION stands in for the one of meson.build (to try an upgrade).
set -eu
cd "$(dirname "$0")/.."

version=${1:-$(sed -n "s/^ *version: '\([0-9.]*\)',/\1/p" meson.build | head -n 1)}
out=$PWD/build-package
tree=$out/plumbline-$version

rm -rf "$tree"
mkdir -p "$tree"
# What git knows, as it stands in the work tree, and the cockpit that was built before.
git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- --create --file=- | tar -x -C "$tree" -f -
if [ -d web/dist ]; then
    mkdir -p "$tree/web"
    cp -r web/dist "$tree/web/"
fi
mv "$tree/packaging/debian" "$tree/debian"
date=$(git log -1 --format=%cD)
printf 'plumbline (%s) unstable; urgency=medium\n\n  * Built from %s.\n\n -- Plumbline <plumbline@localhost>  %s\n' \
    "$version" "$(git rev-parse --short HEAD)" "$date" >"$tree/debian/changelog"
cd "$tree"
dpkg-buildpackage --unsigned-changes --unsigned-source --build=binary >"$out/build.log" 2>&1 || {
    tail -n 40 "$out/build.log" >&2
    exit 1
}
rm -rf "$tree"
ls -1 "$out"/*.deb
