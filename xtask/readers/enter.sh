#!/bin/sh
# Runs a program in a folder of Debian packages: without a network, with processes and a folder `/tmp/home` of its own.
# `unshare --map-root-user --mount --net --pid --fork --kill-child sh enter.sh FOLDER PROGRAM ARGUMENT…`
set -e
root=$1
shift
mount --bind /dev/null "$root/dev/null"
mount --bind "$(dirname "$0")" "$root/readers"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mkdir "$root/tmp/home"
# What a reader finds in its environment is only what a request tells.
exec env -i PATH=/usr/bin:/bin unshare --root="$root" --wd=/tmp/home "$@"
