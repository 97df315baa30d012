#include "compiler/versions/outline.h"

#include <algorithm>
#include <utility>

#include "compiler/format/fragment.h"
#include "compiler/format/print_tree.h"
#include "compiler/source/unicode.h"

namespace xize::versions {
namespace {

using ast::EntryId;
using ast::ExprId;

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

// The aspect of an entry that is a fact by itself; nothing for one that is a thing or no fact.
std::optional<Aspect> aspect_of(const ast::EntryNode& entry) {
  using Answer = std::optional<Aspect>;
  return std::visit(Overloaded{
                        [](const ast::DocumentNumber&) -> Answer { return Aspect::Number; },
                        [](const ast::Issuer&) -> Answer { return Aspect::Issuer; },
                        [](const ast::Period&) -> Answer { return Aspect::Period; },
                        [](const ast::Effective&) -> Answer { return Aspect::Effective; },
                        [](const ast::Cutoff&) -> Answer { return Aspect::Cutoff; },
                        [](const ast::Alias&) -> Answer { return Aspect::Alias; },
                        [](const ast::Partition&) -> Answer { return Aspect::Check; },
                        [](const ast::Check&) -> Answer { return Aspect::Check; },
                        [](const ast::Guard&) -> Answer { return Aspect::Guard; },
                        [](const ast::Ordered&) -> Answer { return Aspect::Guard; },
                        [](const ast::Base&) -> Answer { return Aspect::Base; },
                        [](const ast::Clause&) -> Answer { return Aspect::Rule; },
                        [](const ast::When&) -> Answer { return Aspect::Rule; },
                        [](const ast::Together&) -> Answer { return Aspect::Rule; },
                        [](const ast::Pick&) -> Answer { return Aspect::Rule; },
                        [](const ast::Criterion&) -> Answer { return Aspect::Criterion; },
                        [](const ast::Quote&) -> Answer { return Aspect::Quote; },
                        [](const ast::Assume&) -> Answer { return Aspect::Assumption; },
                        [](const ast::Unspecified&) -> Answer { return Aspect::Open; },
                        [](const ast::Round&) -> Answer { return Aspect::Rounding; },
                        [](const ast::Redistribute&) -> Answer { return Aspect::Redistribution; },
                        [](const ast::Combine&) -> Answer { return Aspect::Combination; },
                        [](const ast::CombinePeriods&) -> Answer { return Aspect::Combination; },
                        [](const ast::Floor&) -> Answer { return Aspect::Floor; },
                        [](const ast::Ceiling&) -> Answer { return Aspect::Ceiling; },
                        [](const ast::NoTotal&) -> Answer { return Aspect::Combination; },
                        [](const ast::Convert&) -> Answer { return Aspect::Conversion; },
                        [](const ast::GradeRule&) -> Answer { return Aspect::Grade; },
                        [](const ast::Grade&) -> Answer { return Aspect::Grade; },
                        [](const ast::Report&) -> Answer { return Aspect::Report; },
                        [](const ast::Property&) -> Answer { return Aspect::Property; },
                        [](const auto&) -> Answer { return {}; },
                    },
                    entry);
}

// Of texts that are sentences of the document the sentence is enough.
std::optional<std::string> sentence_of(const ast::EntryNode& entry) {
  if (const auto* quote = std::get_if<ast::Quote>(&entry)) return quote->text;
  if (const auto* criterion = std::get_if<ast::Criterion>(&entry)) return criterion->text;
  if (const auto* assume = std::get_if<ast::Assume>(&entry)) return assume->text;
  return {};
}

// With marks in one width and without blanks.
std::string plain_sentence(const std::string& text) {
  constexpr std::u32string_view kWide = U"，：；（）！？", kNarrow = U",:;()!?";
  std::string plain;
  for (const char32_t c : source::to_code_points(text)) {
    const auto wide = kWide.find(c);
    const bool blank = c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\u3000';
    if (!blank) source::append_utf8(plain, wide == std::u32string_view::npos ? c : kNarrow[wide]);
  }
  return plain;
}

Subject subject_of(ast::NodeKind kind) {
  switch (kind) {
    case ast::NodeKind::Rubric: return Subject::Rubric;
    case ast::NodeKind::Section: return Subject::Section;
    case ast::NodeKind::Item: return Subject::Item;
    case ast::NodeKind::Bonus: return Subject::Bonus;
    case ast::NodeKind::Penalty: return Subject::Penalty;
  }
  return Subject::Item;
}

class Maker {
 public:
  Maker(const driver::Compilation& compilation, const OutlineOptions& options)
      : compilation_(compilation),
        model_(compilation.model()),
        module_(compilation.module()),
        options_(options) {
    for (const auto& node : model_.nodes) nodes_.emplace(node.entry, &node);
  }

