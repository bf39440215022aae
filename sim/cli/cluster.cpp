#include "sim/output/cluster/cluster.hpp"

#include <charconv>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/shard_option.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace::cli {
namespace {

std::vector<std::string_view> studies() { return {"compare", "sweep", "sensitivity"}; }

constexpr Option kOptions[] = {
    {"study", "VERB", "What is computed in parts: {}. Default: compare.", false, studies},
    {"shards", "N", "Number of parts, 1 to 100000. Default: 40."},
    {"jobs", "N", "Threads of each part. Default: 1."},
    {"output", "DIR", "The folder of the merged study; those of the parts are in DIR-parts. Default: study."},
};

constexpr std::string_view kHelp =
    R"(Prints a text by which an engine that numbers tasks computes a study in parts
and merges them: for Slurm a script that hands in itself, for Kubernetes two
Jobs, for Snakemake a Snakefile. Read it, edit it, and hand it in. Behind --
stand options of the study, which are checked now rather than on the cluster.
Most studies are done on one machine before a queue would have begun them:
docs/scale.md says when.

examples:
  fleetrace cluster slurm race-under-uncertainty > study.sh
  fleetrace cluster kubernetes race-under-uncertainty --shards 100 > study.yaml
  fleetrace cluster snakemake winner-map --study sweep -- \
    --vary horizon.length="2 yr..10 yr/9"
)";

std::size_t number(const Options& options, const char* name, std::size_t otherwise, std::size_t most) {
  if (!options.has(name)) return otherwise;
  const std::string text = options.text(name, "");
  std::size_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && rest == text.data() + text.size() && value >= 1 && value <= most) return value;
  throw UsageError("--" + std::string(name) + " \"" + core::printable(text) + "\" is no number from 1 to " +
                   std::to_string(most) + '.');
}

const Verb& study_of(const Options& options) {
  const std::string name = choice(options, "study");
  return name == "sweep" ? kSweep : name == "sensitivity" ? kSensitivity : kCompare;
}

/// Refuses options that the text gives itself, and what no part could compute.
void require_parts(const Verb& verb, const std::string& scenario, const std::vector<std::string>& words) {
  const Options study = parse_options(verb.options, words);
  if (!study.operands().empty())
    throw UsageError("behind -- stand options of the study, and \"" + core::printable(study.operands().front()) +
                     "\" is none.");
  for (const char* own : {"shard", "output", "jobs"}) {
    if (study.has(own))
      throw UsageError("--" + std::string(own) + " of the parts is set by cluster. Take it from behind --.");
  }
  cli::require_shardable(study);
  const scenario::Scenario loaded = load_scenario(study, scenario);
  const StudySettings settings = study_settings(study, loaded);
  study::require_affordable(settings.rule.most, loaded.root().sections("strategies").size());
}

int cluster(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::vector<std::string>& operands = options.operands();
  if (operands.size() < 2)
    throw UsageError("cluster takes an engine and a SCENARIO: fleetrace cluster slurm SCENARIO.");
  const std::string& scenario = operands[1];
  if (scenario == "-") throw UsageError("the parts cannot read a scenario from standard input. Name its file.");
  const Verb& verb = study_of(options);
  output::ClusterStudy study;
  study.words = {std::string(verb.name), scenario};
  study.words.insert(study.words.end(), operands.begin() + 2, operands.end());
  require_parts(verb, scenario, {operands.begin() + 2, operands.end()});
  study.shards = number(options, "shards", 40, study::Shard::kMost);
  study.threads = number(options, "jobs", 1, 1024);
  study.folder = options.text("output", "study");
  try {
    streams.out << output::cluster_text(operands[0], study);
  } catch (const output::NoClusterText& error) {
    throw UsageError(error.what());
  }
  return kDone;
}

}  // namespace

const Verb kCluster{.name = "cluster",
                    .arguments = "slurm|kubernetes|snakemake SCENARIO [OPTION]...",
                    .summary = "print what computes a study in parts on a cluster",
                    .help = kHelp,
                    .run = cluster,
                    .options = kOptions};

}  // namespace fleetrace::cli
