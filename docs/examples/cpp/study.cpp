// Races the strategies on many draws with a progress bar. Ctrl-C ends it early, and what was finished until then counts.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fleetrace/fleetrace.hpp>

std::atomic<bool> interrupted = false;

int main(int count, char** arguments) {
  std::signal(SIGINT, [](int) { interrupted = true; });
  std::stop_source stop;
  const auto report = [&stop](std::size_t done, std::size_t total) {
    std::fprintf(stderr, "\r%3zu %% of %zu replications", 100 * done / total, total);
    if (interrupted) stop.request_stop();
  };
  const std::size_t replications = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 200;
  const fleetrace::Comparison study = fleetrace::compare(
      fleetrace::load("race-under-uncertainty"),
      {.replications = replications, .progress = report, .stop = stop.get_token()});
  std::fputc('\n', stderr);
  for (const fleetrace::study::StrategyStanding& each : study.strategies)
    std::printf("%-8s %.4f (%.4f to %.4f), best in %.0f %%\n", each.name.c_str(), each.objective.mean, each.mean.low,
                each.mean.high, 100 * each.p_best);
  std::printf("%zu replications%s\n", study.replications, study.was_stopped ? ", stopped early" : "");
}
