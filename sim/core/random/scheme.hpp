#pragma once

namespace fleetrace::core {

/// The number of the random scheme: which numbers a seed, a replication, a purpose and an entity stand for. It is raised with
/// every change after which some draw comes out otherwise (streams, samplers, purposes, how names become entities). Studies of two
/// schemes are two studies, whatever their versions.
inline constexpr int kRandomScheme = 1;

}  // namespace fleetrace::core