  Outline run() {
    const auto& policy = model_.policy;
    Thing whole{.subject = Subject::Policy, .name = model_.name, .path = model_.name};
    if (policy.valid()) whole.span = model_.entry_as<ast::Policy>(policy).name.span;
    const int index = add(std::move(whole), -1);
    add_title(index, model_.title);
    add_entries(module_.top, index);
    return std::move(things_);
  }

 private:
  // ---- facts
  [[nodiscard]] std::string meaning_of(const auto& part, std::set<std::string>* mentions) const {
    const format::Reading reading{
        options_.name, [&](ExprId id) { return mentions == nullptr ? id : behind(id, *mentions); }};
    return format::print_meaning(module_, part, reading);
  }

  // What a definition or a call of a function says; noted as mentioned.
  [[nodiscard]] ExprId behind(ExprId id, std::set<std::string>& mentions) const {
    while (id.index < model_.facts.size()) {
      const auto& binding = model_.fact(id).binding;
      if (const auto* define = std::get_if<sema::DefineRef>(&binding)) {
        mentions.insert(model_.defines[define->define].name);
        id = model_.defines[define->define].body;
      } else if (const auto* call = std::get_if<sema::Expansion>(&binding)) {
        mentions.insert(std::get<ast::Call>(model_.expr(id).node).name.text);
        id = call->body;
      } else {
        if (const auto* group = std::get_if<sema::GroupRef>(&binding)) {
          mentions.insert(model_.groups[group->group].name);
        } else if (const auto* source = std::get_if<sema::SourceRef>(&binding)) {
          mentions.insert(model_.sources[source->source].name);
        } else if (const auto* lookup = std::get_if<sema::LookupCall>(&binding)) {
          mentions.insert(model_.lookups[lookup->lookup].name);
        }
        break;
      }
    }
    return id;
  }

  void add_fact(int thing, Fact fact) {
    if (fact.written.empty()) fact.written = fact.meaning;
    things_[static_cast<std::size_t>(thing)].facts.push_back(std::move(fact));
  }
  void add_part(int thing, Aspect aspect, const auto& part, ast::Span span) {
    Fact fact{.aspect = aspect, .text = format::fragment(module_, part, options_.surface)};
    fact.meaning = meaning_of(part, &fact.mentions);
    fact.written = meaning_of(part, nullptr);
    fact.line = line_of(span);
    add_fact(thing, std::move(fact));
  }
  void add_text(int thing, Aspect aspect, const std::string& text, ast::Span span) {
    add_fact(thing, {.aspect = aspect, .text = text, .meaning = text, .line = line_of(span)});
  }
  // The width of marks and blanks is no difference in a sentence.
  void add_sentence(int thing, Aspect aspect, const std::string& text, ast::Span span) {
    add_text(thing, aspect, text, span);
    Fact& fact = things_[as_index(thing)].facts.back();
    fact.meaning = fact.written = plain_sentence(text);
  }
  // Each number that the document states.
  void add_claims(const ast::Claims& claims, int owner) {
    for (const auto& claim : claims.rows) {
      add_part(owner, Aspect::Claim, ast::EntryNode(ast::Claims{{claim}}), claim.span);
      std::string& text = things_[as_index(owner)].facts.back().text;
      const auto open = text.find('{'), close = text.rfind('}');
      text = text.substr(open + 2, close - open - 3);
    }
  }
  void add_title(int thing, const std::string& title) {
    if (!title.empty()) add_text(thing, Aspect::Title, title, things_[as_index(thing)].span);
  }

  // ---- things
  static std::size_t as_index(int thing) { return static_cast<std::size_t>(thing); }

  [[nodiscard]] std::uint32_t line_of(ast::Span span) const {
    return compilation_.file().line_column(span.begin).line;
  }

