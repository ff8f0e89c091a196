#!/usr/bin/env bash
# How the cost of a check grows with the file, for each shape of file: instructions at two sizes, and the exponent between them.
# usage: benches/growth.sh [SMALL LARGE]    needs valgrind and python3; 1 means linear
set -euo pipefail
cd "$(dirname "$0")/.."
small=${1:-1000} large=${2:-100000}
work=target/bench

[ -n "${ENVSCHEMA:-}" ] || cargo build --quiet --release -p envschema-cli
envschema=${ENVSCHEMA:-target/release/envschema}
count() {
    # A file full of problems ends with status 1.
    { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$envschema" check --dialect compose --format concise \
        --schema "$work/$1/envschema.yaml" "$work/$1/shape-$2.env" 2>&1 >/dev/null || true; } | awk '/Collected/ {print $4}'
}

for n in "$small" "$large"; do
    [ -d "$work/$n" ] || python3 benches/gen.py "$n" "$work/$n"
    shapes=$(python3 benches/shapes.py "$work/$n")
done
printf '%-14s %14s %14s %9s\n' shape "$small keys" "$large keys" exponent
for shape in $shapes; do
    a=$(count "$small" "$shape")
    b=$(count "$large" "$shape")
    awk -v s="$shape" -v a="$a" -v b="$b" -v n="$small" -v m="$large" \
        'BEGIN { printf "%-14s %14.0f %14.0f %9.2f\n", s, a, b, log(b / a) / log(m / n) }'
done
