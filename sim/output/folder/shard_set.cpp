#include "sim/output/folder/shard_set.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/folder/finished_folder.hpp"
#include "sim/output/folder/journal_index.hpp"
#include "sim/output/folder/manifest.hpp"
#include "sim/output/folder/ranges.hpp"
#include "sim/output/folder/shard_folder.hpp"
#include "sim/output/folder/system_calls.hpp"
#include "sim/output/parts/request_json.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;

/// What must be the same in all parts, in words, in the order of Part::identity.
constexpr std::array<const char*, 6> kDifferences = {
    "another question", "another scenario, or --set", "another scenario, or --set", "another seed", "another target",
    "other settings"};

/// What a manifest says of the part that its folder holds.
struct Part {
  study::Shard shard;
  std::vector<std::string> identity;
  std::vector<std::string> arguments;
  StudyRequest request;
};

core::Diagnostic about(const std::string& path, const std::string& problem, const std::string& suggestion) {
  return {{path, 0, 0}, "", problem, "", suggestion};
}

std::vector<std::string> identity_in(const std::string& question, const json& manifest) {
  return {question,
          manifest.at("scenario").at("sha256").get<std::string>(),
          manifest.at("resolved_scenario").get<std::string>(),
          manifest.at("seed").dump(),
          manifest.at("target").get<std::string>(),
          manifest.at("settings").get<std::string>()};
}

/// The part that a manifest is of; throws core::InputError where it is none.
Part part_of(const std::string& path, const json& manifest) {
  try {
    const auto found = part_in(manifest.at("question").get<std::string>());
    if (found) {
      return {found->second, identity_in(found->first, manifest),
              manifest.at("arguments").get<std::vector<std::string>>(),
              read_request(JsonValue(&manifest.at(kRequestKey)))};
    }
  } catch (const json::exception&) {  // said below
  } catch (const BadResults&) {       // likewise
  }
  throw core::InputError(
      {about(path, "holds no part of a study", "Name the folders that --shard left with --output.")});
}

/// Why a part is none of the same study; empty where it is one.
std::string difference(const std::vector<std::string>& identity, const std::vector<std::string>& first) {
  for (std::size_t i = 0; i < identity.size(); ++i) {
    if (identity[i] != first[i]) return kDifferences[i];
  }
  return "";
}

/// Puts the parts of several folders together.
class Collection {
 public:
  void add(const std::string& path, Part part) {
    if (!first_) {
      first_ = part;
      paths_.resize(part.shard.of);
      first_path_ = path;
    }
    const std::string other = difference(part.identity, first_->identity);
    if (!other.empty()) {
      refuse(about(path, "is a part of another study than " + core::printable(first_path_) + ": " + other,
                   "Name the parts of one study."));
    } else if (part.shard.of != first_->shard.of) {
      refuse(about(path,
                   "is one of " + std::to_string(part.shard.of) + " parts, and " + core::printable(first_path_) +
                       " one of " + std::to_string(first_->shard.of),
                   "Name the parts of one study."));
    } else if (std::string& known = paths_[part.shard.index]; !known.empty()) {
      refuse(about(path,
                   "holds part " + std::to_string(part.shard.index + 1) + ", and so does " + core::printable(known),
                   "Leave one of them out."));
    } else {
      known = path;
      if (part.shard.index < arguments_of_) {
        arguments_of_ = part.shard.index;
        arguments_ = std::move(part.arguments);
        request_ = std::move(part.request);
      }
    }
  }
  void refuse(const core::Diagnostic& problem) {
    static constexpr std::size_t kMost = 20;
    if (problems_.size() < kMost) problems_.push_back(problem);
  }
  void refuse(const core::InputError& error) {
    for (const core::Diagnostic& each : error.diagnostics()) refuse(each);
  }
  void throw_if_any() const {
    if (!problems_.empty()) throw core::InputError(problems_);
  }

  [[nodiscard]] const std::optional<Part>& first() const { return first_; }
  [[nodiscard]] std::vector<std::string>& paths() { return paths_; }
  [[nodiscard]] std::vector<std::string>& arguments() { return arguments_; }
  [[nodiscard]] StudyRequest& request() { return request_; }
  [[nodiscard]] std::vector<std::uint32_t> missing() const {
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (paths_[i].empty()) numbers.push_back(static_cast<std::uint32_t>(i + 1));
    }
    return numbers;
  }

 private:
  std::optional<Part> first_;
  std::string first_path_;
  std::vector<std::string> paths_;
  std::vector<std::string> arguments_;
  StudyRequest request_;
  std::size_t arguments_of_ = SIZE_MAX;
  std::vector<core::Diagnostic> problems_;
};

/// Each part has a file that is open while they are read side by side.
void allow_open_files(std::size_t count) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count + 64) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, count + 64);
  (void)::setrlimit(RLIMIT_NOFILE, &limit);  // What it does not allow is said where a file cannot be opened.
}

/// Refuses a finished part whose journal has other records than it had when it was finished.
void require_journal(const FinishedFolder& folder, const json& manifest, std::optional<std::size_t> kept) {
  const json study = manifest.value("study", json());
  if (study.is_string() && kept && is_whole_journal(folder.descriptor(), study.get<std::string>(), *kept)) return;
  folder.refuse(JournalFormat::kName, "is damaged or was changed since the part was finished",
                "Run the part again: the same command computes what is missing.");
}

