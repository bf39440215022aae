#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "sim/engine/event.hpp"

namespace fleetrace::fleet {

// The table of events, in the order in which events of one instant are handled. An event type is one row here and one file
// of this folder, KIND.cpp, which defines its handler on_KIND(World&, const Payload&). A row states:
//   kind      its name, in the code and in --trace
//   phase     when it comes within an instant
//   failures  whether failures that are pending are `applied` before it is handled, or `kept` pending
//   index     what Payload::index counts, from which follows what its line in --trace says (see IndexOf)
// Costs of the time elapsed are booked before anything else happens; samples and checkpoints come last, see what the instant
// left, and change nothing.
// clang-format off
#define FLEETRACE_EVENT_TYPES(ROW)                                     \
  ROW(booking,           engine::Phase{0},       applied, nothing)      \
  ROW(correction,        engine::Phase{0},       applied, nothing)      \
  ROW(release,           engine::Phase{1},       applied, accelerator_type) \
  ROW(progress,          engine::Phase{2},       applied, adoption)     \
  ROW(site_change,       engine::Phase{3},       applied, site)         \
  ROW(payment,           engine::Phase{3},       applied, cohort)       \
  ROW(retirement,        engine::Phase{3},       applied, batch)        \
  ROW(expiry,            engine::Phase{3},       applied, batch)        \
  ROW(rental,            engine::Phase{3},       applied, planned_rent) \
  ROW(departure,         engine::Phase{3},       applied, planned_move) \
  ROW(hand_down,         engine::Phase{3},       applied, batch)        \
  ROW(allotment,         engine::Phase{3},       applied, fleet_share)  \
  ROW(repair,            engine::Phase{4},       kept,    failing_unit) \
  ROW(restoration,       engine::Phase{4},       applied, domain)       \
  ROW(power_restoration, engine::Phase{4},       applied, power_element) \
  ROW(restart,           engine::Phase{4},       applied, nothing)      \
  ROW(recovery,          engine::Phase{4},       applied, nothing)      \
  ROW(aging,             engine::Phase{4},       applied, batch)        \
  ROW(turnover,          engine::Phase{4},       kept,    batch)        \
  ROW(failure,           engine::Phase{5},       kept,    failing_unit) \
  ROW(outage,            engine::Phase{5},       applied, domain)       \
  ROW(power_outage,      engine::Phase{5},       applied, power_element) \
  ROW(interruption,      engine::Phase{5},       applied, nothing)      \
  ROW(shipment,          engine::Phase{6},       applied, cohort)       \
  ROW(delivery,          engine::Phase{7},       applied, cohort)       \
  ROW(late_delivery,     engine::Phase{7},       applied, nothing)      \
  ROW(arrival,           engine::Phase{7},       applied, cohort)       \
  ROW(installation,      engine::Phase{8},       applied, nothing)      \
  ROW(retuning,          engine::Phase{9},       applied, nothing)      \
  ROW(review,            engine::Phase{10},      applied, nothing)      \
  ROW(sample,            engine::Phase::closing, kept,    nothing) \
  ROW(checkpoint,        engine::Phase::closing, kept,    nothing)
// clang-format on

/// What happens to a fleet.
enum class EventKind : std::uint8_t {
#define FLEETRACE_EVENT_KIND(kind, phase, failures, index) kind,
  FLEETRACE_EVENT_TYPES(FLEETRACE_EVENT_KIND)
#undef FLEETRACE_EVENT_KIND
};
#define FLEETRACE_COUNT(kind, phase, failures, index) +1  // NOLINT(bugprone-macro-parentheses): a term of a sum
inline constexpr std::size_t kEventKinds = 0 FLEETRACE_EVENT_TYPES(FLEETRACE_COUNT);
#undef FLEETRACE_COUNT

/// What the index of a payload counts.
enum class IndexOf : std::uint8_t {
  nothing,
  accelerator_type,  ///< Market::types; the trace names it
  adoption,          ///< Plant::adoptions, counted from 1; 0 for a random change of progress
  site,              ///< Plant::sites
  fleet_share,       ///< Operations::fleet_shares
  planned_move,      ///< Strategy::moves; the trace says of what type, how many units, and between which sites
  planned_rent,      ///< Strategy::rents; the trace says of what type, and how many units
  cohort,            ///< Inventory; the trace says which, of what type, and how many units
  batch,             ///< Reliability::batches(); the trace shows its cohort
  failing_unit,  ///< a device; a batch (failure) or a pending repair (repair) where failures are drawn by batch; its cohort
  domain,        ///< a failure domain of a batch; the trace shows its cohort
  power_element,  ///< a clock of PowerTrees; the trace names site and element
};

/// Whether pending failures are applied before an event is handled.
enum class FailuresFirst : bool { kept, applied };

/// What an event carries.
struct Payload {
  EventKind kind = EventKind::sample;
  std::uint32_t index = 0;  ///< by the kind's IndexOf
  std::int64_t count = 0;   ///< units, where the kind has them
};
using Event = engine::Event<Payload>;

class World;

/// Called with each event before it is handled.
using EventObserver = std::function<void(const World&, const Event&)>;

/// One row of the table of events.
struct EventType {
  std::string_view name;
  engine::Phase phase;
  FailuresFirst failures;
  IndexOf index;
  void (*handle)(World&, const Payload&);
};

#define FLEETRACE_EVENT_HANDLER(kind, phase, failures, index) void on_##kind(World& world, const Payload& payload);
FLEETRACE_EVENT_TYPES(FLEETRACE_EVENT_HANDLER)
#undef FLEETRACE_EVENT_HANDLER

/// The table of events, by EventKind.
inline constexpr std::array<EventType, kEventKinds> kEventTypes{{
#define FLEETRACE_EVENT_ROW(kind, phase, failures, index) \
  {#kind, phase, FailuresFirst::failures, IndexOf::index, on_##kind},
    FLEETRACE_EVENT_TYPES(FLEETRACE_EVENT_ROW)
#undef FLEETRACE_EVENT_ROW
}};

[[nodiscard]] constexpr const EventType& info(EventKind kind) { return kEventTypes[static_cast<std::size_t>(kind)]; }
[[nodiscard]] constexpr std::string_view to_string(EventKind kind) { return info(kind).name; }

}  // namespace fleetrace::fleet
