#!/bin/bash
# same_bytes.sh PROGRAM_A PROGRAM_B
#
# Every embedded scenario must give the same JSON, byte for byte, from both programs, and from each with glibc's FMA code
# paths switched off (glibc picks them at run time, and their exp and its kin differ in the last place).
set -euo pipefail

if [ $# -ne 2 ]; then
  echo "usage: same_bytes.sh PROGRAM_A PROGRAM_B" >&2
  exit 2
fi
a=$1
b=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The spelling of glibc 2.33 and later. Whether it has any effect shows in the loader's own diagnostics.
no_fma=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4
tunables=("$no_fma" "")
loader=/lib64/ld-linux-x86-64.so.2
if [ ! -x "$loader" ]; then
  echo "same_bytes: not x86-64, the switch for FMA is skipped"
  tunables=("")
else
  active() { "$loader" --list-diagnostics | grep 'x86.cpu_features.features\[0x0\].active\[0x2\]' || true; }
  if [ "$(active)" = "$(GLIBC_TUNABLES=$no_fma active)" ]; then
    echo "same_bytes: this CPU or C library has no FMA to switch off, that half is skipped"
    tunables=("")
  fi
fi

compared=0
differing=0
for file in "$root"/scenarios/*.yaml; do
  [ -e "$file" ] || continue
  name=$(basename "$file" .yaml)
  "$a" run "$name" --format json --quiet >"$work/expected"
  [ -s "$work/expected" ] || { echo "same_bytes: $name gives no output" >&2; exit 1; }
  for program in "$a" "$b"; do
    for tunable in "${tunables[@]}"; do
      env ${tunable:+GLIBC_TUNABLES=$tunable} "$program" run "$name" --format json --quiet >"$work/found"
      compared=$((compared + 1))
      if ! cmp "$work/expected" "$work/found"; then
        echo "same_bytes: $name differs: $program ${tunable:-with FMA} against $a" >&2
        differing=$((differing + 1))
      fi
    done
  done
done
if [ "$compared" -eq 0 ]; then
  echo "same_bytes: no scenario was found in $root/scenarios" >&2
  exit 1
fi
echo "same_bytes: $compared comparisons, $differing differ"
[ "$differing" -eq 0 ]
