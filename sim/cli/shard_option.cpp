#include "sim/cli/shard_option.hpp"

#include <charconv>
#include <cstdlib>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::cli {
namespace {

constexpr const char* kAuto = "auto";

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Where the environment has the number of a task, and from what its numbers begin.
struct Numbering {
  const char* variable;
  std::size_t first;
};
constexpr Numbering kNumberings[] = {{"SLURM_ARRAY_TASK_ID", 1}, {"JOB_COMPLETION_INDEX", 0}, {"PARALLEL_SEQ", 1}};

/// The one numbering that the environment has.
const Numbering& numbering(const Environment& environment) {
  const Numbering* found = nullptr;
  for (const Numbering& each : kNumberings) {
    if (environment(each.variable) == nullptr) continue;
    if (found != nullptr) {
      throw UsageError("--shard auto: " + std::string(found->variable) + " and " + each.variable +
                       " both number this task. Say which part it is, such as --shard \"$" + each.variable + "/40\".");
    }
    found = &each;
  }
  if (found != nullptr) return *found;
  throw UsageError(
      "--shard auto: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and PARALLEL_SEQ is set, so that nothing numbers "
      "this task. Write --shard 3/40 for the third part of 40.");
}

std::size_t number_in(const Environment& environment, const char* variable) {
  const char* const text = environment(variable);
  if (const auto value = whole_number(text == nullptr ? "" : text)) return *value;
  throw UsageError("--shard auto: " + std::string(variable) +
                   (text == nullptr ? " is not set." : " is \"" + core::printable(text) + "\", which is no number.") +
                   " Write --shard auto/N, or --shard I/N.");
}

/// How many parts there are, from a whole job array 1-N. An array of a few of its tasks, such as those that failed, does not know.
std::size_t parts_of_array(const Environment& environment, const Numbering& from) {
  if (from.variable != std::string_view(kNumberings[0].variable)) {
    throw UsageError("--shard auto: " + std::string(from.variable) +
                     " says which task this is, and nothing says of how many. Write --shard auto/N.");
  }
  const std::size_t count = number_in(environment, "SLURM_ARRAY_TASK_COUNT");
  const std::size_t first = number_in(environment, "SLURM_ARRAY_TASK_MIN");
  const std::size_t last = number_in(environment, "SLURM_ARRAY_TASK_MAX");
  if (first == 1 && last == count) return count;
  throw UsageError("--shard auto: the job array has " + std::to_string(count) + " tasks from " + std::to_string(first) +
                   " to " + std::to_string(last) +
                   ", so that it does not say of how many parts each is one. Write --shard auto/N, and number from 1.");
}

[[noreturn]] void refuse(const std::string& text) {
  throw UsageError(
      "--shard \"" + core::printable(text) +
      "\" is no part of a study. Write I/N with I from 1 to N and N up to 100000, such as 3/40, or auto, or "
      "auto/40.");
}

}  // namespace

study::Shard parse_shard(const std::string& text, const Environment& environment) {
  const std::size_t slash = text.find('/');
  const std::string which = text.substr(0, slash);
  std::optional<std::size_t> of;
  if (slash != std::string::npos) {
    of = whole_number(std::string_view(text).substr(slash + 1));
    if (!of) refuse(text);
  }
  std::optional<std::size_t> index;
  if (which == kAuto) {
    const Numbering& from = numbering(environment);
    const std::size_t number = number_in(environment, from.variable);
    if (!of) of = parts_of_array(environment, from);
    if (number < from.first || number - from.first >= *of) {
      throw UsageError("--shard auto: " + std::string(from.variable) + " is " + std::to_string(number) +
                       ", which is none of " + std::to_string(from.first) + " to " +
                       std::to_string(*of - 1 + from.first) + '.');
    }
    index = number - from.first;
  } else if (const auto number = whole_number(which); number && *number >= 1) {
    index = *number - 1;
  }
  if (!index || !of || *index >= *of || *of > study::Shard::kMost) refuse(text);
  return {*index, *of};
}

std::optional<study::Shard> shard_of(const Options& options) {
  if (!options.has("shard")) return std::nullopt;
  const study::Shard shard = parse_shard(options.text("shard", ""),
                                         [](const char* name) { return static_cast<const char*>(std::getenv(name)); });
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

std::string shard_text(const study::Shard& shard) {
  return std::to_string(shard.index + 1) + '/' + std::to_string(shard.of);
}

}  // namespace fleetrace::cli
