// The document, groups, claims and definitions.
#include "compiler/format/blocks.h"
#include "compiler/format/entries.h"
#include "compiler/format/expressions.h"

namespace xize::format {
namespace {

// The measure word that a claim counts with; 分 for what is in points.
std::string_view measure_of(ast::ClaimKind kind) {
  return kind == ast::ClaimKind::Units ? "家" : "个";
}

bool is_in_points(ast::ClaimKind kind) {
  return kind == ast::ClaimKind::Total || kind == ast::ClaimKind::BonusTotal ||
         kind == ast::ClaimKind::PenaltyTotal;
}

void print_claim(Page& page, const ast::Claim& claim) {
  const Called of{claim.of, NamePlace::Row, true};
  if (claim.of.present() && page.zh()) page.put(of, " ", Keyword("DE"), " ");
  page.put(page.words.claim(claim.kind, claim.level), " ");
  if (claim.of.present() && !page.zh()) page.put(Keyword("OF"), " ", of, " ");
  if (is_in_points(claim.kind)) return print_points(page, claim.value, Binding::Term);
  print_counted(page, claim.value, measure_of(claim.kind));
}

void print_params(Page& page, const std::vector<ast::Name>& params) {
  if (params.empty()) return;
  page.put(page.zh() ? "（" : "(");
  put_names(page, params, false);
  page.put(page.zh() ? "）" : ")");
}

}  // namespace

void print(Page& page, const ast::Policy& policy) {
  page.put(page.head(Keyword("POLICY")), " ", Called{policy.name});
  if (!policy.title.empty()) page.put(" ", Quoted{policy.title});
  if (!policy.entries.empty()) print_entries(page, policy.entries);
}

void print(Page& page, const ast::DocumentNumber& number) {
  page.put(Keyword("DOCUMENT_NUMBER"), " ");
  put_strings(page, number.numbers);
}

void print(Page& page, const ast::Issuer& issuer) {
  page.put(page.head(Keyword("ISSUER")), " ", Quoted{issuer.text});
}

void print(Page& page, const ast::Period& period) {
  page.put(page.head(Keyword("PERIOD")), " ", page.words(period.kind));
}

void print(Page& page, const ast::Effective& effective) {
  page.put(Keyword("EFFECTIVE"), " ");
  effective.on_issue ? page.put(Keyword("ON_ISSUE")) : page.put(Value{effective.from});
  if (page.zh()) page.put(" ", Keyword("IN_FORCE"));
  if (!effective.until.valid()) return;
  if (!page.zh()) return page.put(" ", Keyword("UNTIL"), " ", Value{effective.until});
  page.put(Comma{}, Keyword("ZHI"), " ", Value{effective.until}, " ", Keyword("STOP"));
}

void print(Page& page, const ast::Cutoff& cutoff) {
  page.put(Keyword("CUTOFF"), " ", Value{cutoff.date});
}

void print(Page& page, const ast::Import& import) {
  page.put(Keyword("IMPORT"), " ", Quoted{import.path});
}

void print(Page& page, const ast::Group& group) {
  page.put(group.reference ? Keyword("REFERENCE_GROUP") : Keyword("GROUP"), " ", Called{group.name},
           " = ");
  print_group(page, group.members, true);
}

void print(Page& page, const ast::Alias& alias) {
  page.put(Keyword("ALIAS"), " ");
  put_names(page, alias.names, true);
  page.put(" = ", Called{alias.target, NamePlace::Declared, true});
}

void print(Page& page, const ast::Claims& claims) {
  page.put(Keyword("CLAIMS"));
  print_block(page, claims.rows, [&](const ast::Claim& claim) { print_claim(page, claim); });
}

void print(Page& page, const ast::Define& define) {
  page.put(page.head(Keyword("DEFINE")), " ", Called{define.name});
  print_params(page, define.params);
  page.put(" = ", Value{define.body});
}

void print(Page& page, const ast::Method& method) {
  page.put(Keyword("METHOD"), " ", Called{method.name});
  print_params(page, method.params);
  print_entries(page, method.entries);
}

void print(Page& page, const ast::Use& use) {
  page.put(Keyword("USE"), " ", Called{use.name});
  if (use.args.empty()) return;
  page.put(page.zh() ? "（" : "(");
  put_values(page, use.args, Binding::Any);
  page.put(page.zh() ? "）" : ")");
}

}  // namespace xize::format