  int add(Thing thing, int parent) {
    thing.parent = parent;
    thing.line = line_of(thing.span);
    things_.push_back(std::move(thing));
    return static_cast<int>(things_.size()) - 1;
  }
  int add(Subject subject, const ast::Name& name, int parent) {
    const bool inside = parent > 0;
    Thing thing{.subject = subject, .name = name.text};
    thing.path = inside ? things_[as_index(parent)].path + "." + name.text : name.text;
    thing.span = name.span;
    return add(std::move(thing), parent);
  }
  // A declaration whose only fact is what it says, its own name left out.
  template <class Declaration>
  void add_declaration(Subject subject, Declaration declaration, int parent) {
    const int thing = add(subject, declaration.name, parent);
    const ast::Span span = declaration.name.span;
    Fact fact{.aspect = Aspect::Value,
              .text = format::fragment(module_, ast::EntryNode(declaration), options_.surface)};
    declaration.name = {};
    fact.meaning = meaning_of(ast::EntryNode(declaration), &fact.mentions);
    fact.written = meaning_of(ast::EntryNode(declaration), nullptr);
    fact.line = line_of(span);
    add_fact(thing, std::move(fact));
  }

  // ---- entries
  void add_entries(const std::vector<EntryId>& entries, int owner) {
    for (const auto id : entries) add_entry(id, owner);
  }

  void add_entry(EntryId id, int owner) {
    const auto& entry = model_.entry(id);
    if (const auto aspect = aspect_of(entry.node)) {
      const auto sentence = sentence_of(entry.node);
      if (sentence) return add_sentence(owner, *aspect, *sentence, entry.span);
      add_part(owner, *aspect, entry.node, entry.span);
      things_[as_index(owner)].facts.back().entry = id;
      return;
    }
    std::visit(
        Overloaded{
            [&](const ast::Policy& policy) { add_entries(policy.entries, owner); },
            [&](const ast::Node& node) { add_node(id, node, owner); },
            [&](const ast::Use&) {
              const auto uses = model_.uses.find(id);
              if (uses != model_.uses.end()) add_entries(uses->second, owner);
            },
            [&](const ast::Table& table) { add_table(table, owner); },
            [&](const ast::Column& column) { add_columns(Subject::Column, column, owner); },
            [&](const ast::Input& input) { add_columns(Subject::Column, input.column, owner); },
            [&](const ast::Parameter& given) {
              add_columns(Subject::Parameter, given.column, owner);
            },
            [&](const ast::FilteredRecords& records) {
              add_declaration(Subject::Filter, records, owner);
            },
            [&](const ast::TypeDecl& type) { add_declaration(Subject::Type, type, owner); },
            [&](const ast::Lookup& lookup) { add_declaration(Subject::Lookup, lookup, owner); },
            [&](const ast::Define& define) { add_declaration(Subject::Definition, define, owner); },
            [&](const ast::Select& select) { add_declaration(Subject::Selection, select, owner); },
            [&](const ast::Claims& claims) { add_claims(claims, owner); },
            [&](const ast::Sample& sample) { add_sample(sample, owner); },
            [&](const ast::Group& group) { add_group(id, group, owner); },
            [](const auto&) {},
        },
        entry.node);
  }

  void add_sample(const ast::Sample& sample, int owner) {
    ast::Sample alone = sample;
    alone.columns.clear();
    add_declaration(Subject::Sample, alone, owner);
    add_entries(sample.columns, static_cast<int>(things_.size()) - 1);
  }

  void add_table(const ast::Table& table, int owner) {
    const int thing = add(table.records ? Subject::Records : Subject::Table, table.name, owner);
    things_[as_index(thing)].path = table.name.text;
    add_title(thing, table.title);
    add_entries(table.entries, thing);
  }

  void add_columns(Subject subject, const ast::Column& columns, int owner) {
    for (const auto& name : columns.names) {
      ast::Column alone = columns;
      alone.names = {name};
      const int thing = add(subject, name, owner);
      Fact fact{.aspect = Aspect::Value,
                .text = format::fragment(module_, ast::EntryNode(alone), options_.surface)};
      alone.names.clear();
      fact.meaning = meaning_of(ast::EntryNode(alone), &fact.mentions);
      fact.line = line_of(name.span);
      add_fact(thing, std::move(fact));
    }
  }

