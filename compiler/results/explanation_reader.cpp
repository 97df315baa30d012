#include "compiler/results/explanation_reader.h"

#include <filesystem>

namespace xize::results {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// One line without comments; blanks between Chinese lines are kept as one.
std::string on_one_line(std::string_view text) {
  std::string out;
  bool in_comment = false;
  bool gap = true;
  for (const char c : text) {
    if (c == '\n') in_comment = false;
    if (c == '#' && gap) in_comment = true;
    if (in_comment) continue;
    if (is_blank(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

// The scoring entries directly in a node, in order.
const std::vector<ast::EntryId>& entries_of(const sema::Model& model, const sema::Node& node) {
  return model.entry_as<ast::Node>(node.entry).entries;
}

// An imported file as it is spoken of: `通用.xize`, `标准库/等次`.
std::string import_name(const source::File& part) {
  const std::filesystem::path path(part.path());
  return path.has_extension() ? path.filename().string() : part.path();
}

bool within(ast::Span inner, ast::Span outer) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

}  // namespace

std::optional<value::Value> ExplanationReader::value(program::OpId op) const {
  if (!op.valid() || !scoring_.outcome.has(op, row_)) return std::nullopt;
  return scoring_.outcome.value(op, row_);
}

Mark ExplanationReader::mark(program::OpId op) const {
  const std::optional<value::Value> found = value(op);
  return found ? mark_of(*found) : Mark{};
}

bool ExplanationReader::holds(program::OpId op) const {
  const std::optional<value::Value> found = value(op);
  const bool* yes = found ? std::get_if<bool>(&*found) : nullptr;
  return yes != nullptr && *yes;
}

std::optional<std::int64_t> ExplanationReader::whole(program::OpId op) const {
  const Mark found = mark(op);
  if (found.state != MarkState::Score) return std::nullopt;
  return found.value.to_int64();
}

std::optional<FaultNote> ExplanationReader::fault(program::OpId op,
                                                  program::Origin fallback) const {
  const std::optional<value::Value> found = value(op);
  const auto* fault = found ? std::get_if<value::Fault>(&*found) : nullptr;
  if (fault == nullptr) return std::nullopt;
  FaultNote note;
  note.kind = fault->kind;
  note.place = head(fallback);
  if (fault->op >= program().ops.size()) return note;
  const program::Op& raised = program().ops[program::OpId(fault->op)];
  if (raised.origin.valid()) note.place = head(raised.origin);
  if (raised.code == program::Opcode::column) note.name = cell_name(raised, {});
  return note;
}

const lower::Place* ExplanationReader::place(program::Origin origin) const {
  return origin.valid() ? &scoring_.lowered.places[origin.index] : nullptr;
}

std::string ExplanationReader::text(ast::Span span) const {
  return on_one_line(compilation_.file().slice(span));
}

Written ExplanationReader::written(ast::Span span) const {
  if (span.begin == span.end) return {};
  const source::File& file = compilation_.file();
  const source::File* part = file.locate(span).file;
  return {text(span), file.line_column(span.begin).line, part == &file ? "" : import_name(*part)};
}

Written ExplanationReader::said(std::string text, ast::Span span) const {
  Written found = written(span);
  found.text = std::move(text);
  return found;
}

Written ExplanationReader::head(ast::Span span) const {
  const std::string_view all = compilation_.file().slice(span);
  const auto brace = all.find('{');
  if (brace == std::string_view::npos) return written(span);
  return written({span.begin, span.begin + static_cast<std::uint32_t>(brace)});
}

Written ExplanationReader::written(program::Origin origin) const {
  const lower::Place* found = place(origin);
  return found == nullptr ? Written{} : written(found->span);
}

Written ExplanationReader::head(program::Origin origin) const {
  const lower::Place* found = place(origin);
  return found == nullptr ? Written{} : head(found->span);
}

sema::NodeId ExplanationReader::home(const lower::Place& place) const {
  sema::NodeId innermost;
  for (std::size_t i = 0; i < model().nodes.size(); ++i) {
    const sema::NodeId id(i);
    // A parent stands before its children.
    if (within(place.span, model().entry(model().nodes[id].entry).span)) innermost = id;
  }
  return innermost.valid() ? innermost : place.node;
}

Written ExplanationReader::quote(const lower::Place& place) const {
  const sema::NodeId id = home(place);
  if (!id.valid()) return {};
  const auto& quotes = model().nodes[id].quotes;
  ast::EntryId nearest;
  for (const ast::EntryId quote : quotes) {
    if (!nearest.valid() || model().entry(quote).span.begin < place.span.begin) nearest = quote;
  }
  if (!nearest.valid()) return {};
  return said(model().entry_as<ast::Quote>(nearest).text, model().entry(nearest).span);
}

Written ExplanationReader::quotes(const lower::Place& place) const {
  Written all;
  const sema::NodeId id = home(place);
  if (!id.valid()) return all;
  for (const ast::EntryId quote : model().nodes[id].quotes) {
    const ast::Span span = model().entry(quote).span;
    if (all.present() && span.begin > place.span.begin) break;
    const std::string& text = model().entry_as<ast::Quote>(quote).text;
    if (!all.present()) all = said({}, span);
    all.text += text;
  }
  return all;
}

std::vector<Written> ExplanationReader::criteria(const lower::Place& place) const {
  std::vector<Written> found;
  const sema::NodeId id = home(place);
  if (!id.valid()) return found;
  for (const ast::EntryId entry : model().nodes[id].criteria) {
    const std::string& text = model().entry_as<ast::Criterion>(entry).text;
    found.push_back(said(text, model().entry(entry).span));
  }
  return found;
}

std::vector<Written> ExplanationReader::assumed(const lower::Place& place) const {
  std::vector<Written> found;
  const sema::NodeId id = home(place);
  if (!id.valid()) return found;
  bool below = false;
  for (const ast::EntryId entry : entries_of(model(), model().nodes[id])) {
    const ast::Span span = model().entry(entry).span;
    const auto* assume = std::get_if<ast::Assume>(&model().entry(entry).node);
    if (below && assume == nullptr) break;
    if (below) found.push_back(said(assume->text, span));
    if (within(place.span, span)) below = true;
  }
  return found;
}

std::optional<Verdict> ExplanationReader::verdict(
    const std::vector<program::Decision>& decisions) const {
  for (const program::Decision& decision : decisions) {
    if (decision.kind == program::DecisionKind::NotApplicable) continue;
    const std::optional<value::Value> condition = value(decision.condition);
    // Behind a guard that could not be computed none decides.
    if (!condition || std::holds_alternative<value::Fault>(*condition)) break;
    if (!holds(decision.condition)) continue;
    Verdict verdict;
    verdict.kind = decision.kind;
    verdict.guard = head(decision.origin);
    if (const lower::Place* at = place(decision.origin)) {
      verdict.quote = quote(*at);
      verdict.assumed = assumed(*at);
    }
    return verdict;
  }
  return std::nullopt;
}

std::vector<Reading> ExplanationReader::readings(const std::vector<program::OpId>& ops,
                                                 sema::NodeId node) const {
  std::vector<Reading> found;
  for (const program::OpId op : ops) {
    Reading one = reading(op, node);
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&](const Reading& r) { return r.name == one.name; });
    if (!one.name.empty() && !known) found.push_back(std::move(one));
  }
  return found;
}

std::vector<ReportNote> ExplanationReader::reports(const program::Rubric& rubric,
                                                   program::NodeId node) const {
  std::vector<ReportNote> found;
  for (const program::Report& one : rubric.reports) {
    if (one.node == node && value(one.value)) found.push_back(report(one));
  }
  return found;
}

ReportNote ExplanationReader::report(const program::Report& report) const {
  const lower::Place& at = *place(report.origin);
  const auto& written = model().entry_as<ast::Report>(at.entry);
  ReportNote note;
  note.result = {report.name, datum_of(model(), program(), *value(report.value),
                                       model().type(written.value))};
  note.quote = quote(at);
  note.inputs = readings(report.inputs, home(at));
  return note;
}

std::vector<OpenNote> ExplanationReader::open(const sema::Node& node) const {
  std::vector<OpenNote> notes;
  for (const ast::EntryId entry : node.unspecified) {
    const auto& open = model().entry_as<ast::Unspecified>(entry);
    notes.push_back({said(open.text, model().entry(entry).span), open.accepted});
  }
  if (node.points_kind == ast::PointsKind::Unspecified) {
    const auto& entry = model().entry_as<ast::Node>(node.entry);
    notes.push_back({said(entry.points_text, entry.head), {}});
  }
  return notes;
}

std::optional<GradeNote> ExplanationReader::grade(
    const std::optional<program::GradeScheme>& scheme) const {
  if (!scheme) return std::nullopt;
  const auto label = [&](std::optional<std::int64_t> index) -> std::string {
    const auto count = static_cast<std::int64_t>(scheme->labels.size());
    if (!index || *index < 0 || *index >= count) return {};
    return scheme->labels[static_cast<std::size_t>(*index)];
  };
  GradeNote note;
  note.grade = label(whole(scheme->grade));
  note.by_row = label(whole(scheme->before_rules));
  note.fault = fault(scheme->grade, {});
  for (const program::RowHit& row : scheme->rows) {
    if (!note.by_row.empty() && holds(row.chosen)) note.row = written(row.origin);
    if (note.grade.empty() && is_open_row(row)) note.open.push_back(written(row.origin));
  }
  if (note.grade.empty()) return note;
  // Rules that hold and change nothing are not the reason.
  std::string before = note.by_row;
  for (const program::Decision& rule : scheme->rules) {
    const std::string after = label(whole(rule.outcome));
    if (!holds(rule.condition) || after == before) continue;
    note.rules.emplace_back(written(rule.origin), after);
    before = after;
  }
  return note;
}

bool ExplanationReader::is_open_row(const program::RowHit& row) const {
  const lower::Place* at = place(row.origin);
  if (at == nullptr || !at->entry.valid()) return false;
  for (const ast::GradeRow& written : model().entry_as<ast::Grade>(at->entry).rows) {
    if (written.span == at->span) return written.unspecified;
  }
  return false;
}

sema::NodeId ExplanationReader::model_node(program::Origin origin) const {
  const lower::Place* at = place(origin);
  return at == nullptr ? sema::NodeId{} : at->node;
}

sema::ColumnId ExplanationReader::unit_column(std::uint32_t index) const {
  for (const sema::ColumnId id : model().unit_table().columns) {
    if (scoring_.lowered.columns[id.index] == index) return id;
  }
  return {};
}

}  // namespace xize::results
