#pragma once

#include <array>

#include "fleetrace/fleet/world.hpp"

/// One handler an event kind, each in its own file; those of failures and of the job stand beside what they share, in
/// hardware_failures.cpp, turnover.cpp, failure_domains.cpp, job.cpp and run_scale.cpp, and those of sites in sites.cpp and
/// power_outages.cpp.
namespace fleetrace::fleet {

void on_booking(World& world, const Payload& payload);
void on_release(World& world, const Payload& payload);
void on_progress(World& world, const Payload& payload);
void on_site_change(World& world, const Payload& payload);
void on_retirement(World& world, const Payload& payload);
void on_expiry(World& world, const Payload& payload);
void on_hand_down(World& world, const Payload& payload);
void on_allotment(World& world, const Payload& payload);
void on_repair(World& world, const Payload& payload);
void on_restoration(World& world, const Payload& payload);
void on_power_restoration(World& world, const Payload& payload);
void on_restart(World& world, const Payload& payload);
void on_recovery(World& world, const Payload& payload);
void on_aging(World& world, const Payload& payload);
void on_turnover(World& world, const Payload& payload);
void on_failure(World& world, const Payload& payload);
void on_outage(World& world, const Payload& payload);
void on_power_outage(World& world, const Payload& payload);
void on_interruption(World& world, const Payload& payload);
void on_shipment(World& world, const Payload& payload);
void on_delivery(World& world, const Payload& payload);
void on_installation(World& world, const Payload& payload);
void on_retuning(World& world, const Payload& payload);
void on_review(World& world, const Payload& payload);
void on_sample(World& world, const Payload& payload);

struct EventType {
  EventKind kind;
  std::string_view name;
  engine::Phase phase;
  void (*handle)(World&, const Payload&);
};

/// The event list, in the order of phases. Costs of the time elapsed are booked before anything else happens.
inline constexpr std::array<EventType, kEventKinds> kEventTypes{{
    {EventKind::booking, "booking", engine::Phase{0}, on_booking},
    {EventKind::release, "release", engine::Phase{1}, on_release},
    {EventKind::progress, "progress", engine::Phase{2}, on_progress},
    {EventKind::site_change, "site_change", engine::Phase{3}, on_site_change},
    {EventKind::retirement, "retirement", engine::Phase{3}, on_retirement},
    {EventKind::expiry, "expiry", engine::Phase{3}, on_expiry},
    {EventKind::hand_down, "hand_down", engine::Phase{3}, on_hand_down},
    {EventKind::allotment, "allotment", engine::Phase{3}, on_allotment},
    {EventKind::repair, "repair", engine::Phase{4}, on_repair},
    {EventKind::restoration, "restoration", engine::Phase{4}, on_restoration},
    {EventKind::power_restoration, "power_restoration", engine::Phase{4}, on_power_restoration},
    {EventKind::restart, "restart", engine::Phase{4}, on_restart},
    {EventKind::recovery, "recovery", engine::Phase{4}, on_recovery},
    {EventKind::aging, "aging", engine::Phase{4}, on_aging},
    {EventKind::turnover, "turnover", engine::Phase{4}, on_turnover},
    {EventKind::failure, "failure", engine::Phase{5}, on_failure},
    {EventKind::outage, "outage", engine::Phase{5}, on_outage},
    {EventKind::power_outage, "power_outage", engine::Phase{5}, on_power_outage},
    {EventKind::interruption, "interruption", engine::Phase{5}, on_interruption},
    {EventKind::shipment, "shipment", engine::Phase{6}, on_shipment},
    {EventKind::delivery, "delivery", engine::Phase{7}, on_delivery},
    {EventKind::installation, "installation", engine::Phase{8}, on_installation},
    {EventKind::retuning, "retuning", engine::Phase{9}, on_retuning},
    {EventKind::review, "review", engine::Phase{10}, on_review},
    {EventKind::sample, "sample", engine::Phase::closing, on_sample},
}};

[[nodiscard]] constexpr engine::Phase phase_of(EventKind kind) {
  return kEventTypes[static_cast<std::size_t>(kind)].phase;
}

}  // namespace fleetrace::fleet
