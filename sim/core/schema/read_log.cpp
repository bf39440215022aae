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

ReadLog::Key ReadLog::key(const Parameter& parameter, const Value& value) {
  return {&parameter, value.where.file, value.where.line, value.where.column};
}

bool ReadLog::has(const Parameter& parameter, const Value& value) const {
  return read_.count(key(parameter, value)) > 0;
}

void ReadLog::note(const Parameter& parameter, const Value& value) {
  if (current != nullptr) current->read_.insert(key(parameter, value));
}

}  // namespace fleetrace::core
