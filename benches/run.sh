#!/usr/bin/env bash
# Whole-process figures, side by side in one run: envschema, dotenv-linter, a hello world and cat.
# usage: benches/run.sh [ROUNDS]    needs cargo, gcc and python3; counts instructions where valgrind is there
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-41}
work=target/bench
mkdir -p "$work"

[ -n "${ENVSCHEMA:-}" ] || cargo build --quiet --release -p envschema-cli
[ -x "$work/tools/bin/dotenv-linter" ] || cargo install --quiet --locked --root "$work/tools" dotenv-linter
[ -x "$work/ptime" ] || gcc -O2 -o "$work/ptime" benches/ptime.c
[ -x "$work/hello" ] || rustc -O -C strip=symbols -o "$work/hello" benches/hello.rs
for n in 30 1000 10000 100000; do [ -d "$work/$n" ] || python3 benches/gen.py "$n" "$work/$n"; done
[ -d "$work/tree" ] || python3 benches/tree.py "$work/30/.env" 1000 "$work/tree"

envschema=${ENVSCHEMA:-target/release/envschema}
linter=$work/tools/bin/dotenv-linter
check() { echo "$envschema check --schema $work/$1/$2 $work/$1/.env"; }
lint() { echo "$linter check --quiet --skip-updates --schema $work/$1/$2 $work/$1/.env"; }

printf '\n== one check, whole process, wall time in turn (%s rounds); ratios are to the first line\n' "$rounds"
for n in 30 1000 10000 100000; do
    printf '\n-- %s keys\n' "$n"
    {
        printf 'hello\t%s\n' "$work/hello"
        printf 'cat\t/bin/cat %s/.env\n' "$work/$n"
        printf 'envschema, YAML\t%s\n' "$(check "$n" envschema.yaml)"
        printf 'envschema, JSON Schema\t%s\n' "$(check "$n" schema.json)"
        printf 'dotenv-linter\t%s\n' "$(lint "$n" dl.json)"
        printf 'dotenv-linter, no regex\t%s\n' "$(lint "$n" dl-noregex.json)"
    } > "$work/commands"
    "$work/ptime" -n "$([ "$n" -ge 100000 ] && echo 5 || echo "$rounds")" "$work/commands"
done

printf '\n== a tree of 1,000 files\n'
{
    printf 'find\t/usr/bin/find %s/tree -name .env\n' "$work"
    printf 'envschema\t%s check --schema %s/30/envschema.yaml %s/tree\n' "$envschema" "$work" "$work"
    printf 'dotenv-linter -r\t%s check --quiet --skip-updates -r --schema %s/30/dl.json %s/tree\n' "$linter" "$work" "$work"
} > "$work/commands"
"$work/ptime" -n 9 "$work/commands"

command -v valgrind >/dev/null || { echo "valgrind is not here: no instruction counts"; exit 0; }
count() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | awk '/Collected/ {print $4}'; }
printf '\n== instructions\n%-28s %14s\n' command instructions
row() { local label=$1; shift; printf '%-28s %14s\n' "$label" "$(count "$@")"; }
row hello "$work/hello"
for n in 30 1000 10000 100000; do
    # shellcheck disable=SC2046
    row "envschema, YAML, $n" $(check "$n" envschema.yaml)
    # shellcheck disable=SC2046
    row "envschema, JSON Schema, $n" $(check "$n" schema.json)
    # shellcheck disable=SC2046
    [ "$n" -gt 1000 ] || row "dotenv-linter, $n" $(lint "$n" dl.json)
done
