#include "sim/cli/parts.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/shard_option.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::cli {

int compute_part(const PartOfStudy& part, const Options& options, const Streams& streams, const ComputePart& compute) {
  const std::string path = options.text("output", "");
  if (path.empty()) throw UsageError("--output names no folder.");
  output::ShardFolder folder(path, part.whole, part.shard, part.rows);
  for (const std::string& note : folder.notes()) streams.err << note << '\n';
  const std::string shown = core::printable(folder.path());
  const std::string name = "part " + shard_text(part.shard);
  const std::size_t all = part.shard.share(part.items);
  std::size_t done = folder.done(part.items);
  const auto how_many = [&] {
    return output::grouped(static_cast<std::int64_t>(done)) + " of " +
           output::counted(static_cast<std::int64_t>(all), part.item + " is", part.several_items + " are");
  };
  const bool quiet = options.has("quiet");
  if (folder.is_finished()) {
    if (!quiet) streams.err << shown << ": holds " << name << " already; there is nothing to do.\n";
    return kDone;
  }
  if (!quiet && done > 0) streams.err << shown << ": " << how_many() << " done; going on.\n";
  ProgressLine progress(options, streams, all);
  try {
    const bool is_whole = compute(folder, [&](std::size_t more) {
      done += more;
      progress.show(done);
    });
    progress.clear();
    if (!is_whole) {
      folder.end(output::Status::interrupted);
      streams.err << "Interrupted: " << how_many() << " done and kept in " << shown
                  << ". The same command goes on from there.\n";
      return kInterrupted;
    }
    folder.end(output::Status::finished);
  } catch (const output::FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const std::exception& error) {
    folder.end(output::Status::failed, error.what());
    throw;
  }
  if (!quiet)
    streams.err << shown << ": " << name << " is finished, with "
                << output::counted(static_cast<std::int64_t>(all), part.item, part.several_items)
                << ". When all parts are: fleetrace merge DIR... --output DIR.\n";
  return kDone;
}

}  // namespace fleetrace::cli
