#include "compiler/driver/emit.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/driver/parameters.h"
#include "compiler/driver/refusal_words.h"
#include "compiler/driver/scoring.h"
#include "compiler/sql/unit_view.h"

namespace xize::driver {
namespace {

namespace kinds = diagnostics::kinds;
using program::NodeId;

// The lines of a text, as they are.
void add_lines(const std::string& text, std::vector<std::string>& lines) {
  std::string line;
  for (const char c : text + "\n") {
    if (c != '\n' && c != '\r') {
      line.push_back(c);
    } else if (!line.empty()) {
      lines.push_back(std::move(line));
      line.clear();
    }
  }
}

// What one place of the policy keeps out of the views.
struct LeftOut {
  source::Span cause;
  diagnostics::List columns;
  sql::Reason reason = sql::Reason::Operation;
};

// Makes the views of one policy.
class Emitter {
 public:
  Emitter(const Compilation& compilation, const EmitRequest& request, diagnostics::Sink& sink)
      : compilation_(compilation),
        request_(request),
        sink_(sink),
        lowered_(lower::to_program(compilation.model(), {request.unspecified, false})),
        chinese_(compilation.module().surface == ast::Surface::Chinese) {
    tables_.insert(lowered_.program.schema.units.name);
    for (const auto& table : lowered_.program.schema.records) tables_.insert(table.name);
    const auto& nodes = lowered_.nodes;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i].valid()) written_[nodes[i]] = sema::NodeId(i);
    }
  }

  std::optional<std::string> run() {
    if (!read_parameters(lowered_.program, request_.parameters, parameters_, sink_)) {
      return std::nullopt;
    }
    std::string text;
    std::size_t longest = 0;
    for (std::uint32_t i = 0; i < lowered_.program.rubrics.size(); ++i) {
      const auto view = emit(i);
      if (!view) continue;
      longest = std::max(longest, view->size());
      text += (text.empty() ? "" : "\n") + *view;
    }
    report_left_out();
    if (text.empty()) return std::nullopt;
    const sql::Dialect& dialect = *sql::find_dialect(request_.dialect);
    if (dialect.statement_bytes_max == 0 || longest < dialect.statement_bytes_max) return text;
    return sql::fill(dialect.longer_statements, {std::to_string(longest * 2)}) + "\n\n" + text;
  }

 private:
  [[nodiscard]] std::string say(const char* english, const char* chinese) const {
    return chinese_ ? chinese : english;
  }

  // Empty after reporting that nothing of the rubric can be said.
  std::optional<std::string> emit(std::uint32_t index) {
    const program::Rubric& rubric = lowered_.program.rubrics[index];
    const auto& aliases = compilation_.model().aliases;
    const std::map<std::string, std::string> sorted(aliases.begin(), aliases.end());
    const sql::Setting setting{
        lowered_.program, parameters_, calendar(), {sorted.begin(), sorted.end()}};
    const sql::UnitView view = view_of(index);
    auto made = sql::emit_view(*sql::find_dialect(request_.dialect), setting, view);
    const auto* emptied = std::get_if<sql::EmittedView>(&made);
    if (emptied != nullptr && !view.columns.empty() &&
        emptied->left_out.size() == view.columns.size()) {
      const sql::Refusal first = emptied->left_out.front().second;
      made = first;
    }
    if (const auto* refusal = std::get_if<sql::Refusal>(&made)) {
      sink_.report_at<kinds::EmitRefused>(place(cause_of(*refusal, rubric.origin)), rubric.name,
                                          request_.dialect, words(refusal->reason));
      return std::nullopt;
    }
    auto& emitted = std::get<sql::EmittedView>(made);
    for (const auto& [column, refusal] : emitted.left_out) {
      const sql::ViewColumn& wanted = view.columns[column];
      const program::Origin written = wanted.origin.valid() ? wanted.origin : rubric.origin;
      const source::Span cause = lowered_.places[cause_of(refusal, written).index].span;
      LeftOut& left_out =
          left_out_.try_emplace({cause.begin, cause.end}, LeftOut{cause, {}, refusal.reason})
              .first->second;
      left_out.columns.value.push_back(wanted.name);
    }
    return emitted.sql;
  }

  // Once for each place, whichever rubrics it concerns.
  void report_left_out() {
    for (const auto& [place, left_out] : left_out_) {
      const diagnostics::InSource where{&compilation_.file(), left_out.cause};
      sink_.report_at<kinds::EmitLeftOut>(where, left_out.columns, request_.dialect,
                                          words(left_out.reason));
    }
  }

  [[nodiscard]] program::Origin cause_of(const sql::Refusal& refusal,
                                         program::Origin fallback) const {
    if (!refusal.op.valid()) return fallback;
    const program::Origin origin = lowered_.program.ops[refusal.op].origin;
    return origin.valid() ? origin : fallback;
  }
  [[nodiscard]] diagnostics::Location place(program::Origin origin) const {
    return diagnostics::InSource{&compilation_.file(), lowered_.places[origin.index].span};
  }

  [[nodiscard]] sql::UnitView view_of(std::uint32_t index) {
    const program::Program& program = lowered_.program;
    const program::Rubric& rubric = program.rubrics[index];
    const table::TableSchema& units = program.schema.units;
    names_ = {units.columns[units.unit_column].name};
    if (units.period_column != table::kNoColumn) {
      names_.insert(units.columns[units.period_column].name);
    }
    sql::UnitView view{unique(rubric.name, tables_), {}, rubric.member, {}};
    add_lines(rubric.title, view.comment);
    view.comment.push_back(
        say("Made by xize: read it, do not write it.", "由 xize 生成，请勿手工修改。"));
    for (std::uint32_t i = 0; i < program.nodes.size(); ++i) {
      const NodeId id(i);
      const program::Node& node = program.nodes[id];
      if (node.rubric == index && node.scored) add_node(id, node, view);
    }
    for (const auto* reports : {&rubric.reports, &program.reports}) {
      for (const program::Report& report : *reports) {
        view.columns.push_back({unique(report.name), {report.name}, report.value, {}});
      }
    }
    if (rubric.has_total) {
      add(view, say("total", "总分"), rubric.total);
      add(view, say("converted", "换算"), rubric.converted);
      add(view, say("rank", "名次"), rubric.rank);
    }
    if (rubric.grade) {
      view.columns.push_back(
          {unique(say("grade", "等次")), {}, rubric.grade->grade, rubric.grade->labels});
    }
    return view;
  }

  void add(sql::UnitView& view, const std::string& name, program::OpId value) {
    if (value.valid()) view.columns.push_back({unique(name), {}, value, {}});
  }

  void add_node(NodeId id, const program::Node& node, sql::UnitView& view) {
    sql::ViewColumn column{unique(node.name), {}, node.score, {}, node.origin};
    add_lines(
        node.title.empty() || node.title == node.name ? node.name : node.name + " " + node.title,
        column.comment);
    if (const auto written = written_.find(id); written != written_.end()) {
      add_quotes(compilation_.model().nodes[written->second], column.comment);
    }
    view.columns.push_back(std::move(column));
    if (!node.grade) return;
    view.columns.push_back({unique(node.name + "." + say("grade", "等次")),
                            {},
                            node.grade->grade,
                            node.grade->labels});
  }

  // What the document says.
  void add_quotes(const sema::Node& node, std::vector<std::string>& lines) const {
    for (const ast::EntryId quote : node.quotes) {
      const auto* said = std::get_if<ast::Quote>(&compilation_.model().entry(quote).node);
      if (said != nullptr) add_lines(said->text, lines);
    }
  }

  // Names occur once, even where the database cuts them.
  [[nodiscard]] std::string unique(const std::string& name, std::set<std::string>& known) const {
    const sql::Dialect& dialect = *sql::find_dialect(request_.dialect);
    std::string free = sql::cut_name(dialect, name);
    for (int i = 2; !known.insert(free).second; ++i) {
      const std::string tail = "." + std::to_string(i);
      free = sql::cut_name(dialect, name, tail.size()) + tail;
    }
    return free;
  }
  std::string unique(const std::string& name) { return unique(name, names_); }

  const Compilation& compilation_;
  const EmitRequest& request_;
  diagnostics::Sink& sink_;
  lower::Lowered lowered_;
  bool chinese_;
  std::vector<std::optional<value::Value>> parameters_;
  std::map<NodeId, sema::NodeId> written_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, LeftOut> left_out_;  // by place
  std::set<std::string> names_;   // of the columns of a view
  std::set<std::string> tables_;  // and views
};

}  // namespace

std::optional<std::string> emit_sql(const Compilation& compilation, const EmitRequest& request,
                                    diagnostics::Sink& sink) {
  return Emitter(compilation, request, sink).run();
}

}  // namespace xize::driver
