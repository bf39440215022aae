#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "fleetrace/core/spec.hpp"

namespace fleetrace::core {

/// Notes which values of sections are read by the accessors of Spec, in this thread and for as long as it lives. Whoever resolves
/// a section thereby says which of its options it heeds: what is stated and never read changes nothing. Values are told apart by
/// their parameter and their place in the input, so that those of a copy count as those of the original.
class ReadLog {
 public:
  ReadLog();
  ~ReadLog();
  ReadLog(const ReadLog&) = delete;
  ReadLog& operator=(const ReadLog&) = delete;
  ReadLog(ReadLog&&) = delete;
  ReadLog& operator=(ReadLog&&) = delete;

  [[nodiscard]] bool has(const Parameter& parameter, const Value& value) const;

  /// Notes a value in the log of this thread, if there is one.
  static void note(const Parameter& parameter, const Value& value);

  /// While one lives, this thread notes nothing: for a value that is read only to see whether it matters.
  class Pause {
   public:
    Pause();
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    Pause(Pause&&) = delete;
    Pause& operator=(Pause&&) = delete;

   private:
    ReadLog* paused_;
  };

 private:
  /// Files have numbers here: rows of one are noted by the hundred thousand.
  struct Key {
    const Parameter* parameter;
    std::size_t file;
    int line, column;
    auto operator<=>(const Key&) const = default;
  };

  std::set<Key> read_;
  std::map<std::string, std::size_t> files_;
  ReadLog* outer_;  ///< the log that is interrupted by this one
};

}  // namespace fleetrace::core
