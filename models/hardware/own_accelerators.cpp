#include "models/hardware/own_accelerators.hpp"

#include <algorithm>
#include <array>

#include "models/hardware/hardware_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

constexpr std::string_view kLike = "like";
constexpr std::string_view kSource = "source";

/// What a new accelerator must state that is like no other.
constexpr std::array<std::string_view, 4> kNeeded = {"released", "bf16", "server_power", "price"};
/// Of the nameplate of a server, what a GPU draws in training.
constexpr double kAverageDraw = 0.75;

/// Values beyond these are most likely slips of a unit.
core::Range usual(std::string_view key) {
  if (key == "bf16" || key == "fp8" || key == "fp4" || key == "int8") return core::between(1e11, 1e18);
  if (key == "tdp" || key == "server_power") return core::between(20, 50e3);
  if (key == "price") return core::between(100, 1e6);
  return {};
}

std::vector<Parameter> parameters() {
  std::vector<Parameter> all{
      {.name = kLike,
       .summary =
           "an accelerator that it has all those numbers from which are not stated here: a name from the catalog, or of another "
           "one here that is like none; one that bears a name of the catalog is like that",
       .shape = Shape::text},
      {.name = kSource, .summary = "where its numbers come from, for the report", .shape = Shape::text}};
  for (Parameter each : accelerator_family().entries.front()->parameters) {
    if (each.name == "fleetrace_accelerator" || each.name == "name") continue;
    each.sourced = false;
    each.required = false;
    each.usual = usual(each.name);
    if (each.name == "average_draw")
      each.summary =
          "average draw in training over server nameplate power; 0.75 where a new one leaves it out, as of GPUs "
          "(Cottier et al. 2024, arXiv:2405.21015, cost model of Epoch AI)";
    if (each.name == "priced")
      each.summary = "date to which the price belongs; its release where a new one leaves it out";
    all.push_back(each);
  }
  return all;
}

const core::Entry& entry() {
  static const core::Entry kEntry{
      .name = "accelerator",
      .summary = "An accelerator of your own, or numbers of one from the catalog in the place of the catalog's.",
      .parameters = parameters(),
      .scope =
          "Peaks are dense. A new one needs released, bf16, server_power and price, or one that it is like. It is on sale where "
          "hardware names it, as those of the catalog are. Prices are of the accelerator alone: the all-in cost is price x "
          "server_overhead / (1 - interconnect_share), so that a price that is all-in already has a server_overhead of 1 and an "
          "interconnect_share of 0."};
  return kEntry;
}

std::string join(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text.append(i == 0 ? "" : i + 1 == words.size() ? " and " : ", ").append(words[i]);
  return text;
}

/// The numbers of the catalog that a section of a scenario states.
void lay_over(const Spec& own, Spec& spec) {
  const std::string source = own.has(kSource) ? own.text(kSource) : "the scenario";
  for (const Parameter& parameter : spec.entry->parameters) {
    const Parameter* const here = own.entry->find(parameter.name);
    if (here == nullptr) continue;
    const Value& stated = own.value(parameter.name);
    if (!stated.given()) continue;
    Value& value = spec.value(parameter.name);
    value = stated;
    value.provenance = std::make_shared<const core::Provenance>(core::Provenance{0, 0, source, "stated"});
  }
}

core::Time date(const Spec& spec, std::string_view key) { return spec.instant(key, {}); }

}  // namespace

const core::Family& own_accelerator_family() {
  static const core::Entry* const kEntries[] = {&entry()};
  static const core::Family kFamily{.name = "accelerator",
                                    .summary = "Accelerators of a scenario's own.",
                                    .selector = {},
                                    .entries = kEntries,
                                    .preset = "accelerator"};
  return kFamily;
}

OwnAccelerators::OwnAccelerators(const std::vector<Spec>& own, const AcceleratorCatalog* catalog) : catalog_(catalog) {
  for (const Spec& each : own) {
    if (!each.has(kLike)) make(each, of_catalog(each.name));
  }
  for (const Spec& each : own) {
    if (!each.has(kLike)) continue;
    const std::string& like = each.text(kLike);
    const auto known = made_.find(like);
    // Those that are like another are not there yet: one of them is like none of them.
    make(each, like == each.name ? nullptr : known != made_.end() ? &known->second.spec : of_catalog(like));
  }
}

void OwnAccelerators::make(const Spec& own, const Spec* base) {
  Made made{&own, base, {}, true};
  if (base != nullptr) {
    made.spec = *base;
  } else {
    made.spec.entry = accelerator_family().entries.front();
    made.spec.values.assign(made.spec.entry->parameters.size(), Value{});
  }
  made.spec.where = own.where;
  lay_over(own, made.spec);
  Spec& spec = made.spec;
  Value& name = spec.value("name");
  name = {};
  name.data = name.source_text = own.name;
  for (const std::string_view key : kNeeded) made.is_whole = made.is_whole && spec.has(key);
  if (made.is_whole && !spec.has("average_draw")) spec.value("average_draw").data = kAverageDraw;
  // A price is not older than what it is of: a release that is put off takes its price along.
  if (made.is_whole && !own.has("priced") && (!spec.has("priced") || date(spec, "priced") < date(spec, "released"))) {
    spec.value("priced") = spec.value("released");
  }
  made_.insert_or_assign(own.name, std::move(made));
}

