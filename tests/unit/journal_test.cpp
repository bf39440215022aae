#include "sim/output/folder/journal.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "sim/core/random/scheme.hpp"
#include "sim/output/folder/ranges.hpp"
#include "sim/reader/load.hpp"

/// Journals that were damaged, cut off, mixed up or copied: what is whole is kept, and nothing else is believed.
namespace fleetrace::output {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kRecords = 12;
constexpr std::size_t kStrategies = 2;

class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "fleetrace-journal-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }
  [[nodiscard]] std::string folder() const { return path_ / "out"; }
  [[nodiscard]] std::string journal() const { return path_ / "out" / Journal::kName; }

 private:
  fs::path path_;
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

Manifest manifest(std::uint32_t seed = 1) {
  Manifest wanted;
  wanted.question = "compare";
  wanted.draw.seed = seed;
  wanted.files = {Journal::kName};
  return wanted;
}

std::vector<fleet::Metrics> row_of(std::uint32_t replication) {
  std::vector<fleet::Metrics> row(kStrategies);
  for (std::size_t i = 0; i < kStrategies; ++i)
    std::fill_n(row[i].begin(), fleet::kMetrics, replication + 0.25 * static_cast<double>(i));
  return row;
}

/// A journal with the replications from `first` on of the study with that seed.
std::string made(const Scratch& scratch, std::uint32_t seed = 1) {
  const ResultFolder folder(scratch.folder(), manifest(seed));
  Journal journal(folder, identity_of(manifest(seed)), kStrategies);
  for (std::uint32_t i = 0; i < kRecords; ++i) journal.add(i, row_of(i));
  journal.sync();
  return bytes_of(scratch.journal());
}

struct Opened {
  std::map<std::uint32_t, int> found;
  std::vector<std::string> notes;
};

/// What a journal of these bytes holds; every row of it must be the one that was written.
Opened opened(const Scratch& scratch, const std::string& bytes) {
  put(scratch.journal(), bytes);
  const ResultFolder folder(scratch.folder(), manifest());
  const Journal journal(folder, identity_of(manifest()), kStrategies);
  Opened result;
  result.notes = journal.notes();
  journal.read([&](std::uint32_t replication, std::span<const fleet::Metrics> row) {
    ++result.found[replication];
    const std::vector<fleet::Metrics> want = row_of(replication);
    CHECK(std::equal(row.begin(), row.end(), want.begin(), want.end()));
  });
  CHECK(journal.found() == result.found.size());
  return result;
}

std::size_t header_size() { return JournalFormat(identity_of(manifest()), kStrategies).header().size(); }
std::size_t record_size() { return JournalFormat(identity_of(manifest()), kStrategies).record_size(); }

TEST_CASE("A damaged record costs itself alone, wherever the damage is") {
  const Scratch scratch;
  const std::string whole = made(scratch);
  REQUIRE(whole.size() == header_size() + kRecords * record_size());
  CHECK(opened(scratch, whole).found.size() == kRecords);
  CHECK(opened(scratch, whole).notes.empty());
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    INFO("a bit of byte " << at);
    const Opened found = opened(scratch, damaged);
    CHECK(found.found.size() == (at < header_size() ? kRecords : kRecords - 1));
    CHECK(found.notes.size() == 1);
    // It was written anew without the damage, so that it is told once.
    CHECK(opened(scratch, bytes_of(scratch.journal())).notes.empty());
  }
}

TEST_CASE("Bytes that are missing or too many cost the record that they are in") {
  const Scratch scratch;
  const std::string whole = made(scratch);
  for (std::size_t at = header_size() + 3; at < whole.size() - record_size(); at += 41) {
    INFO("byte " << at);
    std::string fewer = whole;
    fewer.erase(at, 1 + at % 30);
    const std::size_t left = opened(scratch, fewer).found.size();
    CHECK((left == kRecords - 1 || left == kRecords - 2));
    std::string more = whole;
    more.insert(at, at % 50 + 1, '\0');
    CHECK(opened(scratch, more).found.size() >= kRecords - 1);
  }
}

