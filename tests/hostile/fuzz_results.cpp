// libFuzzer harness of what is read back from a folder: the first byte chooses the question, the rest is the manifest or the results.
// Results that are no such thing are refused; those that are make tables and pages.
#include <nlohmann/json.hpp>

#include "sim/output/folder/folder.hpp"
#include "sim/output/folder/manifest.hpp"
#include "sim/output/json/json_reader.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/sweep.hpp"
#include "sim/output/studies/what_if.hpp"
#include "tests/hostile/fuzz.hpp"

namespace {

using namespace fleetrace;

/// The small race once, as `report` has it beside the results.
const Run& race() {
  static const Run run = run_scenario(fuzz::small_scenario(), {1});
  return run;
}

void read_manifest(const std::string& text) {
  static const output::Manifest wanted = output::manifest_of(fuzz::small_scenario(), {1}, {"run", "small.yaml"});
  (void)output::compare(text, wanted);
}

void read_results(int question, const std::string& text) {
  const scenario::Scenario& scenario = fuzz::small_scenario();
  const std::string resolved(fuzz::kSmall);
  switch (question) {
    case 0:
      fuzz::require(!output::to_html(output::read_comparison(text, scenario), race(), {}, resolved).empty());
      break;
    case 1: fuzz::require(!output::to_html(output::read_sweep(text), race(), {}, resolved).empty()); break;
    case 2:
      fuzz::require(!output::to_html(output::read_sensitivity(text, scenario), race(), {}, resolved).empty());
      break;
    case 3: fuzz::require(!output::to_html(output::read_what_if(text, resolved, race()), {}, resolved).empty()); break;
    case 4: fuzz::require(!output::to_html(output::read_solve(text, scenario), race(), {}, resolved).empty()); break;
    default: read_manifest(text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int kQuestions = 6;
  try {
    read_results(data[0] % kQuestions, std::string(fuzz::text_of(data + 1, size - 1)));
  } catch (const output::BadResults&) {  // as report refuses them
  } catch (const nlohmann::json::exception&) {
  } catch (const core::InputError& error) {
    fuzz::check(error);
  }
  return 0;
}
