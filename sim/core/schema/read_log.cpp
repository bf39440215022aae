#include "sim/core/schema/read_log.hpp"

#include <utility>

namespace fleetrace::core {
namespace {

thread_local ReadLog* current = nullptr;

}  // namespace

ReadLog::ReadLog() : outer_(current) { current = this; }

ReadLog::~ReadLog() { current = outer_; }

ReadLog::Pause::Pause() : paused_(std::exchange(current, nullptr)) {}

ReadLog::Pause::~Pause() { current = paused_; }

bool ReadLog::has(const Parameter& parameter, const Value& value) const {
  const auto file = files_.find(value.where.file);
  return file != files_.end() && read_.contains({&parameter, file->second, value.where.line, value.where.column});
}

void ReadLog::note(const Parameter& parameter, const Value& value) {
  if (current == nullptr) return;
  const std::size_t file = current->files_.try_emplace(value.where.file, current->files_.size()).first->second;
  current->read_.insert({&parameter, file, value.where.line, value.where.column});
}

}  // namespace fleetrace::core
