// Circles of dependence: a define, score, grade or report that in the end needs itself.

#include <algorithm>
#include <map>

#include "compiler/diagnostics/kinds/names.h"
#include "compiler/sema/tests.h"

namespace xize::sema {

namespace {

// An edge of the graph, in the order it was found.
struct Edge {
  std::uint32_t to;
  Span span;
};

// Walks the graph without recursion, so that its depth has no limit.
class Search {
 public:
  explicit Search(Checker& c) : c_(c) {
    for (const auto& d : c.dependencies) {
      const auto from = index_of(d.from);
      const auto to = index_of(d.to);
      edges_[from].push_back({to, d.span});
    }
  }

  void run() {
    states_.assign(vertices_.size(), Progress::Untouched);
    for (std::uint32_t i = 0; i < vertices_.size(); ++i) {
      if (states_[i] == Progress::Untouched) visit(i);
    }
  }

 private:
  struct Frame {
    std::uint32_t vertex;
    std::size_t next = 0;
    Span span{};  // of the edge that led here
  };

  std::uint32_t index_of(Vertex vertex) {
    const auto [it, added] =
        indices_.emplace(vertex, static_cast<std::uint32_t>(vertices_.size()));
    if (added) {
      vertices_.push_back(vertex);
      edges_.emplace_back();
    }
    return it->second;
  }

  void visit(std::uint32_t start) {
    path_.assign(1, Frame{start});
    states_[start] = Progress::Running;
    while (!path_.empty()) {
      auto& top = path_.back();
      if (top.next == edges_[top.vertex].size()) {
        states_[top.vertex] = Progress::Done;
        path_.pop_back();
        continue;
      }
      const Edge edge = edges_[top.vertex][top.next++];
      if (states_[edge.to] == Progress::Untouched) {
        states_[edge.to] = Progress::Running;
        path_.push_back({edge.to, 0, edge.span});
      } else if (states_[edge.to] == Progress::Running) {
        report(edge);
      }
    }
  }

  void report(const Edge& closing) {
    const auto first = std::ranges::find(path_, closing.to, &Frame::vertex);
    diagnostics::List circle;
    for (auto it = first; it != path_.end(); ++it) {
      if (circle.value.size() < 8) circle.value.push_back(name(vertices_[it->vertex]));
    }
    circle.value.push_back(name(vertices_[closing.to]));
    c_.report<kinds::DependsOnItself>(closing.span, name(vertices_[closing.to]), circle);
  }

  [[nodiscard]] std::string name(Vertex vertex) const {
    switch (vertex.kind) {
      case VertexKind::Define: return c_.model.defines[DefineId(vertex.index)].qualified;
      case VertexKind::Score: return c_.model.nodes[NodeId(vertex.index)].name;
      case VertexKind::Grade:
        return c_.model.nodes[NodeId(vertex.index)].name + (c_.chinese() ? ".等次" : ".grade");
      case VertexKind::Report: return c_.model.reports[ReportId(vertex.index)].name;
      case VertexKind::Column: return c_.model.columns[ColumnId(vertex.index)].name;
    }
    return {};
  }

  Checker& c_;
  std::map<Vertex, std::uint32_t> indices_;
  std::vector<Vertex> vertices_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<Progress> states_;
  std::vector<Frame> path_;
};

}  // namespace

void report_cycles(Checker& c) { Search(c).run(); }

}  // namespace xize::sema
