#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

/// Texts by which an engine that numbers tasks computes a study in parts and merges them: to be read, edited and handed in.
namespace fleetrace::output {

/// A study in parts.
struct ClusterStudy {
  std::vector<std::string> words;  ///< the command without the program, --shard, --jobs and --output
  std::size_t shards = 1;          ///< number of parts
  std::size_t threads = 1;         ///< of each part
  std::string folder;              ///< of the merged study; those of the parts are in FOLDER-parts
};

/// Thrown where an engine cannot be told what a study needs. what() says what, and why.
class NoClusterText : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A script for Slurm that hands in itself: the parts as a job array, the merge behind it. Throws NoClusterText.
[[nodiscard]] std::string slurm_script(const ClusterStudy& study);
/// Two Jobs for Kubernetes: the parts as an indexed one, and the merge, which waits to be released. Throws NoClusterText.
[[nodiscard]] std::string kubernetes_jobs(const ClusterStudy& study);
/// A Snakefile with a rule for the parts and one for the merge. Throws NoClusterText.
[[nodiscard]] std::string snakefile(const ClusterStudy& study);

/// The text for the engine of that name: slurm, kubernetes or snakemake. Throws NoClusterText, also for another name, and for a folder that has none or would be an
/// option.
[[nodiscard]] std::string cluster_text(const std::string& engine, const ClusterStudy& study);

/// One word of a command, as a POSIX shell reads it. Throws NoClusterText for one with control characters, which the files of
/// the engines have no room for.
[[nodiscard]] std::string shell_word(const std::string& word);

}  // namespace fleetrace::output
