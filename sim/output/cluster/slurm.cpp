#include "sim/output/cluster/cluster_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr const char* kScript = R"sh(#!/bin/bash
# A study in {{shards}} parts for Slurm, and their merge. Read it, edit it, and run it where sbatch is, from a folder that all nodes
# share:
#   bash study.sh                                           hands in all parts, and the merge behind them
#   bash study.sh "$(fleetrace missing {{parts}}/*/)"    hands in those that are missing, and the merge
# A part that is killed, or whose node fails, goes on from what it has kept when it runs again.
#SBATCH --job-name=fleetrace
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task={{threads}}
#SBATCH --mem-per-cpu=500M
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail
parts={{parts}}
study={{study}}

if [ -z "${SLURM_JOB_ID:-}" ]; then
  mkdir -p "$parts"
  array=$(sbatch --parsable --array="${1:-1-{{shards}}}" "$0")
  merge=$(sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$0")
  echo "Handed in: the parts as job ${array%%;*}, the merge into $study as job ${merge%%;*}."
elif [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  exec {{part}}
else
  exec {{merge}}
fi
)sh";

/// A text in quotes, which it may not need: "a-b" without them looks like arithmetic.
std::string quoted(const std::string& text) {
  const std::string word = shell_word(text);
  return word.front() == '\'' ? word : '\'' + word + '\'';
}

}  // namespace

std::string slurm_script(const ClusterStudy& study) {
  return filled(kScript, {{"shards", std::to_string(study.shards)},
                          {"threads", std::to_string(study.threads)},
                          {"parts", quoted(study.folder + "-parts")},
                          {"study", quoted(study.folder)},
                          {"merge", merge_command("\"$parts\"", "\"$study\"")},
                          {"part", part_command(study, "\"$SLURM_ARRAY_TASK_ID/" + std::to_string(study.shards) + '"',
                                                "\"$parts/$SLURM_ARRAY_TASK_ID\"")}});
}

}  // namespace fleetrace::output
