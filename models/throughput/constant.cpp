#include "models/throughput/throughput_entries.hpp"

namespace fleetrace::models {

const ThroughputEntry kConstantThroughput{
    core::Entry{
        .name = "constant",
        .summary = "The stated MFU whatever the number of accelerators.",
        .parameters = with_limits({}),
        .scope =
            "Right for a fleet that many small runs share, or where MFU was measured at the scale in question. A fleet that "
            "grows tenfold as one run keeps less.",
    },
    nullptr};

}  // namespace fleetrace::models