TEST_CASE("A file that was cut off keeps its whole records, and says nothing of it") {
  const Scratch scratch;
  const std::string whole = made(scratch);
  for (std::size_t size = 0; size < whole.size(); size += 13) {
    INFO("cut to " << size);
    const Opened found = opened(scratch, whole.substr(0, size));
    CHECK(found.found.size() == (size < header_size() ? 0 : (size - header_size()) / record_size()));
    CHECK(found.notes.empty());
  }
}

TEST_CASE("A replication that stands there twice counts once, and not at all where the two differ") {
  const Scratch scratch;
  const std::string whole = made(scratch);
  const Opened twice = opened(scratch, whole + whole.substr(header_size(), 3 * record_size()));
  CHECK(twice.found.size() == kRecords);
  CHECK(std::all_of(twice.found.begin(), twice.found.end(), [](const auto& each) { return each.second == 1; }));
  REQUIRE(twice.notes.size() == 1);
  CHECK(twice.notes.front().find("3 replications stand there more than once") != std::string::npos);

  const JournalFormat format(identity_of(manifest()), kStrategies);
  const Opened differing = opened(scratch, whole + format.record(4, row_of(5)));
  CHECK(differing.found.size() == kRecords - 1);
  CHECK(differing.found.count(4) == 0);
  REQUIRE(differing.notes.size() == 1);
  CHECK(differing.notes.front().find("none of which counts: 4.") != std::string::npos);
}

TEST_CASE("Records of another study are never believed") {
  const Scratch mine;
  const Scratch other;
  const std::string whole = made(mine);
  const std::string foreign = made(other, 2);
  REQUIRE(whole.size() == foreign.size());
  const std::size_t half = header_size() + kRecords / 2 * record_size();
  const Opened mixed = opened(mine, whole.substr(0, half) + foreign.substr(half));
  CHECK(mixed.found.size() == kRecords / 2);
  CHECK(mixed.notes.size() == 1);
  CHECK_THROWS_AS(opened(mine, foreign), FolderError);
  // The file is left as it is.
  CHECK(bytes_of(mine.journal()) == foreign);
  CHECK_THROWS_AS(opened(mine, "fleetrace journal 1\n" + whole.substr(20, 40)), FolderError);
}

TEST_CASE("The identity of a study is all that its replications depend on") {
  const auto identity = [](const std::function<void(Manifest&)>& change) {
    Manifest changed = manifest();
    change(changed);
    return identity_of(changed);
  };
  const std::string same = identity([](Manifest&) {});
  CHECK(same == identity([](Manifest& each) { each.settings = "objective mean_loss"; }));
  CHECK(same == identity([](Manifest& each) { each.arguments = {"compare", "x"}; }));
  CHECK(same != identity([](Manifest& each) { each.draw.seed = 2; }));
  CHECK(same != identity([](Manifest& each) { each.target = "0.8"; }));
  CHECK(same != identity([](Manifest& each) { each.scenario_sha256 = "1"; }));
  CHECK(same != identity([](Manifest& each) { each.resolved_scenario = "a: 1"; }));
  CHECK(same != identity([](Manifest& each) { each.question = "sweep"; }));
  CHECK(identity([](Manifest& each) { each.scenario_sha256 = "12"; }) !=
        identity([](Manifest& each) { each.scenario_sha256 = "1", each.resolved_scenario = "2"; }));
}

TEST_CASE("Numbers are written as job arrays take them") {
  const auto text = [](const std::vector<std::uint32_t>& numbers, std::size_t most = 20) {
    return ranges_text(numbers, most);
  };
  CHECK(text({}).empty());
  CHECK(text({3, 17, 18, 19}) == "3,17-19");
  CHECK(text({0, 1, 5}) == "0-1,5");
  CHECK(text({1, 3, 5, 7}, 2) == "1,3 and 2 more");
}

}  // namespace
}  // namespace fleetrace::output
