// libFuzzer harness of the arguments of theory, milestones and frontier: the first byte chooses the verb, each line is an argument.
#include <sstream>

#include "sim/cli/verb.hpp"
#include "tests/hostile/fuzz.hpp"

using namespace fleetrace;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr const char* kVerbs[] = {"theory", "milestones", "frontier"};
  std::vector<std::string> arguments = fuzz::lines_of(fuzz::text_of(data + 1, size - 1));
  arguments.insert(arguments.begin(), kVerbs[data[0] % std::size(kVerbs)]);
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::run_program(arguments, {out, err});
  fuzz::require(code == cli::kDone || code == cli::kUsage || code == cli::kInvalidInput);
  fuzz::require(code == cli::kDone ? !out.str().empty() : out.str().empty() && !err.str().empty());
  return 0;
}
