#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/said.hpp"

namespace {

using namespace fleetrace;

using test::Said;

Said say(const std::vector<std::string>& arguments) { return test::say("compare", arguments); }

}  // namespace

TEST_CASE("compare prints the same bytes for every number of threads", "[compare]") {
  const Said one = say({"race-under-uncertainty", "--replications", "40", "--jobs", "1", "--format", "jsonl"});
  CHECK(one.code == 0);
  CHECK(one.err.empty());
  CHECK(say({"race-under-uncertainty", "--replications=40", "--jobs=4", "--format=jsonl"}).out == one.out);
  CHECK(say({"race-under-uncertainty", "--replications=40", "--seed=2", "--format=jsonl"}).out != one.out);
}

TEST_CASE("compare takes its study from the scenario, and options change it", "[compare]") {
  const auto document = [](const std::vector<std::string>& more) {
    std::vector<std::string> arguments{"race-under-uncertainty", "--format=json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return nlohmann::json::parse(say(arguments).out);
  };
  const nlohmann::json plain = document({});
  CHECK(plain["replications"] == 400);
  CHECK(plain["objective"] == "final_loss");
  CHECK(plain["target"] == 0.75);
  CHECK(plain["best"] == "heron");
  const nlohmann::json other = document(
      {"--replications=10", "--objective=mean_loss", "--target=0.8", "--confidence=0.9"});
  CHECK(other["replications"] == 10);
  CHECK(other["objective"] == "mean_loss");
  CHECK(other["target"] == 0.8);
  CHECK(other["confidence"] == 0.9);
  CHECK(document({"--set", "study.objective=npv", "--replications=3"})["objective"] == "npv");
  CHECK(nlohmann::json::parse(say({"hare-and-turtle", "--format=json"}).out)["replications"] == 1);
}

TEST_CASE("an undecided comparison says what more replications buy, and promises nothing", "[compare]") {
  const Said said = say({"race-under-uncertainty", "--replications=30", "--set", "horizon.length=3.6 yr", "--set",
                         "strategies.heron.budget=1 USD"});
  CHECK(said.code == 0);
  CHECK(said.out.find("Undecided: ") == 0);
  CHECK(said.out.find("would tell") == std::string::npos);
  std::string text = said.out.substr(0, said.out.find("\n\n"));
  std::replace(text.begin(), text.end(), '\n', ' ');
  CHECK(text.find(" 120 replications would narrow that interval to about ") != std::string::npos);
  CHECK(text.find("the difference may be zero.") != std::string::npos);
}

TEST_CASE("compare refuses what makes no sense", "[compare]") {
  const auto complaint = [](const std::vector<std::string>& arguments) {
    const Said said = say(arguments);
    CHECK(said.code == 2);
    CHECK(said.out.empty());
    return said.err.substr(0, said.err.find('\n'));
  };
  CHECK(complaint({"race-under-uncertainty", "--replications", "0"}).find("out of range") != std::string::npos);
  CHECK(complaint({"race-under-uncertainty", "--replications", "-3"}).find("out of range") != std::string::npos);
  CHECK(complaint({"race-under-uncertainty", "--objective", "loss"}).find("there is no --objective \"loss\"") !=
        std::string::npos);
  CHECK(complaint({"race-under-uncertainty", "--jobs", "none"}).find("is no number of threads") != std::string::npos);
  CHECK(complaint({"race-under-uncertainty", "--confidence", "1"}).find("--confidence") != std::string::npos);
  CHECK(complaint({"hare-and-turtle", "--objective", "time_to_target", "--set", "loss={model: relative, targets: []}"})
            .find("time_to_target needs a target") != std::string::npos);
}

TEST_CASE("progress is a line on standard error, where it is asked for", "[compare]") {
  const Said said = say({"race-under-uncertainty", "--replications=5", "--progress=always"});
  CHECK(said.err.find("5 of 5 replications") != std::string::npos);
  CHECK(say({"race-under-uncertainty", "--replications=5", "--progress=always", "--quiet"}).err.empty());
}