  void add_group(EntryId id, const ast::Group& syntax, int owner) {
    const int thing = add(Subject::Group, syntax.name, owner);
    const auto group = std::ranges::find_if(
        model_.groups, [&](const sema::Group& candidate) { return candidate.entry == id; });
    if (syntax.reference) add_text(thing, Aspect::Value, "reference", syntax.name.span);
    if (group != model_.groups.end() && (*group).units) {
      for (const auto unit : *(*group).units) {
        const std::string& name = model_.units[unit.index];
        add_fact(thing, {.aspect = Aspect::Member,
                         .text = name,
                         .meaning = options_.name(name),
                         .line = line_of(syntax.name.span)});
      }
      return;
    }
    add_scope(thing, Aspect::Value, syntax.members, {});
  }

  // Units as the literals say them, or the expression.
  void add_scope(int thing, Aspect aspect, const ast::GroupExpr& members, sema::GroupId id) {
    const ast::EntryNode wrapped = ast::Group{.name = {}, .members = members};
    Fact fact{.aspect = aspect, .text = format::fragment(module_, members, options_.surface)};
    fact.written = meaning_of(wrapped, &fact.mentions);
    fact.meaning = fact.written;
    note_groups(members, fact.mentions);
    if (id.valid() && model_.groups[id].units) {
      std::set<std::string> units;
      for (const auto unit : *model_.groups[id].units) {
        units.insert(options_.name(model_.units[unit.index]));
      }
      fact.meaning.clear();
      for (const auto& unit : units) fact.meaning += unit + "\n";
    }
    fact.line = line_of(members.span);
    add_fact(thing, std::move(fact));
  }

  void note_groups(const ast::GroupExpr& group, std::set<std::string>& mentions) const {
    if (group.op == ast::GroupOp::Named) {
      for (const auto& name : group.names) mentions.insert(name.text);
    }
    for (const auto& operand : group.operands) note_groups(operand, mentions);
  }

  void add_node(EntryId id, const ast::Node& syntax, int owner) {
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) return;
    const sema::Node& node = *found->second;
    Thing made{.subject = subject_of(node.kind), .name = node.name, .path = node.qualified};
    made.points = node.points_value ? node.points_value : node.max_value;
    made.span = syntax.name.present() ? syntax.name.span : syntax.head;
    const int thing = add(std::move(made), owner);
    add_title(thing, syntax.title);
    add_head(thing, syntax, node);
    add_entries(syntax.entries, thing);
  }

  void add_head(int thing, const ast::Node& syntax, const sema::Node& node) {
    const ast::Span span = things_[as_index(thing)].span;
    const bool chinese = options_.surface == ast::Surface::Chinese;
    if (syntax.points_kind == ast::PointsKind::Unspecified) {
      std::string text = chinese ? "未明确" : "unspecified";
      if (!syntax.points_text.empty()) text += " “" + syntax.points_text + "”";
      add_fact(thing, {.aspect = Aspect::Points,
                       .text = std::move(text),
                       .meaning = "unspecified",
                       .line = line_of(span)});
    }
    if (syntax.points.valid()) add_amount(thing, Aspect::Points, syntax.points, node.points_value);
    if (syntax.max.valid()) add_amount(thing, Aspect::Cap, syntax.max, node.max_value);
    if (syntax.uncapped) add_text(thing, Aspect::Cap, chinese ? "不设上限" : "uncapped", span);
    if (syntax.weight.valid()) {
      add_part(thing, Aspect::Weight, syntax.weight, model_.expr(syntax.weight).span);
    }
    if (syntax.for_group) add_scope(thing, Aspect::Scope, *syntax.for_group, node.for_group);
  }

  // Points that are constant are what they come to.
  void add_amount(int thing, Aspect aspect, ExprId id,
                  const std::optional<value::Rational>& constant) {
    add_part(thing, aspect, id, model_.expr(id).span);
    Fact& fact = things_[as_index(thing)].facts.back();
    if (constant) fact.meaning = fact.written = constant->to_string();
    const bool bare = fact.text.find_first_not_of("0123456789.") == std::string::npos;
    if (bare && options_.surface == ast::Surface::Chinese) fact.text += " 分";
  }

  const driver::Compilation& compilation_;
  const sema::Model& model_;
  const ast::Module& module_;
  const OutlineOptions& options_;
  std::unordered_map<EntryId, const sema::Node*> nodes_;
  Outline things_;
};

}  // namespace

Outline make_outline(const driver::Compilation& compilation, const OutlineOptions& options) {
  return Maker(compilation, options).run();
}

}  // namespace xize::versions
