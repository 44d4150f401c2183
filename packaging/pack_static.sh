#!/bin/sh
# pack_static.sh OUT.a CC... -- IN.a...
#
# Joins static libraries into one object, makes hidden symbols local, and packs it.
set -eu
out=$1
shift
compiler=
while [ "$1" != -- ]; do
    compiler="$compiler $1"
    shift
done
shift

object=${out%.a}.o
# The compiler may be several words (`ccache gcc`): splitting is meant.
# shellcheck disable=SC2086
$compiler -r -nostdlib -Wl,--whole-archive "$@" -Wl,--no-whole-archive -o "$object"
objcopy --localize-hidden "$object"
rm -f "$out"
ar rcsD "$out" "$object"
rm -f "$object"
