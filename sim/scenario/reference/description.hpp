#pragma once

#include <string>
#include <string_view>

#include "fleetrace/core/parameter.hpp"
#include "sim/scenario/reference/entries_words.hpp"

/// Keys of a scenario file in sentences.
namespace fleetrace::scenario {

/// The words as a sentence: they begin with a capital letter and end with a full stop. No words make no sentence.
[[nodiscard]] std::string sentence(std::string_view words);

/// What may be written under a key, and what holds if nothing is: "Duration (s, min, h); above 0 s. Default: 3 months." The
/// words of a default are parted by `space`, so that a line need not break inside it.
[[nodiscard]] std::string value_sentences(const Key& key, std::string_view space = " ");

/// What a parameter means, what may be written, and the source of its default: a line each.
[[nodiscard]] std::string description(const core::Parameter& parameter);

}  // namespace fleetrace::scenario
