#include "sim/output/cluster/cluster_parts.hpp"

#include <algorithm>
#include <iterator>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::output {

std::string shell_word(const std::string& word) {
  const auto is_control = [](unsigned char c) { return c < ' ' || c == 0x7f; };
  if (std::any_of(word.begin(), word.end(), is_control))
    throw NoClusterText("\"" + core::printable(word) +
                        "\" holds control characters, which have no place in such a text.");
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + '\'';
}

std::string part_command(const ClusterStudy& study, const std::string& number, const std::string& folder) {
  std::string command = "fleetrace";
  for (const std::string& word : study.words) command += ' ' + shell_word(word);
  return command + " --jobs " + std::to_string(study.threads) + " --shard " + number + " --output " + folder;
}

std::string merge_command(const std::string& parts, const std::string& folder) {
  return "fleetrace merge " + parts + "/*/ --output " + folder;
}

std::string filled(std::string text, const std::vector<Replacement>& with) {
  for (const Replacement& each : with) {
    const std::string name = "{{" + std::string(each.name) + "}}";
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + each.text.size()))
      text.replace(at, name.size(), each.text);
  }
  return text;
}

namespace {

struct Engine {
  std::string_view name;
  std::string (*write)(const ClusterStudy& study);
};
constexpr Engine kEngines[] = {{"slurm", slurm_script}, {"kubernetes", kubernetes_jobs}, {"snakemake", snakefile}};

}  // namespace

std::string cluster_text(const std::string& engine, const ClusterStudy& study) {
  const auto* const found = std::find_if(std::begin(kEngines), std::end(kEngines),
                                         [&](const Engine& each) { return each.name == engine; });
  if (found == std::end(kEngines)) {
    std::vector<std::string_view> names;
    for (const Engine& each : kEngines) names.push_back(each.name);
    throw NoClusterText("there is no text for the engine \"" + core::printable(engine) + "\". " +
                        core::suggest(engine, names));
  }
  if (study.folder.empty()) throw NoClusterText("the study has no folder: its name is empty.");
  if (study.folder.front() == '-')
    throw NoClusterText("the folder " + core::printable(study.folder) + " would be an option on the cluster. Write ./" +
                        core::printable(study.folder) + '.');
  return found->write(study);
}

}  // namespace fleetrace::output
