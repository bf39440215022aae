// libFuzzer harness of what is read back from a folder: the first byte chooses the question, the rest is the manifest or the results.
// Results that are no such thing are refused; those that are make tables and pages, and JSON that is read again.
#include <nlohmann/json.hpp>

#include "sim/output/folder/folder.hpp"
#include "sim/output/folder/manifest.hpp"
#include "sim/output/json/json_reader.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/parts/request_json.hpp"
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

/// The study that the manifest of a part asks for, which is the same when it is written again.
void read_part(const std::string& text) {
  const output::JsonDocument document(text);
  if (!document.root().contains(output::kRequestKey)) return;
  const StudyRequest request = output::read_request(document.root().at(output::kRequestKey));
  const auto written = [](const StudyRequest& each) {
    core::JsonWriter json(core::JsonWriter::Layout::indented);
    output::write_request(json, each);
    return std::move(json).finish();
  };
  const std::string first = written(request);
  const output::JsonDocument again(first);
  fuzz::require(written(output::read_request(again.root())) == first);
}

void read_manifest(const std::string& text) {
  static const output::Manifest wanted = output::manifest_of(fuzz::small_scenario(), {1}, {"run", "small.yaml"});
  (void)output::compare(text, wanted);
  (void)output::digests_in(text);
  (void)output::kept_of(text);
  (void)output::is_whole(text);
  read_part(text);
}

void read_results(int question, const std::string& text) {
  const scenario::Scenario& scenario = fuzz::small_scenario();
  const std::string resolved(fuzz::kSmall);
  switch (question) {
    case 0: {
      const auto found = output::read_comparison(text, scenario);
      fuzz::require(!output::to_html(found, race(), {}, resolved).empty());
      (void)output::read_comparison(output::comparison_json(found), scenario);
      break;
    }
    case 1: {
      const auto found = output::read_sweep(text);
      fuzz::require(!output::to_html(found, race(), {}, resolved).empty());
      (void)output::read_sweep(output::sweep_json(found));
      break;
    }
    case 2: {
      const auto found = output::read_sensitivity(text, scenario);
      fuzz::require(!output::to_html(found, race(), {}, resolved).empty());
      (void)output::read_sensitivity(output::sensitivity_json(found), scenario);
      break;
    }
    case 3: {
      const auto found = output::read_what_if(text, resolved, race());
      fuzz::require(!output::to_html(found, {}, resolved).empty());
      (void)output::read_what_if(output::what_if_json(found), resolved, race());
      break;
    }
    case 4: {
      const auto found = output::read_solve(text, scenario);
      fuzz::require(!output::to_html(found, race(), {}, resolved).empty());
      (void)output::read_solve(output::solve_json(found), scenario);
      break;
    }
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