void OwnAccelerators::check(const std::string& path, core::Diagnostics& diagnostics) const {
  for (const auto& [name, made] : made_) {
    std::string place = path;
    place.append(1, '.').append(name);
    check_one(made, place, diagnostics);
  }
}

/// What it begins with, and what it lacks without that.
void OwnAccelerators::check_base(const Made& made, const std::string& path, core::Diagnostics& diagnostics) const {
  const Spec& own = *made.own;
  if (own.has(kLike) && made.base == nullptr) {
    const std::string& like = own.text(kLike);
    const auto known = made_.find(like);
    const bool is_like_too = known != made_.end() && known->second.own->has(kLike);
    diagnostics.add({own.value(kLike).where, path + ".like",
                     is_like_too ? core::printable(like) + " is itself like another"
                                 : "there is no accelerator \"" + core::printable(like) + '"',
                     is_like_too ? "numbers come from one that has them" : "neither here nor in the catalog",
                     is_like_too ? "Name that other one." : core::suggest(like, names())});
    return;
  }
  if (made.is_whole) return;
  std::vector<std::string_view> missing;
  for (const std::string_view key : kNeeded) {
    if (!made.spec.has(key)) missing.push_back(key);
  }
  const std::vector<std::string_view> known = catalog_ == nullptr ? std::vector<std::string_view>{} : catalog_->names();
  const std::string_view close = core::nearest(own.name, known);
  diagnostics.add({own.where, path, "it lacks " + join(missing),
                   "the catalog has no \"" + core::printable(own.name) + "\" that would supply the rest",
                   close.empty() ? "State them, or name one that it is like, as in like: H100."
                                 : "Did you mean \"" + std::string(close) +
                                       "\"? Else state them, or write like: " + std::string(close) + '.'});
}

void OwnAccelerators::check_one(const Made& made, const std::string& path, core::Diagnostics& diagnostics) const {
  const Spec& own = *made.own;
  const Spec& spec = made.spec;
  if (own.name.find('+') != std::string::npos) {
    diagnostics.add(
        {own.where, path, "a name holds a +", "H100+1 is the first generation after H100", "Choose another name."});
  }
  check_base(made, path, diagnostics);
  if (!made.is_whole) return;
  // What contradicts itself is told where the scenario states it.
  const auto refuse = [&](std::string_view key, std::string_view other, std::string problem, std::string reason,
                          std::string suggestion) {
    const std::string_view at = own.has(key) ? key : other;
    diagnostics.add({own.has(at) ? own.value(at).where : own.where, path + '.' + std::string(at), std::move(problem),
                     std::move(reason), std::move(suggestion)});
  };
  const core::Time released = date(spec, "released");
  const std::string release = "it is released on " + core::to_date(released);
  if (date(spec, "priced") < released) {
    refuse("priced", "released", "it is priced on " + core::to_date(date(spec, "priced")), release,
           "Leave priced out to count the price from the release.");
  }
  if (spec.has("off_sale") && date(spec, "off_sale") <= released) {
    refuse("off_sale", "released", "it goes off sale on " + core::to_date(date(spec, "off_sale")), release,
           "State a later date.");
  }
  if (spec.has("end_of_life") && date(spec, "end_of_life") <= released) {
    refuse("end_of_life", "released", "its life ends on " + core::to_date(date(spec, "end_of_life")), release,
           "State a later date.");
  }
  if (spec.has("tdp") && spec.number("server_power") < spec.number("tdp")) {
    refuse("server_power", "tdp",
           "its server has a nameplate power of " + spec.shown("server_power") + " per accelerator",
           "the accelerator alone has " + spec.shown("tdp"), "State the power of the server, fans and host included.");
  }
}

const Spec* OwnAccelerators::find(std::string_view name) const {
  const auto found = made_.find(name);
  if (found == made_.end()) return of_catalog(name);
  // What it lacks is told once, by check(); it is no accelerator until then.
  return found->second.is_whole ? &found->second.spec : nullptr;
}

std::vector<std::string_view> OwnAccelerators::names() const {
  std::vector<std::string_view> all = catalog_ == nullptr ? std::vector<std::string_view>{} : catalog_->names();
  for (const auto& [name, made] : made_) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.emplace_back(name);
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool OwnAccelerators::is_stated(std::string_view name, std::string_view key) const {
  const auto found = made_.find(name);
  if (found == made_.end()) return false;
  const Spec& own = *found->second.own;
  if (own.has(key)) return true;
  // The one that it is like is like none.
  return own.has(kLike) && own.text(kLike) != own.name && is_stated(own.text(kLike), key);
}

}  // namespace fleetrace::models
