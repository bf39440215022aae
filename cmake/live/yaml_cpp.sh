#!/bin/bash
# yaml_cpp.sh FOLDER CMAKE: puts the source of yaml-cpp into FOLDER, as Debian builds its library from. apt fetches it from where this
# machine gets the library, with lists of its own, so that the system's stay as they are and no root is needed.
set -euo pipefail
folder=$1
cmake=$2
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
cd "$folder"
read -r uri suite < <(LC_ALL=C apt-cache policy libyaml-cpp-dev | awk '$2 ~ /^http/ {split($3, part, "/"); print $2, part[1]; exit}')
[ -n "$uri" ] || { echo "apt knows no libyaml-cpp-dev" >&2; exit 1; }
echo "deb-src $uri $suite main" >sources.list
options=(-o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$folder/lists"
  -o "Dir::Cache=$folder/cache" -o Acquire::Retries=2)
apt-get "${options[@]}" update >log 2>&1 || { cat log >&2; exit 1; }
apt-get "${options[@]}" source --download-only yaml-cpp >log 2>&1 || { cat log >&2; exit 1; }
"$cmake" -E tar xf yaml-cpp_*.orig.tar.*
rm -rf lists cache source
mv yaml-cpp-*/ source
