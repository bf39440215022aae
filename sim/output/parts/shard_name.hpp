#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "sim/study/shard.hpp"

namespace fleetrace::output {

/// Thrown for a text that names no part of a study. what() says why, and what to write instead.
class NoShard : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads a variable of the environment; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The part that "3/40", "auto" or "auto/40" means. Throws NoShard where it means none.
[[nodiscard]] study::Shard parse_shard(const std::string& text, const Environment& environment);

/// "3/40", as parse_shard() takes it.
[[nodiscard]] std::string shard_text(const study::Shard& shard);

}  // namespace fleetrace::output
