#include "said.hpp"

// Slips of people who are tired: each is refused, and the message leads on.
namespace fleetrace::test {

TEST_CASE("an embedded scenario that is named like a file is found by its name") {
  for (const char* const file : {"gpt3.yaml", "scenarios/gpt3.yaml"}) {
    const Said said = say("validate", {file});
    CHECK(said.code == cli::kInvalidInput);
    CHECK(contains(
        said.err, std::string(file) + ": no such file. The scenario inside the program is named gpt3, without .yaml."));
  }
  CHECK(contains(say("validate", {"no-such.yaml"}).err, "no-such.yaml: no such file. Check the path."));
}

TEST_CASE("a key that is written without its section is found there") {
  CHECK(contains(say("run", {"hare-and-turtle", "--set", "turtle.budget=3e9 USD"}).err,
                 "turtle: there is no such key (it would be ignored). Did you mean \"strategies.turtle\"?"));
  CHECK(contains(say("run", {"hare-and-turtle", "--set", "mfu=0.4"}).err, "Did you mean \"operations.mfu\"?"));
  // A near key of the top level comes first, and what stands in no section is told the valid keys.
  CHECK(contains(say("run", {"hare-and-turtle", "--set", "operation.mfu=0.4"}).err, "Did you mean \"operations\"?"));
  CHECK(contains(say("run", {"hare-and-turtle", "--set", "nowhere=1"}).err, "Valid keys are: fleetrace, name"));
}

TEST_CASE("what is wrong with a value of the command line ends without a blank") {
  CHECK(contains(say("compare", {"gpt3", "--confidence", "1.5"}).err,
                 "--confidence: \"1.5\" is out of range (must be above 0 and below 1).\n"));
  CHECK(contains(say("compare", {"gpt3", "--replications", "0"}).err, "at most 1000000000).\n"));
}

TEST_CASE("what is looked for is a number") {
  CHECK(contains(say("solve", {"hare-and-turtle", "--for", "strategies.turtle.buy", "--until", "spend_usd < 1e9"}).err,
                 "there is no such value (the path leads to no number of this scenario)."));
}

TEST_CASE("a share that is given in percent is told how to be written", "[cli]") {
  check_refused("compare", {{{"gpt3", "--confidence", "95"}, "Write 0.95 for 95 %."}});
  // What is above 1 by little may be any slip.
  const Said said = say("compare", {"gpt3", "--confidence", "1.5"});
  CHECK(said.code == cli::kUsage);
  CHECK_FALSE(contains(said.err, "for 1.5 %"));
}

TEST_CASE("a number of the result is found by the words of its name", "[cli]") {
  check_refused(
      "run", {{{"gpt3", "--fail-if", "waiting_accelerators > 1"}, "Did you mean \"accelerators_waiting_for_power\"?"},
              {{"gpt3", "--fail-if", "waiting > 1"}, "\" or \""}});
}

}  // namespace fleetrace::test
