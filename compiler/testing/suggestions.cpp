#include "compiler/testing/suggestions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/format/format.h"
#include "compiler/testing/examples.h"

namespace xize::testing {
namespace {

const char* confirm(ast::Surface surface) {
  return surface == ast::Surface::Chinese ? "待确认" : "to be confirmed";
}

// A name in backticks, each part of it; `fmt` takes off those that are not needed.
std::string quoted_name(const std::string& name) {
  std::string out;
  std::size_t from = 0;
  while (from <= name.size()) {
    const std::size_t dot = std::min(name.find('.', from), name.size());
    out += (out.empty() ? "`" : ".`") + name.substr(from, dot - from) + "`";
    from = dot + 1;
  }
  return out;
}

// Writes examples as blocks in Chinese words; `fmt` turns them into the policy's surface.
class Writer {
 public:
  Writer(const driver::Compilation& compilation, const driver::Scoring& scoring)
      : model_(compilation.model()), scoring_(scoring), program_(scoring.lowered.program),
        surface_(compilation.module().surface) {
    for (const auto& test : model_.tests) {
      titles_.insert(model_.entry_as<ast::Test>(test.entry).title);
    }
  }

  std::string block(const Example& example) {
    const program::Node& node = program_.nodes[example.node];
    std::string text = "算例 “" + title(example) + "”";
    if (model_.rubrics.size() > 1) text += " 适用 " + quoted_name(example.unit);
    text += " {\n";
    std::string given;
    for (const auto& [column, value] : example.cells) {
      if (std::holds_alternative<value::Missing>(value)) continue;
      if (std::holds_alternative<value::Pending>(value)) continue;
      const auto& schema = program_.schema.units.columns[column];
      given += (given.empty() ? "" : "、") + quoted_name(schema.name) + " = " +
               literal(column_of(sema::kUnitTable, column), value);
    }
    if (!given.empty()) text += "已知 " + given + "\n";
    if (example.record) text += records(example);
    const auto* number = std::get_if<value::Rational>(&example.score);
    std::string score = number == nullptr ? "不涉及" : number->to_string();
    if (number != nullptr && score.find('/') == std::string::npos) score += " 分";
    text += "应得 " + path(node, example.node) + " = " + score + "  # " + confirm(surface_) + "\n}\n";
    return text;
  }

 private:
  [[nodiscard]] std::string records(const Example& example) const {
    const table::TableSchema& schema = program_.schema.records[*example.record];
    std::string text = "已知 1 条 " + quoted_name(schema.name);
    const sema::TableId table(*example.record + 1u);
    bool first = true;
    for (const auto& [column, value] : example.record_cells) {
      text += first ? "，其中 " : " 且 ";
      text += quoted_name(schema.columns[column].name) + " = " +
              literal(column_of(table, column), value);
      first = false;
    }
    return text + "\n";
  }

  // The item's name, with those above it where others have the same.
  [[nodiscard]] std::string path(const program::Node& node, program::NodeId id) const {
    const auto same = [&](const program::Node& other) {
      return other.rubric == node.rubric && other.name == node.name;
    };
    std::size_t count = 0;
    for (std::size_t i = 0; i < program_.nodes.size(); ++i) {
      count += same(program_.nodes[program::NodeId(i)]) ? 1 : 0;
    }
    std::string text = quoted_name(node.name);
    const program::NodeId parent = program_.nodes[id].parent;
    if (count > 1 && parent.valid()) text = path(program_.nodes[parent], parent) + "." + text;
    return text;
  }

  [[nodiscard]] sema::ColumnId column_of(sema::TableId table, std::uint32_t index) const {
    for (std::size_t c = 0; c < model_.columns.size(); ++c) {
      const bool here = model_.columns[sema::ColumnId(c)].table == table;
      if (here && scoring_.lowered.columns[c] == index) return sema::ColumnId(c);
    }
    return {};
  }

  [[nodiscard]] std::string literal(sema::ColumnId column, const value::Value& value) const {
    const results::ExplanationStyle exact{results::Language::Chinese, true, false, false};
    if (!column.valid()) return results::print_datum(results::datum_of(program_, value), exact);
    const results::Datum datum =
        results::datum_of(program_, value, model_.columns[column]);
    std::string text = results::print_datum(datum, exact);
    return datum.kind == results::DatumKind::Text && std::holds_alternative<value::Text>(value)
               ? "“" + text + "”"
               : text;
  }

  // The table, and what is true of the record.
  [[nodiscard]] std::string records_title(const Example& example) const {
    const table::TableSchema& schema = program_.schema.records[*example.record];
    std::string text = schema.name;
    for (const auto& [column, value] : example.record_cells) {
      if (value == value::Value(true)) text += "，" + schema.columns[column].name;
    }
    return text;
  }

