#include "sim/fleet/stopping.hpp"

namespace fleetrace::fleet {
namespace {

const std::atomic<bool> kNever = false;
thread_local const std::atomic<bool>* watched = &kNever;

}  // namespace

StopScope::StopScope(const std::atomic<bool>& stop) : before_(watched) { watched = &stop; }
StopScope::~StopScope() { watched = before_; }

const std::atomic<bool>& race_stop() { return *watched; }

}  // namespace fleetrace::fleet
