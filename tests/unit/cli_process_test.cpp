#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

/// The program as a process: exit codes, pipes, full disks, folders.
namespace fleetrace::cli {
namespace {

namespace fs = std::filesystem;

struct Result {
  int code = 0;
  std::string text;
};

/// Runs a shell command in which $F is the program; standard error goes where standard output goes.
Result shell(const std::string& command) {
  const std::string whole = "F='" FLEETRACE_PROGRAM "'; exec 2>&1; " + command;
  FILE* pipe = ::popen(whole.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Result result;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) result.text.append(buffer, count);
  const int status = ::pclose(pipe);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder that is gone afterwards.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "fleetrace-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }

  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] Result run(const std::string& command) const {
    return shell("cd '" + path_.string() + "'; " + command);
  }
  [[nodiscard]] std::vector<std::string> names(const std::string& folder) const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(path_ / folder)) found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  fs::path path_;
};

const std::vector<std::string> kAll = {"bought.csv",  "manifest.json", "plan.csv",     "report.html",
                                       "results.csv", "results.json",  "results.xlsx", "returns.csv"};

TEST_CASE("Exit codes of the process") {
  CHECK(shell("\"$F\" run gpt3").code == 0);
  CHECK(shell("\"$F\"").code == 2);
  CHECK(shell("\"$F\" rnu").code == 2);
  CHECK(shell("\"$F\" run no-such-scenario-at-all").code == 3);
}

TEST_CASE("A reader that stops early ends the program quietly") {
  const Result result = shell("{ \"$F\" run hare-and-turtle --format json; echo \"code $?\" >&2; } | head -n 1");
  CHECK(contains(result.text, "{\n"));
  CHECK(contains(result.text, "code 0\n"));
  CHECK_FALSE(contains(result.text, "fleetrace:"));
}

TEST_CASE("Output that cannot be written is an error with a message") {
  const Result full = shell("\"$F\" run gpt3 2>&1 >/dev/full");
  CHECK(full.code == 1);
  CHECK(full.text == "fleetrace: cannot write to standard output: No space left on device.\n");
  const Result closed = shell("\"$F\" run gpt3 >&-");
  CHECK(closed.code == 1);
  CHECK(contains(closed.text, "cannot write to standard output"));
}

TEST_CASE("Output is whole, or the exit code says that it is not") {
  const std::string whole = shell("\"$F\" run hare-and-turtle --format json 2>/dev/null | cksum").text;
  // A pipe that takes no more for now is waited for.
  if (shell("command -v python3").code == 0) {
    const Result slow = shell(
        "\"$F\" run hare-and-turtle --format json 2>/dev/null | cksum; "
        "python3 -c 'import os,subprocess,sys,time\n"
        "r,w=os.pipe(); os.set_blocking(w,False)\n"
        "p=subprocess.Popen([sys.argv[1],\"run\",\"hare-and-turtle\",\"--format\",\"json\"],stdout=w); os.close(w)\n"
        "time.sleep(1); all=b\"\".join(iter(lambda:os.read(r,4096),b\"\"))\n"
        "sys.stdout.buffer.write(all); sys.stdout.flush(); sys.exit(p.wait())' \"$F\" 2>/dev/null | cksum");
    CHECK(slow.text == whole + whole);
  }
  // A file at its limit: the signal would end the program without a word.
  const Scratch scratch;
  const Result limited = scratch.run("ulimit -f 8; \"$F\" run hare-and-turtle --format json > out.json");
  CHECK(limited.code == 1);
  CHECK(limited.text == "fleetrace: cannot write to standard output: File too large.\n");
  // Memory that runs out on the way, wherever it does.
  for (int kilobytes = 40'000; kilobytes < 200'000; kilobytes += 8'000) {
    // What the shell says of a loader that found no room for the libraries is not the program's.
    const Result small = shell("exec 2>/dev/null; (ulimit -v " + std::to_string(kilobytes) +
                               "; \"$F\" run hare-and-turtle --format json) > '" + (scratch.path() / "all").string() +
                               "'; code=$?; [ $code != 0 ] || cksum < '" + (scratch.path() / "all").string() + "'");
    CAPTURE(kilobytes);
    CHECK((small.text.empty() || small.text == whole));
  }
}

