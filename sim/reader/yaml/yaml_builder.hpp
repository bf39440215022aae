#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/reader/yaml/anchors.hpp"
#include "sim/reader/yaml/node.hpp"
#include "sim/reader/yaml/yaml_text.hpp"

/// Builds the tree from yaml-cpp's events; private to the reader.
namespace fleetrace::reader {

/// Thrown to end the reading of a document whose findings have been reported.
struct StopReading {};

/// Takes one document. An alias becomes a copy of the value that it stands for; the limits hold before anything beyond them is
/// copied or stored.
class YamlBuilder : public YAML::EventHandler {
 public:
  /// `text` is valid UTF-8 without a byte order mark.
  YamlBuilder(std::string_view text, std::string file);

  [[nodiscard]] Node take_root() { return std::move(root_); }
  /// What stands before the place where reading ended, without the innermost list or mapping that was still open.
  [[nodiscard]] Node take_readable();
  /// What was complained about. Brackets without an end look like lists as keys: those findings count only where the
  /// document was `complete`.
  void report(bool complete, core::Diagnostics& diagnostics) const;
  /// The innermost list or mapping that is still open; nullptr where there is none.
  [[nodiscard]] const Node* innermost() const { return open_.empty() ? nullptr : open_.back().node; }
  [[nodiscard]] core::Location place(const YAML::Mark& mark);
  /// The text from that place on; empty beyond the end.
  [[nodiscard]] std::string_view text_at(const YAML::Mark& mark) const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  struct Open {
    Node* node;
    bool expects_key;
    std::map<std::string, int, std::less<>> lines;  // of the keys so far
    std::vector<std::size_t> dropped;               // members that were complained about
    YAML::Mark mark;
    YAML::anchor_t anchor;
  };

  struct Finding {
    core::Diagnostic diagnostic;
    bool about_key = false;
  };

  void complain(const YAML::Mark& mark, std::string problem, std::string reason, std::string suggestion,
                bool about_key = false);
  [[noreturn]] void stop(const YAML::Mark& mark, std::string problem, std::string reason, std::string suggestion);
  void check_tag(const YAML::Mark& mark, const std::string& tag);
  void check_scalar(const YAML::Mark& mark, const std::string& value);
  [[nodiscard]] std::string path() const;
  [[nodiscard]] bool expects_key() const { return !open_.empty() && open_.back().expects_key; }
  void add_member(const YAML::Mark& mark, std::string key, bool dropped);
  void add_key(const YAML::Mark& mark, const std::string& key, bool quoted);
  void refuse_key(const YAML::Mark& mark, const char* what);
  Node& add_value(const YAML::Mark& mark);
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind);
  void close();
  /// Keeps a value that is whole for the aliases to come, if it has an anchor.
  void keep(const YAML::Mark& mark, YAML::anchor_t anchor, const Node& value);
  /// Takes the last value of the innermost open node away again.
  void drop_last();

  core::FileName file_;
  std::vector<Finding> findings_;
  std::string_view text_;
  ColumnCounter columns_;
  Node root_;
  // An open node is the last of its parent, which grows again only after it closes: the pointers stay valid.
  std::vector<Open> open_;
  std::vector<std::unique_ptr<Node>> refused_keys_;
  Anchors anchors_;
  std::size_t nodes_ = 0;
  int last_tag_ = -1;
  bool started_ = false;
};

}  // namespace fleetrace::reader
