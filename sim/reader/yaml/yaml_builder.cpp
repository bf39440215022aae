#include "sim/reader/yaml/yaml_builder.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/text/utf8.hpp"
#include "sim/reader/yaml/yaml_limits.hpp"

namespace fleetrace::reader {
namespace {

constexpr const char* kWriteOut = "Write the value out where it is needed.";

// yaml-cpp takes the end of the file for a closing quote.
bool is_closed(std::string_view quoted) {
  const char quote = quoted[0];
  for (std::size_t i = 1; i < quoted.size(); ++i) {
    if (quote == '"' && quoted[i] == '\\') {
      ++i;
    } else if (quoted[i] == quote) {
      if (quote == '"' || quoted.substr(i + 1, 1) != "'") return true;
      ++i;
    }
  }
  return false;
}

std::string tag_name(const std::string& tag, std::string_view text) {
  constexpr std::string_view kStandard = "tag:yaml.org,2002:";
  if (tag.compare(0, kStandard.size(), kStandard) == 0) return first_word("!!" + tag.substr(kStandard.size()));
  return first_word(tag.size() > 1 ? std::string_view(tag) : text);
}

}  // namespace

YamlBuilder::YamlBuilder(std::string_view text, std::string file)
    : file_(std::move(file)), text_(text), columns_(text) {}

void YamlBuilder::report(bool complete, core::Diagnostics& diagnostics) const {
  for (const Finding& finding : findings_) {
    if (complete || !finding.about_key) diagnostics.add(finding.diagnostic);
  }
}

core::Location YamlBuilder::place(const YAML::Mark& mark) {
  if (mark.is_null()) return {file_, 1, 1};
  const auto offset = static_cast<std::size_t>(mark.pos);
  return {file_, mark.line + 1, columns_.column(offset, offset - static_cast<std::size_t>(mark.column))};
}

std::string_view YamlBuilder::text_at(const YAML::Mark& mark) const {
  return mark.is_null() ? std::string_view{} : text_.substr(std::min(static_cast<std::size_t>(mark.pos), text_.size()));
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (std::exchange(started_, true)) {
    const std::string_view text = text_at(mark);
    if (text.substr(0, 3) == "---") {
      stop(mark, "a second document", "a file holds one", "Remove everything from this \"---\" on.");
    }
    stop(mark, "unexpected \"" + first_word(text) + '"', "the document ends before it",
         "Check the indentation, the quotes and the commas.");
  }
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  // A tag without a value comes as a null that does not mention it.
  check_tag(mark, text_at(mark).substr(0, 1) == "!" ? "!" : "?");
  if (expects_key()) return refuse_key(mark, "an empty key");
  // The event stands at whatever follows an empty value; its key says better where it is.
  const bool after_key = !open_.empty() && open_.back().node->kind == Node::Kind::mapping;
  Node& node = add_value(mark);
  if (after_key && open_.back().node->members.back().where.line != node.where.line) {
    node.where = open_.back().node->members.back().where;
  }
  keep(mark, anchor, node);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::string alias = "alias \"" + first_word(text_at(mark)) + '"';
  if (expects_key()) {
    complain(mark, alias + " as a key", "keys are written out", "Write the key.");
    return add_member(mark, {}, true);
  }
  const Anchors::Anchored* known = anchors_.find(anchor);
  if (known == nullptr) {
    complain(mark, alias, "it stands within what it stands for, which would have no end", kWriteOut);
    add_value(mark);
    return;
  }
  if (open_.size() + known->size.depth > kMostDepth)
    stop(mark, "nested too deeply", "the limit is 32 levels", "Make the nesting flatter.");
  if (nodes_ + known->size.nodes > kMostNodes)
    stop(mark, "too many values", "the limit is 100000, keys and what aliases stand for included",
         "Split the scenario.");
  if (!anchors_.count_copy(*known))
    stop(mark, "too much text", "the limit is 8 MiB, what aliases stand for included", "Split the scenario.");
  nodes_ += known->size.nodes - 1;
  Node& node = add_value(mark);
  node = placed_at(known->value, node.where);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  check_tag(mark, tag);
  check_scalar(mark, value);
  const bool quoted = tag == "!";
  if (expects_key()) return add_key(mark, value, quoted);
  Node& node = add_value(mark);
  node.kind = Node::Kind::scalar;
  node.scalar = value;
  node.quoted = quoted;
  keep(mark, anchor, node);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value /*style*/) {
  open(mark, tag, anchor, Node::Kind::sequence);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value /*style*/) {
  open(mark, tag, anchor, Node::Kind::mapping);
}

void YamlBuilder::OnMapEnd() {
  auto& members = open_.back().node->members;
  auto& dropped = open_.back().dropped;
  // From the back, so that the places of those before stay right.
  while (!dropped.empty()) {
    members.erase(members.begin() + static_cast<std::ptrdiff_t>(dropped.back()));
    dropped.pop_back();
  }
  close();
}

void YamlBuilder::close() {
  const Open& top = open_.back();
  keep(top.mark, top.anchor, *top.node);
  open_.pop_back();
}

void YamlBuilder::keep(const YAML::Mark& mark, YAML::anchor_t anchor, const Node& value) {
  if (anchor == YAML::NullAnchor || anchors_.keep(anchor, value)) return;
  stop(mark, "too many values", "the limit is 100000 in all that has anchors", kWriteOut);
}

void YamlBuilder::drop_last() {
  Open& top = open_.back();
  std::vector<Member>& members = top.node->members;
  if (top.node->kind == Node::Kind::sequence) {
    if (!top.node->items.empty()) top.node->items.pop_back();
  } else if (!members.empty()) {
    if (!top.dropped.empty() && top.dropped.back() + 1 == members.size()) top.dropped.pop_back();
    members.pop_back();
  }
}

Node YamlBuilder::take_readable() {
  if (open_.empty() || !refused_keys_.empty()) return {};
  // Of the innermost node nobody knows where it ends; of the outermost, what is whole is kept.
  if (open_.size() > 1) open_.pop_back();
  drop_last();
  while (!open_.empty()) {
    if (open_.back().node->kind == Node::Kind::mapping) {
      OnMapEnd();
    } else {
      OnSequenceEnd();
    }
  }
  return std::move(root_);
}

void YamlBuilder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
  check_tag(mark, tag);
  if (open_.size() >= kMostDepth)
    stop(mark, "nested too deeply", "the limit is 32 levels", "Make the nesting flatter.");
  Node* node = nullptr;
  if (expects_key()) {
    refuse_key(mark, kind == Node::Kind::mapping ? "a mapping as a key" : "a list as a key");
    node = refused_keys_.emplace_back(std::make_unique<Node>()).get();
    node->where = place(mark);
  } else {
    node = &add_value(mark);
  }
  node->kind = kind;
  open_.push_back({node, kind == Node::Kind::mapping, {}, {}, mark, anchor});
}