TEST_CASE("Signals that are ignored stay ignored") {
  const auto ignored = [](const std::string& setting) {
    return shell("trap " + setting +
                 "; mkfifo_dir=$(mktemp -d); mkfifo \"$mkfifo_dir/p\"; \"$F\" run - < \"$mkfifo_dir/p\" & "
                 "exec 3> \"$mkfifo_dir/p\"; sleep 0.3; grep SigIgn /proc/$!/status; exec 3>&-; wait $!; rm -r "
                 "\"$mkfifo_dir\"");
  };
  const auto bits = [](const std::string& text) {
    return std::stoull(text.substr(text.find("SigIgn:") + 7), nullptr, 16);
  };
  constexpr unsigned long long kHangup = 1;  // SIGHUP is signal 1
  CHECK((bits(ignored("'' HUP").text) & kHangup) == kHangup);
  CHECK((bits(ignored("- HUP").text) & kHangup) == 0);
}

TEST_CASE("A closed standard stream is not taken for a file") {
  const Scratch scratch;
  const Result closed = scratch.run("\"$F\" run gpt3 --output folder <&- >&- 2>&-; echo code $?");
  CHECK(contains(closed.text, "code 1"));  // the report could not be printed
  CHECK(scratch.names("folder") == kAll);
  const Result input = shell("\"$F\" run - <&-");
  CHECK(input.code == 3);
  CHECK(contains(input.text, "cannot be read"));
}

TEST_CASE("Standard input is a scenario, too") {
  const Result result = shell("\"$F\" show gpt3 | \"$F\" run - --format csv | head -n 1");
  CHECK(contains(result.text, "strategy,time,relative_loss,"));
}

TEST_CASE("Colour needs a terminal, and NO_COLOR switches it off") {
  if (shell("command -v script").code != 0) {
    WARN("there is no script(1) to make a terminal with");
    return;
  }
  const auto in_terminal = [](const std::string& environment) {
    return shell("export TERM=xterm; export F; script -qec '" + environment + " \"$F\" run hare-and-turtle' /dev/null")
        .text;
  };
  CHECK(contains(in_terminal(""), "\x1b[1m"));
  CHECK_FALSE(contains(in_terminal("NO_COLOR=1"), "\x1b["));
  CHECK_FALSE(contains(in_terminal("TERM=dumb"), "\x1b["));
  CHECK_FALSE(contains(shell("\"$F\" run hare-and-turtle").text, "\x1b["));
}

TEST_CASE("A folder gets results and a manifest, and the same run is not done twice") {
  const Scratch scratch;
  const Result first = scratch.run("\"$F\" run gpt3 --output out --format json >printed.json; echo $?");
  CHECK(contains(first.text, "Results are in out"));
  CHECK(scratch.names("out") == kAll);
  CHECK(read(scratch.path() / "out/results.json") == read(scratch.path() / "printed.json"));
  const auto manifest = nlohmann::json::parse(read(scratch.path() / "out/manifest.json"));
  CHECK(manifest["status"] == "finished");
  CHECK(manifest["seed"] == 1);
  CHECK(manifest["message"].is_null());
  CHECK(manifest["arguments"] == nlohmann::json{"run", "gpt3", "--output", "out", "--format", "json"});
  CHECK(contains(manifest["resolved_scenario"], "  mfu: 0.213\n"));

  const Result again = scratch.run("\"$F\" run gpt3 --output out");
  CHECK(again.code == 0);
  CHECK(contains(again.text, "there is nothing to do"));
  CHECK(scratch.run("\"$F\" run gpt3 --output out --quiet").text.empty());
}

TEST_CASE("A folder with another run is left alone") {
  const Scratch scratch;
  REQUIRE(scratch.run("\"$F\" run gpt3 --output out").code == 0);
  const std::string before = read(scratch.path() / "out/manifest.json");
  for (const std::string other : {"gpt3 --seed 2", "gpt3 --set operations.mfu=0.3", "hare-and-turtle"}) {
    const Result result = scratch.run("\"$F\" run " + other + " --output out");
    CHECK(result.code == 1);
    CHECK(contains(result.text, "holds another run"));
  }
  CHECK(scratch.names("out") == kAll);
  CHECK(read(scratch.path() / "out/manifest.json") == before);
}

