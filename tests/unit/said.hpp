#pragma once

#include <catch2/catch.hpp>
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

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A command line that makes no sense, and part of what is said about it.
struct WrongUse {
  std::vector<std::string> arguments;  ///< behind the verb
  std::string message;
};

/// Checks that each is refused with its message and nothing on standard output.
inline void check_refused(const std::string& verb, const std::vector<WrongUse>& all) {
  for (const WrongUse& wrong : all) {
    INFO(wrong.message);
    const Said said = say(verb, wrong.arguments);
    CHECK(said.code == cli::kUsage);
    CHECK(said.out.empty());
    CAPTURE(said.err);
    CHECK(contains(said.err, wrong.message));
  }
}

}  // namespace fleetrace::test