json manifest_in(const std::string& path) {
  return FinishedFolder(path, FinishedFolder::Use::read, FinishedFolder::Versions::this_one).read_manifest();
}

}  // namespace

MissingParts missing_parts(const std::vector<std::string>& paths) {
  MissingParts missing;
  Collection parts;
  std::vector<std::uint32_t> under_way;
  for (const std::string& path : paths) {
    try {
      const FinishedFolder folder(path, FinishedFolder::Use::read, FinishedFolder::Versions::this_one);
      const auto [bytes, manifest] = folder.read(kManifestFile);
      const Part part = part_of(path, manifest);
      try {
        (void)folder.read_manifest();
        require_journal(folder, manifest, kept_of(bytes));
        parts.add(path, part);
      } catch (const core::InputError& error) {
        missing.notes.emplace_back(core::to_string(error.diagnostics().front()));
        if (missing.of == 0) missing.of = part.shard.of;
      }
    } catch (const core::InputError& error) {
      missing.notes.emplace_back(core::to_string(error.diagnostics().front()));
    } catch (const FolderBusy& busy) {
      missing.notes.emplace_back(std::string(busy.what()) + " It counts as missing.");
    }
  }
  parts.throw_if_any();
  if (parts.first()) {
    missing.of = parts.first()->shard.of;
    missing.numbers = parts.missing();
  } else if (missing.of > 0) {
    for (std::size_t i = 0; i < missing.of; ++i) missing.numbers.push_back(static_cast<std::uint32_t>(i + 1));
  } else {
    throw core::InputError(
        {about(paths.front(), "says of how many parts its study is as little as the other folders do",
               "Name the folders that --shard left with --output.")});
  }
  return missing;
}

ShardSet::ShardSet(const std::vector<std::string>& paths) {
  Collection parts;
  for (const std::string& path : paths) {
    try {
      parts.add(path, part_of(path, manifest_in(path)));
    } catch (const core::InputError& error) {
      parts.refuse(error);
    }
  }
  parts.throw_if_any();
  if (const std::vector<std::uint32_t> missing = parts.missing(); !missing.empty()) {
    throw core::InputError(
        {about(paths.front(),
               (missing.size() == 1 ? "part " : "parts ") + ranges_text(missing) + " of " +
                   std::to_string(parts.paths().size()) + (missing.size() == 1 ? " is" : " are") + " missing",
               "Run them again; fleetrace missing prints all as a job array takes them.")});
  }
  identity_ = parts.first()->identity;
  paths_ = std::move(parts.paths());
  arguments_ = std::move(parts.arguments());
  request_ = std::move(parts.request());
}

std::vector<std::string> ShardSet::arguments_of_whole(const std::string& folder) const {
  std::vector<std::string> words;
  const auto is = [](const std::string& word, const std::string& option) { return word.rfind(option + '=', 0) == 0; };
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    const std::string& word = arguments_[i];
    if (word == "--shard") {
      ++i;
    } else if (word == "--output") {
      words.insert(words.end(), {word, folder});
      ++i;
    } else if (is(word, "--output")) {
      words.push_back("--output=" + folder);
    } else if (!is(word, "--shard")) {
      words.push_back(word);
    }
  }
  return words;
}

void ShardSet::require_study(const Manifest& whole) const {
  const std::vector<std::string> wanted = {
      core::valid_utf8(whole.question), whole.scenario_sha256, core::valid_utf8(whole.resolved_scenario),
      std::to_string(whole.draw.seed),  whole.target,          core::valid_utf8(whole.settings)};
  const std::string other = difference(wanted, identity_);
  if (!other.empty()) refuse_study(other);
}

void ShardSet::refuse_study(const std::string& difference) const {
  throw core::InputError(
      {about(paths_.front(), "was made from what its command does not come to any more: " + difference,
             "Merge where the parts were run, with the scenario as it was then.")});
}

bool ShardSet::read(
    const Manifest& whole, std::size_t rows, std::size_t items,
    const std::function<bool(std::size_t item, std::span<const fleet::Metrics> row)>& take,
    const std::function<void(std::uint32_t number, std::span<const fleet::Metrics> row)>& take_extra) const {
  allow_open_files(paths_.size());
  std::vector<JournalIndex> journals;
  core::Diagnostics problems;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const study::Shard shard{i, paths_.size()};
    const int folder = open_at(AT_FDCWD, paths_[i].c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    journals.emplace_back(folder, paths_[i], identity_of(manifest_of_part(whole, shard)), rows, shard);
    ::close(folder);
    std::size_t lacking = 0;
    for (std::size_t item = i; item < items; item += shard.of) lacking += journals.back().has(item) ? 0U : 1U;
    if (lacking > 0) {
      problems.add(about(paths_[i], "lacks " + std::to_string(lacking) + " of its items, which were lost since",
                         "Run the part again: the same command computes what is missing."));
    }
  }
  problems.throw_if_any();
  for (std::size_t item = 0; item < items; ++item) {
    if (!take(item, journals[item % journals.size()].read(item))) return false;
  }
  if (!take_extra) return true;
  for (const JournalIndex& journal : journals) journal.read_extras(take_extra);
  return true;
}

}  // namespace fleetrace::output
