#include <catch2/catch.hpp>
#include <sstream>

#include "fleetrace/core/version.hpp"
#include "sim/cli/verb.hpp"

namespace fleetrace::cli {
namespace {

struct Result {
  int code = 0;
  std::string out;
  std::string err;
};

Result call(const std::vector<std::string>& arguments, bool terminal = false) {
  std::ostringstream out;
  std::ostringstream err;
  Streams streams{out, err};
  streams.out_is_terminal = terminal;
  Result result;
  result.code = run_program(arguments, streams);
  result.out = out.str();
  result.err = err.str();
  return result;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("Help, however it is asked for, on standard output and within 80 columns") {
  const Result overview = call({"help"});
  CHECK(overview.code == kDone);
  CHECK(overview.err.empty());
  CHECK(call({"--help"}).out == overview.out);
  CHECK(call({"-h"}).out == overview.out);
  for (const Verb* verb : verbs()) {
    const std::string name(verb->name);
    INFO(name);
    CHECK(contains(overview.out, "\n  " + name));
    const Result help = call({"help", name});
    CHECK(help.code == kDone);
    CHECK(call({name, "--help"}).out == help.out);
    CHECK(call({name, "-h"}).out == help.out);
    CHECK(contains(help.out, "usage: fleetrace " + name));
    std::istringstream lines(overview.out + help.out);
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 80);
  }
  const Result bare = call({});
  CHECK(bare.code == kUsage);
  CHECK(bare.out.empty());
  CHECK(bare.err == overview.out);
  CHECK(call({"--version"}).out ==
        "fleetrace " + std::string(core::version()) + " (" + std::string(core::git_hash()) + ")\n");
}

TEST_CASE("Wrong usage is told with a suggestion and exit code 2, without output") {
  struct Wrong {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::string scenario = "hare-and-turtle";
  const std::vector<Wrong> all = {
      {{"rnu", scenario}, "there is no verb \"rnu\". Did you mean \"run\"?"},
      {{"help", "rn"}, "there is no verb \"rn\". Did you mean \"run\"?"},
      {{scenario}, "Did you mean \"fleetrace run hare-and-turtle\"?"},
      {{"my.yaml"}, "Did you mean \"fleetrace run my.yaml\"?"},
      {{"--seed", "5", "run", scenario}, "a verb comes first"},
      {{"run"}, "SCENARIO is missing"},
      {{"run", "a", "b"}, "one SCENARIO at a time: \"b\" is one too many"},
      {{"run", scenario, "--seed", "-7"}, "--seed \"-7\" is no seed"},
      {{"run", scenario, "--seed=-7"}, "--seed \"-7\" is no seed"},
      {{"run", scenario, "--seed", "4294967296"}, "0 to 4294967295"},
      {{"run", scenario, "--seed", "1e3"}, "is no seed"},
      {{"run", scenario, "--seed", " 1"}, "is no seed"},
      {{"run", scenario, "--seed", "+1"}, "is no seed"},
      {{"run", scenario, "--seed"}, "--seed needs a value: --seed N."},
      {{"run", scenario, "--seed="}, "--seed needs a value"},
      {{"run", scenario, "--seed", "1", "--seed", "1"}, "--seed is given twice"},
      {{"run", scenario, "--see", "1"}, "there is no option \"--see\". Did you mean \"--seed\"?"},
      {{"run", scenario, "--formt", "json"}, "Did you mean \"--format\"?"},
      {{"run", scenario, "--format", "jsn"}, "there is no --format \"jsn\". Did you mean \"json\"?"},
      {{"run", scenario, "--color", "yes"}, "Valid values are: auto, always, never."},
      {{"run", scenario, "--quiet=1"}, "--quiet takes no value"},
      {{"run", scenario, "-q"}, "there is no option \"-q\""},
      {{"run", scenario, "--set", "budget"}, "Write path=value"},
      {{"run", scenario, "--set", "=3"}, "Write path=value"},
      {{"run", scenario, "--output", ""}, "--output names no folder"},
      {{"run", scenario, "--\x1b[31m"}, "there is no option \"--\\x1b[31m\""},
      {{"validate"}, "SCENARIO is missing"},
      {{"show", scenario, "--format", "json"}, "there is no option \"--format\""},
  };
  for (const Wrong& wrong : all) {
    INFO(wrong.message);
    const Result result = call(wrong.arguments);
    CHECK(result.code == kUsage);
    CHECK(result.out.empty());
    INFO(result.err);
    CHECK(contains(result.err, wrong.message));
    CHECK(contains(result.err, "See fleetrace help"));
  }
}

TEST_CASE("Seeds go from 0 to 2^32 - 1") {
  CHECK(contains(call({"run", "gpt3", "--format", "json", "--seed", "0"}).out, "\"seed\": 0,"));
  CHECK(contains(call({"run", "gpt3", "--format", "json", "--seed=4294967295"}).out, "\"seed\": 4294967295,"));
}

TEST_CASE("An invalid scenario gives all its diagnostics, their number and exit code 3") {
  const Result result = call(
      {"run", "hare-and-turtle", "--set", "strategies.turtle.every=3 monhts", "--set", "progress.doubling=0"});
  CHECK(result.code == kInvalidInput);
  CHECK(result.out.empty());
  CHECK(contains(result.err, "strategies.turtle.every: "));
  CHECK(contains(result.err, "progress.doubling: "));
  CHECK(contains(result.err, "2 errors\n"));
  const Result unknown = call({"run", "hare-and-turtl"});
  CHECK(unknown.code == kInvalidInput);
  CHECK(contains(unknown.err, "Did you mean \"hare-and-turtle\"?"));
  CHECK_FALSE(contains(unknown.err, "errors"));
}

TEST_CASE("validate says what is valid and reports everything that is not") {
  const Result result = call({"validate", "hare-and-turtle", "nothing-like-it", "gpt3"});
  CHECK(result.code == kInvalidInput);
  CHECK(result.out ==
        "hare-and-turtle: valid (4 strategies, 2026-01-01 to 2034-01-01)\n"
        "gpt3: valid (1 strategy, 2020-01-01 to 2020-01-15)\n");
  CHECK(contains(result.err, "nothing-like-it: there is no such file"));
  CHECK(call({"validate", "gpt3", "--quiet"}).out.empty());
  CHECK(call({"validate", "gpt3", "--set", "operations.mfu=2"}).code == kInvalidInput);
}

TEST_CASE("--set changes one value, in run and in show") {
  const Result shown = call({"show", "hare-and-turtle", "--set", "strategies.turtle.budget=3e9 USD"});
  CHECK(shown.code == kDone);
  CHECK(contains(shown.out, "    budget: 3e9 USD\n"));
  CHECK(call({"run", "gpt3", "--set", "operations.mfu=0.3"}).out != call({"run", "gpt3"}).out);
}

TEST_CASE("Every format gives data and no message") {
  for (const std::string format : {"table", "csv", "json", "jsonl", "markdown"}) {
    const Result result = call({"run", "gpt3", "--format", format});
    INFO(format);
    CHECK(result.code == kDone);
    CHECK(result.err.empty());
    CHECK(result.out.size() > 300);
    CHECK(result.out.back() == '\n');
  }
}

TEST_CASE("Every event is a line of --trace, on standard error") {
  const Result result = call({"run", "gpt3", "--trace"});
  CHECK(result.code == kDone);
  CHECK(result.out == call({"run", "gpt3"}).out);
  CHECK(result.err.rfind("2020-01-01T00:00:00.000Z gpt3 checkpoint\n", 0) == 0);
}

TEST_CASE("Bold only where it is wanted") {
  const auto bold = [](const std::vector<std::string>& options, bool terminal) {
    std::vector<std::string> arguments{"run", "hare-and-turtle"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return contains(call(arguments, terminal).out, "\x1b[1m");
  };
  CHECK_FALSE(bold({}, false));
  CHECK(bold({"--color", "always"}, false));
  CHECK_FALSE(bold({"--color", "never"}, true));
}

TEST_CASE("Words behind -- are operands") {
  const Result result = call({"run", "--", "--seed"});
  CHECK(result.code == kInvalidInput);
  CHECK(contains(result.err, "--seed: there is no such file"));
}

}  // namespace
}  // namespace fleetrace::cli
