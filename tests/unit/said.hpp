#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "sim/cli/verbs.hpp"

namespace fleetrace::test {

/// What the program said.
struct Said {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs the program in this process.
inline Said say(const std::string& verb, std::vector<std::string> arguments) {
  std::ostringstream out;
  std::ostringstream err;
  arguments.insert(arguments.begin(), verb);
  const int code = cli::run_program(arguments, {out, err});
  return {code, out.str(), err.str()};
}

}  // namespace fleetrace::test
