#include "sim/output/parts/shard_name.hpp"

#include <charconv>
#include <string_view>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::output {
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
    if (!environment(each.variable)) continue;
    if (found != nullptr) {
      throw NoShard("auto: " + std::string(found->variable) + " and " + each.variable +
                    " both number this task. Say which part it is, such as \"$" + each.variable + "/40\".");
    }
    found = &each;
  }
  if (found != nullptr) return *found;
  throw NoShard(
      "auto: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and PARALLEL_SEQ is set, so that nothing numbers "
      "this task. Write 3/40 for the third part of 40.");
}

std::size_t number_in(const Environment& environment, const std::string& variable) {
  const std::optional<std::string> text = environment(variable);
  if (const auto value = whole_number(text.value_or(""))) return *value;
  throw NoShard("auto: " + variable +
                (!text ? " is not set." : " is \"" + core::printable(*text) + "\", which is no number.") +
                " Write auto/N, or I/N.");
}

/// How many parts there are, from a whole job array 1-N. An array of a few of its tasks, such as those that failed, does not know.
std::size_t parts_of_array(const Environment& environment, const Numbering& from) {
  if (from.variable != std::string_view(kNumberings[0].variable)) {
    throw NoShard("auto: " + std::string(from.variable) +
                  " says which task this is, and nothing says of how many. Write auto/N.");
  }
  const std::size_t count = number_in(environment, "SLURM_ARRAY_TASK_COUNT");
  const std::size_t first = number_in(environment, "SLURM_ARRAY_TASK_MIN");
  const std::size_t last = number_in(environment, "SLURM_ARRAY_TASK_MAX");
  if (first == 1 && last == count) return count;
  throw NoShard("auto: the job array has " + std::to_string(count) + " tasks from " + std::to_string(first) + " to " +
                std::to_string(last) +
                ", so that it does not say of how many parts each is one. Write auto/N, and number from 1.");
}

[[noreturn]] void refuse(const std::string& text) {
  throw NoShard("\"" + core::printable(text) +
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
      throw NoShard("auto: " + std::string(from.variable) + " is " + std::to_string(number) + ", which is none of " +
                    std::to_string(from.first) + " to " + std::to_string(*of - 1 + from.first) + '.');
    }
    index = number - from.first;
  } else if (const auto number = whole_number(which); number && *number >= 1) {
    index = *number - 1;
  }
  if (!index || !of || *index >= *of || *of > study::Shard::kMost) refuse(text);
  return {*index, *of};
}

std::string shard_text(const study::Shard& shard) {
  return std::to_string(shard.index + 1) + '/' + std::to_string(shard.of);
}

}  // namespace fleetrace::output
