#pragma once

#include <memory>
#include <string>
#include <string_view>

/// The engine as a live page calls it: requests and answers in JSON, one after the other.
namespace fleetrace::output {

/// A scenario that is open, and what it is asked. Requests name what they want in `do`:
///
///   open   {text, name}            what the scenario holds: strategies, controls, cases, warnings. Other requests speak of it.
///   race   {set}                   a race at the medians of the inputs, with everything that a page draws
///   finals {set}                   the same with the figures at the end alone, for many races in a row
///   bands  {set, replications}     quantiles of the loss over time, and how often each strategy is best
///   text   {set}                   the scenario's text with the changes in it, and the resolved scenario
///   paths  {}                      every value that can be changed, by its path
///   report {set, arguments}        the page that `fleetrace run` writes; the arguments are those of the call that it names
///   run    {text}                  what `fleetrace run --format json` prints of a scenario, its name or its text
///
/// `set` is a list of [path, value]. An answer is an object. It has `diagnostics` where an input is wrong, each with its place, and
/// `error` where anything else is; a scenario that was open stays open then.
class LiveSession {
 public:
  LiveSession();
  ~LiveSession();
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;
  LiveSession(LiveSession&&) = delete;
  LiveSession& operator=(LiveSession&&) = delete;

  /// Answers a request. Throws nothing but what comes of a lack of memory.
  [[nodiscard]] std::string answer(std::string_view request);

 private:
  struct Open;
  [[nodiscard]] std::string open(const std::string& text, const std::string& name);

  std::unique_ptr<const Open> open_;
};

}  // namespace fleetrace::output