Node& YamlBuilder::add_value(const YAML::Mark& mark) {
  if (++nodes_ > kMostNodes) stop(mark, "too many values", "the limit is 100000, keys included", "Split the scenario.");
  Node* node = &root_;
  if (!open_.empty() && open_.back().node->kind == Node::Kind::sequence) {
    node = &open_.back().node->items.emplace_back();
  } else if (!open_.empty()) {
    node = &open_.back().node->members.back().value;
    open_.back().expects_key = true;
  }
  node->where = place(mark);
  return *node;
}

void YamlBuilder::add_member(const YAML::Mark& mark, std::string key, bool dropped) {
  if (++nodes_ > kMostNodes) stop(mark, "too many values", "the limit is 100000, keys included", "Split the scenario.");
  Open& top = open_.back();
  if (top.node->members.size() >= kMostKeys)
    stop(mark, "too many keys", "the limit is 10000 in one mapping", "Split the mapping.");
  if (dropped) top.dropped.push_back(top.node->members.size());
  Member& member = top.node->members.emplace_back();
  member.key = std::move(key);
  member.where = place(mark);
  top.expects_key = false;
}

void YamlBuilder::add_key(const YAML::Mark& mark, const std::string& key, bool quoted) {
  if (key == "<<" && !quoted) {
    complain(mark, "merge key \"<<\"", "merge keys are not accepted", "Write the keys out.");
    return add_member(mark, key, true);
  }
  const auto [first, is_new] = open_.back().lines.emplace(key, mark.line + 1);
  if (!is_new) {
    complain(mark, "duplicate key \"" + first_word(key) + '"', "first on line " + std::to_string(first->second),
             "Keep one of the two.");
  }
  add_member(mark, key, !is_new);
}

