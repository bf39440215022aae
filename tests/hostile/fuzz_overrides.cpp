// libFuzzer harness of overrides and paths: each line is a --set of a small scenario, as it stands and as a case of its own.
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/hostile/fuzz.hpp"

using namespace fleetrace;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<reader::Override> changes;
  for (const std::string& line : fuzz::lines_of(fuzz::text_of(data, size))) {
    if (const auto change = reader::parse_override(line)) {
      fuzz::require(!change->path.empty());
      changes.push_back(*change);
    }
  }
  try {
    const scenario::Scenario changed = reader::load_bytes(fuzz::kSmall, "fuzz/x.yaml", changes);
    fuzz::require(!scenario::resolve(changed).empty());
  } catch (const core::InputError& error) {
    fuzz::check(error);
  }
  return 0;
}
