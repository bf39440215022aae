#include "sim/cli/parts.hpp"

#include <optional>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/output/parts/shard_name.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::cli {

int compute_part(StudyRequest::Verb verb, const Options& options, const Streams& streams, const ComputePart& compute) {
  const std::string path = options.text("output", "");
  if (path.empty()) throw UsageError("--output names no folder.");
  const output::ItemName item = output::item_name(verb);
  const auto how_many = [&item](const output::PartState& state) {
    return output::grouped(static_cast<std::int64_t>(state.done)) + " of " +
           output::counted(static_cast<std::int64_t>(state.of), std::string(item.one) + " is",
                           std::string(item.several) + " are");
  };
  const bool quiet = options.has("quiet");
  bool has_begun = false;
  std::optional<ProgressLine> progress;
  const auto tell = [&streams](const std::string& note) { streams.err << note << '\n'; };
  const auto begin = [&](const output::PartState& state) {
    has_begun = true;
    if (!quiet && state.done > 0)
      streams.err << core::printable(state.folder) << ": " << how_many(state) << " done; going on.\n";
    progress.emplace(options, streams, state.of);
  };
  const auto advance = [&progress](const output::PartState& state) { progress->show(state.done); };
  const output::PartState state = compute(path, {stop_flag(streams), tell, begin, advance});
  if (progress) progress->clear();
  const std::string shown = core::printable(state.folder);
  const std::string name = "part " + output::shard_text(state.shard);
  if (!state.is_finished) {
    streams.err << "Interrupted: " << how_many(state) << " done and kept in " << shown
                << ". The same command goes on from there.\n";
    return kInterrupted;
  }
  if (quiet) return kDone;
  if (!has_begun)
    streams.err << shown << ": holds " << name << " already; there is nothing to do.\n";
  else
    streams.err << shown << ": " << name << " is finished, with "
                << output::counted(static_cast<std::int64_t>(state.of), item.one, item.several)
                << ". When all parts are: fleetrace merge DIR... --output DIR.\n";
  return kDone;
}

}  // namespace fleetrace::cli
