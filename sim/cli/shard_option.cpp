#include "sim/cli/shard_option.hpp"

#include <cstdlib>

#include "sim/output/parts/shard_name.hpp"

namespace fleetrace::cli {
std::optional<study::Shard> shard_of(const Options& options) {
  if (!options.has("shard")) return std::nullopt;
  study::Shard shard;
  try {
    shard = output::parse_shard(options.text("shard", ""), [](const std::string& name) {
      const char* const value = std::getenv(name.c_str());
      return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    });
  } catch (const output::NoShard& error) {
    throw UsageError("--shard " + std::string(error.what()));
  }
  if (!options.has("output"))
    throw UsageError("--shard keeps its part in a folder. Add --output DIR, another one for each part.");
  if (!options.operands().empty() && options.operands().front() == "-")
    throw UsageError("--shard: merge reads the scenario again, which standard input cannot. Name its file.");
  require_shardable(options);
  return shard;
}

void require_shardable(const Options& options) {
  for (const char* rule : {"half-width", "select"}) {
    if (!options.has(rule)) continue;
    throw UsageError(
        "--" + std::string(rule) +
        " decides by all replications when a study ends, and a part sees only its own. Give --replications N "
        "in its place, or run the study without --shard.");
  }
  if (options.has("fail-if")) {
    throw UsageError(
        "--fail-if is about the whole study, and a part has only its own replications. Give it to the same command without "
        "--shard, with the merged folder as --output.");
  }
  if (options.has("by")) {
    throw UsageError(
        "--by keeps the plan of every race, which the folder of a part has no room for. Run the study without --shard.");
  }
}

}  // namespace fleetrace::cli