  std::string title(const Example& example) {
    const program::Node& node = program_.nodes[example.node];
    std::string text = node.name;
    for (const auto& [column, value] : example.cells) {
      if (column != example.column) continue;
      const std::string& name = program_.schema.units.columns[column].name;
      const std::size_t dot = name.rfind('.');
      text += "：" + (dot == std::string::npos ? name : name.substr(dot + 1)) + " " +
              results::print_datum(
                  results::datum_of(program_, value,
                                    model_.columns[column_of(sema::kUnitTable, column)]),
                  {results::Language::Chinese});
    }
    if (example.record) text += "：1 条" + records_title(example);
    switch (example.where) {
      case Where::Before: text += "，差一步到分界"; break;
      case Where::At: text += "，恰在分界"; break;
      case Where::Behind: text += "，刚过分界"; break;
      case Where::Inside: break;
    }
    std::string unique = text;
    for (int n = 2; !titles_.insert(unique).second; ++n) {
      unique = fmt::format("{}（{}）", text, n);
    }
    return unique;
  }

  const sema::Model& model_;
  const driver::Scoring& scoring_;
  const program::Program& program_;
  ast::Surface surface_;
  std::set<std::string> titles_;
};

// The text of the policy's own file, without what it imports.
std::string own_text(const driver::Compilation& policy) {
  auto loaded = source::load(policy.file().path());
  const auto* file = std::get_if<source::File>(&loaded);
  return std::string(file == nullptr ? policy.file().text() : file->text());
}

// Blocks behind a policy, and where each of them begins.
struct Trial {
  std::unique_ptr<driver::Compilation> compilation;
  std::vector<std::uint32_t> begins;
};

Trial compile_with(const driver::Compilation& policy, const std::vector<std::string>& blocks,
                   diagnostics::Sink& sink) {
  Trial trial;
  std::string text = own_text(policy) + "\n";
  for (const std::string& block : blocks) {
    trial.begins.push_back(static_cast<std::uint32_t>(text.size()));
    text += block;
  }
  trial.compilation = driver::compile(source::File(policy.file().path(), text), sink);
  return trial;
}

// Takes out the blocks that the compiler finds fault with; false if there is none.
bool drop_unsound(const Trial& trial, const diagnostics::Sink& sink,
                  std::vector<std::string>& blocks) {
  std::set<std::size_t> wrong;
  for (const diagnostics::Diagnostic& finding : sink.findings()) {
    const auto* at = std::get_if<diagnostics::InSource>(&finding.where);
    if (finding.severity != diagnostics::Severity::Error || at == nullptr) continue;
    const auto next = std::upper_bound(trial.begins.begin(), trial.begins.end(), at->span.begin);
    if (next != trial.begins.begin()) {
      wrong.insert(static_cast<std::size_t>(next - trial.begins.begin()) - 1);
    }
  }
  for (auto at = wrong.rbegin(); at != wrong.rend(); ++at) {
    blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(*at));
  }
  return !wrong.empty();
}

// As `fmt` would print them, in the policy's surface.
std::string formatted(const driver::Compilation& policy, const std::vector<std::string>& blocks) {
  std::string text;
  for (const std::string& block : blocks) text += (text.empty() ? "" : "\n") + block;
  diagnostics::Sink ignored;
  const auto tests = driver::read(source::File(policy.file().path(), text), ignored);
  return format::to_text(tests->module(), tests->file(), {policy.module().surface});
}

}  // namespace

Suggestions suggest_tests(const driver::Compilation& compilation) {
  ExampleFinder finder(compilation);
  const std::vector<Example> examples = finder.run();
  Writer writer(compilation, finder.scoring());
  std::vector<std::string> blocks;
  for (const Example& example : examples) blocks.push_back(writer.block(example));

  Trial trial;
  for (bool sound = false; !sound;) {
    diagnostics::Sink sink;
    trial = compile_with(compilation, blocks, sink);
    sound = trial.compilation->sound() || !drop_unsound(trial, sink, blocks);
  }
  Suggestions suggestions;
  if (!trial.compilation->sound()) return suggestions;
  const PolicyResult result = run_tests(*trial.compilation, "");
  const std::size_t known = result.tests.size() - blocks.size();
  std::vector<std::string> passing;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (result.tests[known + i].state == TestState::Passed) passing.push_back(blocks[i]);
  }
  suggestions.count = passing.size();
  if (!passing.empty()) suggestions.text = formatted(compilation, passing);
  for (const CoverPoint& point : result.coverage) {
    if (point.hits == 0) suggestions.open.push_back(point);
  }
  return suggestions;
}

}  // namespace xize::testing