void YamlBuilder::refuse_key(const YAML::Mark& mark, const char* what) {
  complain(mark, what, "keys are plain texts",
           "Write \"key: value\", or put texts with \"{\", \"[\" or \"?\" in quotes.", true);
  add_member(mark, {}, true);
}

void YamlBuilder::check_tag(const YAML::Mark& mark, const std::string& tag) {
  // Untagged nodes have the tag "?", quoted and block texts "!" as has a lone exclamation mark.
  if (tag.empty() || tag == "?" || mark.pos == last_tag_) return;
  const std::string_view text = text_at(mark);
  if (tag == "!" && text.substr(0, 1) != "!") return;
  last_tag_ = mark.pos;
  complain(mark, "tag \"" + tag_name(tag, text) + '"', "tags are not accepted",
           "Remove it: the key decides what its value is.");
}

void YamlBuilder::check_scalar(const YAML::Mark& mark, const std::string& value) {
  if (value.size() > kMostScalarBytes) stop(mark, "text longer than 64 KiB", "that is the limit", "Shorten it.");
  const std::string_view text = text_at(mark);
  const char first = text.empty() ? ' ' : text[0];
  if ((first == '"' || first == '\'') && !is_closed(text)) {
    stop(mark, "quote that is never closed", "the text goes on to the end of the file",
         std::string("Close it with ") + first + '.');
  }
  // Escapes such as "\0" and "\e" bring in what the file itself may not hold.
  for (std::size_t i = 0; i < value.size();) {
    const core::Character character = core::character_at(value, i);
    if (!character.valid || !is_printable(character.code)) {
      return complain(mark, "text with an invisible character", "an escape stands for it", "Remove the escape.");
    }
    i += character.length;
  }
}

std::string YamlBuilder::path() const {
  std::string path;
  for (const Open& level : open_) {
    // What is complained about has not been added yet, but what it stands in has.
    const bool innermost = &level == &open_.back();
    if (level.node->kind == Node::Kind::sequence) {
      if (!path.empty()) path += '.';
      path += std::to_string(level.node->items.size() - (innermost ? 0 : 1));
    } else if (!innermost || !level.expects_key) {
      if (!path.empty()) path += '.';
      const std::string& key = level.node->members.back().key;
      path += key.empty() ? "?" : first_word(key);
    }
  }
  return path;
}

void YamlBuilder::complain(const YAML::Mark& mark, std::string problem, std::string reason, std::string suggestion,
                           bool about_key) {
  if (findings_.size() >= kMostFindings)
    stop(mark, "more than 100 problems", "reading stops here", "Mend those above first.");
  findings_.push_back({{place(mark), path(), std::move(problem), std::move(reason), std::move(suggestion)}, about_key});
}

void YamlBuilder::stop(const YAML::Mark& mark, std::string problem, std::string reason, std::string suggestion) {
  findings_.push_back({{place(mark), path(), std::move(problem), std::move(reason), std::move(suggestion)}, false});
  throw StopReading{};
}

}  // namespace fleetrace::reader
