#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "python/src/study_work.hpp"
#include "sim/output/folder/shard_set.hpp"
#include "sim/output/parts/part.hpp"

/// Studies in parts.
namespace fleetrace::python {

/// The number of a part, from 1, and of how many it is one.
using Shard = std::pair<std::size_t, std::size_t>;
[[nodiscard]] study::Shard shard_of(const Shard& shard);

/// All parts of a study, and the scenario that they are of as it is now.
struct Parts {
  output::ShardSet set;
  Scenario scenario;

  explicit Parts(const std::vector<std::string>& folders) : set(folders), scenario(load(set.request())) {}
  /// The folder of the whole study with the words of its command.
  [[nodiscard]] FolderRequest folder(const std::string& path) const { return {{path, set.arguments_of_whole(path)}}; }
};

/// Computes a part beside the interpreter. Returns (number of its items that are done, number of its items, whether it is finished,
/// what ended it early or None).
[[nodiscard]] py::tuple run_part(Work& work,
                                 const std::function<output::PartState(const output::PartWatch& watch)>& compute);

}  // namespace fleetrace::python
