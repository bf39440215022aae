#include "sim/output/parts/part.hpp"

namespace fleetrace::output {

PartState compute_part(const PartOfStudy& part, const std::string& path, const PartWatch& watch,
                       const ComputePart& compute) {
  Manifest whole = part.whole;
  whole.request = part.request;
  ShardFolder folder(path, std::move(whole), part.shard, part.rows);
  if (watch.tell) {
    for (const std::string& note : folder.notes()) watch.tell(note);
  }
  PartState state{folder.path(), part.shard, folder.done(part.items), part.shard.share(part.items),
                  folder.is_finished()};
  if (state.is_finished) return state;
  if (watch.begin) watch.begin(state);
  try {
    state.is_finished = compute(folder, [&](std::size_t more) {
      state.done += more;
      if (watch.advance) watch.advance(state);
    });
    folder.end(state.is_finished ? Status::finished : Status::interrupted);
  } catch (const FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const std::exception& error) {
    folder.end(Status::failed, error.what());
    throw;
  }
  return state;
}

ItemName item_name(StudyRequest::Verb verb) {
  switch (verb) {
    case StudyRequest::Verb::compare: return {"replication", "replications"};
    case StudyRequest::Verb::sweep: return {"point", "points"};
    case StudyRequest::Verb::sensitivity: return {"Sobol point", "Sobol points"};
  }
  return {"item", "items"};
}

}  // namespace fleetrace::output
