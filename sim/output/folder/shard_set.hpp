#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/api/settings.hpp"
#include "sim/api/study_request.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/output/folder/folder.hpp"
#include "sim/study/shard.hpp"

/// The folders of all parts of a study.
namespace fleetrace::output {

/// Parts that are to be run again.
struct MissingParts {
  std::size_t of = 0;                  ///< how many parts the study has
  std::vector<std::uint32_t> numbers;  ///< from 1, ascending
  std::vector<std::string> notes;      ///< why, a sentence each, of folders that were named
};
/// Which parts of a study are not finished in any of the folders. A part that a process is at work on is none of them, and one whose
/// journal was damaged since is not finished. Throws
/// core::InputError where no folder says of how many parts, or they are parts of different studies.
[[nodiscard]] MissingParts missing_parts(const std::vector<std::string>& paths);

/// All parts of one study, finished.
class ShardSet {
 public:
  /// Throws core::InputError, with everything that is wrong, where a folder holds no finished part, two hold the same one, they are
  /// parts of different studies, or one is missing; FolderBusy where a process is at work in one.
  explicit ShardSet(const std::vector<std::string>& paths);

  /// How many parts there are.
  [[nodiscard]] std::size_t size() const { return paths_.size(); }
  /// The words of the command of the first part, the verb first.
  [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }
  /// The words of the command of the whole study into that folder: those of the first part without its number.
  [[nodiscard]] std::vector<std::string> arguments_of_whole(const std::string& folder) const;
  /// The study that the parts make, as it was asked.
  [[nodiscard]] const StudyRequest& request() const { return request_; }
  /// Throws core::InputError unless these are the parts of the study that `whole` is the manifest of: same scenario, settings and
  /// seed. Version and build are those of this program.
  void require_study(const Manifest& whole) const;
  /// What `ask` makes of the request. Where that throws std::invalid_argument the scenario is another one by now, and core::InputError
  /// is thrown as by require_study().
  template <class Ask>
  [[nodiscard]] auto asked(const Ask& ask) const {
    try {
      return ask();
    } catch (const std::invalid_argument& error) {
      refuse_study(error.what());
    }
  }
  /// The settings of the study, or of one point of it, with so many threads. Throws core::InputError as require_study().
  [[nodiscard]] StudySettings settings(const scenario::Scenario& scenario, int jobs) const {
    StudySettings settings = asked([&] { return settings_of(request_.options, scenario); });
    settings.jobs = jobs;
    return settings;
  }
  /// Calls `take` with the rows of the first so many items of the study, in their order, until it returns false, and then
  /// `take_extra` with what stands beside them. Returns whether it took all. Throws core::InputError where a part lacks one.
  bool read(
      const Manifest& whole, std::size_t rows, std::size_t items,
      const std::function<bool(std::size_t item, std::span<const fleet::Metrics> row)>& take,
      const std::function<void(std::uint32_t number, std::span<const fleet::Metrics> row)>& take_extra = {}) const;

 private:
  [[noreturn]] void refuse_study(const std::string& difference) const;

  std::vector<std::string> paths_;     ///< by part
  std::vector<std::string> identity_;  ///< what must be the same in all parts
  std::vector<std::string> arguments_;
  StudyRequest request_;
};

}  // namespace fleetrace::output