TEST_CASE("An unfinished attempt at the same run is taken over") {
  const Scratch scratch;
  REQUIRE(scratch.run("\"$F\" run gpt3 --output out").code == 0);
  const std::string results = read(scratch.path() / "out/results.json");
  const std::string change = GENERATE("sed -i s/finished/running/ out/manifest.json",
                                      "sed -i s/finished/failed/ out/manifest.json", "rm out/results.json");
  REQUIRE(scratch.run(change).code == 0);
  CHECK(contains(scratch.run("\"$F\" run gpt3 --output out").text, "Results are in out"));
  CHECK(read(scratch.path() / "out/results.json") == results);
}

TEST_CASE("A changed file that the scenario names is another run") {
  const Scratch scratch;
  std::ofstream(scratch.path() / "my.yaml")
      << "fleetrace: 1\nname: csv\nhorizon: {start: 2026-01-01, length: 1 yr}\nhardware: {model: trend}\n"
         "initial_fleet: [{capacity: 1e18 FLOP/s}]\nstrategies: {s: {buy: schedule, purchases: plan.csv}}\n";
  std::ofstream(scratch.path() / "plan.csv") << "at,amount_usd\n2026-02-01,1000000\n";
  REQUIRE(scratch.run("\"$F\" run my.yaml --output out").code == 0);
  CHECK(contains(scratch.run("\"$F\" run my.yaml --output out").text, "nothing to do"));
  std::ofstream(scratch.path() / "plan.csv") << "at,amount_usd\n2026-02-01,2000000\n";
  CHECK(contains(scratch.run("\"$F\" run my.yaml --output out").text, "holds another run"));
}

TEST_CASE("A folder that cannot be used is refused, and nothing is left behind") {
  const Scratch scratch;
  REQUIRE(scratch.run("touch file; mkdir full strange; touch full/x; echo '{}' >strange/manifest.json").code == 0);
  const auto refused = [&](const std::string& folder, const std::string& message) {
    const Result result = scratch.run("\"$F\" run gpt3 --output " + folder);
    INFO(result.text);
    CHECK(result.code == 1);
    CHECK(contains(result.text, message));
  };
  refused("file", "there is a file where a folder is needed");
  refused("file/x", "there is a file where a folder is needed");
  refused("no/such", "the folder that it should stand in does not exist");
  refused("full", "holds files, but no run of fleetrace");
  refused("strange", "is none of fleetrace");
  CHECK(scratch.names(".") == std::vector<std::string>{"file", "full", "strange"});
  CHECK(scratch.names("full") == std::vector<std::string>{"x"});
}

TEST_CASE("An invalid scenario makes no folder, a failed run says so in its manifest") {
  const Scratch scratch;
  CHECK(scratch.run("\"$F\" run gpt3 --set operations.mfu=7 --output out").code == 3);
  CHECK_FALSE(fs::exists(scratch.path() / "out"));

  // Each cohort's energy is fine; together they leave the range of money.
  const Result failed = scratch.run("\"$F\" run gpt3 --set sites.main.electricity='1e9 USD/kWh' --output out");
  CHECK(failed.code == 1);
  CHECK(contains(failed.text, "fleetrace: strategy gpt3 cannot be run: "));
  const auto manifest = nlohmann::json::parse(read(scratch.path() / "out/manifest.json"));
  CHECK(manifest["status"] == "failed");
  CHECK(contains(manifest["message"], "strategy gpt3"));
  CHECK(scratch.names("out") == std::vector<std::string>{"manifest.json"});
}

TEST_CASE("A disk that fills up leaves no half file") {
  const Scratch scratch;
  // A limit on the size of files stands for the full disk: the manifest fits, the results do not.
  const Result result = scratch.run("ulimit -f 16; trap '' XFSZ; \"$F\" run hare-and-turtle --output out >/dev/null");
  CHECK(result.code == 1);
  CHECK(contains(result.text, "out/results.csv: cannot be written: "));
  CHECK(scratch.names("out") == std::vector<std::string>{"manifest.json"});
  CHECK(nlohmann::json::parse(read(scratch.path() / "out/manifest.json"))["status"] == "failed");
}

}  // namespace
}  // namespace fleetrace::cli
