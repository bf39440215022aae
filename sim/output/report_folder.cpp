#include "fleetrace/output/report_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "atomic_file.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "fleetrace/output/folder.hpp"
#include "fleetrace/output/page.hpp"
#include "fleetrace/scenario/load.hpp"
#include "manifest.hpp"
#include "read_results.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kResults = "results.json";
constexpr const char* kAgain = "Run the command that made the folder again, into another one.";

/// A folder that is open for this process alone, as long as it lives.
class Folder {
 public:
  explicit Folder(const std::string& path)
      : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
      if (errno == ENOTDIR) refuse("", "is a file, and a result is a folder", "Name the folder that --output left.");
      if (errno == ENOENT) refuse("", "there is no such folder", "Name the folder that --output left.");
      refuse("", "cannot be opened: " + std::generic_category().message(errno), "");
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      ::close(descriptor_);
      throw FolderBusy(core::printable(path) + ": is in use by another process. Nothing was changed; wait for it.");
    }
  }
  Folder(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder& operator=(Folder&&) = delete;
  ~Folder() { ::close(descriptor_); }

  [[noreturn]] void refuse(const std::string& file, const std::string& problem, const std::string& suggestion) const {
    throw core::InputError({{{file.empty() ? path_ : path_ + '/' + file, 0, 0}, "", problem, "", suggestion}});
  }

  /// A document of format 1, or a refusal that says what is wrong with it.
  [[nodiscard]] std::pair<std::string, json> read(const char* name) const {
    static constexpr off_t kMost = 256 << 20;
    std::string bytes;
    const int error = read_whole(descriptor_, name, bytes, kMost);
    if (error == ENOENT)
      refuse("", "holds no result of fleetrace: " + std::string(name) + " is missing",
             "Name the folder that --output left.");
    if (error != 0) refuse(name, "cannot be read: " + std::generic_category().message(error), "");
    json document = json::parse(bytes, nullptr, false);
    if (document.is_discarded()) refuse(name, "is cut off or damaged: it is no JSON document", kAgain);
    const bool is_ours = document.is_object() && document.contains("fleetrace") && document["fleetrace"].is_string() &&
                         document.contains("format") && document["format"].is_number_integer();
    if (!is_ours)
      refuse(name, "is none of fleetrace: it names neither version nor format", "Name the folder that --output left.");
    const std::string version = core::printable(document["fleetrace"].get<std::string>());
    if (const auto format = document["format"].get<std::int64_t>(); format != 1) {
      refuse(name,
             "is of format " + std::to_string(format) + ", which fleetrace " + version + " writes and this one, " +
                 std::string(core::version()) + ", does not read",
             "Use that version.");
    }
    if (version != core::version()) {
      refuse(name,
             "was written by fleetrace " + version + ", and this is " + std::string(core::version()) +
                 ", whose numbers may differ",
             "Use that version, or run the command again.");
    }
    return {std::move(bytes), std::move(document)};
  }

  void write(const char* name, const std::string& bytes) const {
    if (const int error = write_atomically(descriptor_, name, bytes); error != 0)
      throw FolderError(core::printable(path_) + '/' + name +
                        ": cannot be written: " + std::generic_category().message(error) + '.');
  }

 private:
  std::string path_;
  int descriptor_;
};

/// What a page takes from a manifest.
struct Made {
  std::string question;
  std::string sha256;
  std::string resolved;
  fleet::Draw draw;
  std::vector<std::string> arguments;
};

Made made(const json& manifest) {
  Made found;
  found.question = manifest.at("question").get<std::string>();
  found.sha256 = manifest.at("scenario").at("sha256").get<std::string>();
  found.resolved = manifest.at("resolved_scenario").get<std::string>();
  found.draw.seed = manifest.at("seed").get<std::uint32_t>();
  found.draw.replication = manifest.at("replication").get<std::uint32_t>();
  found.draw.inputs = manifest.at("inputs") == "drawn" ? fleet::InputDraw::drawn : fleet::InputDraw::medians;
  found.arguments = manifest.at("arguments").get<std::vector<std::string>>();
  return found;
}

/// The page, from results that belong to the manifest.
std::string page_of(const Folder& folder, const Made& from, const std::string& results) {
  fleet::Scenario scenario = scenario::load_bytes(from.resolved, "manifest.json: resolved_scenario");
  scenario.sha256 = from.sha256;
  Run run = run_scenario(scenario, from.question == "run" ? from.draw : fleet::Draw{from.draw.seed});
  if (from.question == "run") {
    // A run is cheap: it is raced anew, and must come out as it stands there.
    if (to_json(run) != results)
      folder.refuse(kResults, "does not hold what this scenario comes to: it was changed, or is of another run",
                    kAgain);
    return to_html(run, from.arguments, from.resolved);
  }
  if (from.question == "compare")
    return to_html(read_comparison(results, scenario), run, from.arguments, from.resolved);
  if (from.question.rfind("sweep", 0) == 0) return to_html(read_sweep(results), run, from.arguments, from.resolved);
  if (from.question.rfind("sensitivity", 0) == 0)
    return to_html(read_sensitivity(results, scenario), run, from.arguments, from.resolved);
  if (from.question.rfind("whatif", 0) == 0)
    return to_html(read_what_if(results, from.resolved, std::move(run)), from.arguments, from.resolved);
  if (from.question.rfind("solve", 0) == 0)
    return to_html(read_solve(results, scenario), run, from.arguments, from.resolved);
  folder.refuse(kManifest, "has a question that no page answers: \"" + core::printable(from.question) + '"', "");
}

}  // namespace

void rewrite_report(const std::string& path) {
  const Folder folder(path);
  const json manifest = folder.read(kManifest).second;
  const std::string status = manifest.value("status", "");
  if (status != "finished")
    folder.refuse("", "is not finished: its manifest says \"" + core::printable(status) + '"',
                  "The command that began it goes on where it was stopped.");
  const auto [bytes, results] = folder.read(kResults);
  try {
    const Made from = made(manifest);
    if (results.at("scenario").at("sha256") != from.sha256 || results.at("seed") != from.draw.seed)
      folder.refuse(kResults, "is of another run than manifest.json: scenario or seed differ", kAgain);
    folder.write("report.html", page_of(folder, from, bytes));
  } catch (const BadResults& error) {
    folder.refuse(kResults, error.what(), kAgain);
  } catch (const json::exception& error) {
    folder.refuse(kManifest, "lacks what a page needs: " + core::printable(error.what()), kAgain);
  }
}

}  // namespace fleetrace::output
