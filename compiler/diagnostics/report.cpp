#include "compiler/diagnostics/report.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "compiler/diagnostics/did_you_mean.h"
#include "compiler/diagnostics/kinds/scoring.h"
#include "compiler/diagnostics/kinds/text.h"

namespace xize::diagnostics {
namespace {

// Enough to find a misspelt neighbour; a folder may hold a million files.
constexpr std::size_t kNeighboursMax = 1000;

// Policy files beside a path that does not exist, spelt as the user would write them.
std::vector<std::string> neighbours_of(const std::string& path) {
  namespace fs = std::filesystem;
  const fs::path wanted(path);
  const fs::path folder = wanted.parent_path();
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator entry(folder.empty() ? fs::path(".") : folder, error);
  for (; !error && entry != fs::directory_iterator() && names.size() < kNeighboursMax;
       entry.increment(error)) {
    const auto name = entry->path().filename();
    if (name.extension() == ".xize") names.push_back((folder / name).string());
  }
  return names;
}

}  // namespace

Draft report_load_error(Sink& sink, const source::LoadError& error) {
  using source::LoadFault;
  Location where = InData{.path = error.path, .line = 0, .column = 0, .header = {}, .unit = {}};
  switch (error.fault) {
    case LoadFault::NotFound:
      return sink.report_at<kinds::FileNotFound>(where, error.path)
          .suggest(did_you_mean(error.path, neighbours_of(error.path)));
    case LoadFault::IsDirectory:
      return sink.report_at<kinds::FileIsDirectory>(where, error.path);
    case LoadFault::Unreadable:
      return sink.report_at<kinds::FileUnreadable>(where, error.path, error.reason);
    case LoadFault::TooLarge:
      return sink.report_at<kinds::FileTooLarge>(where, error.path, source::kFileBytesMax >> 20);
    case LoadFault::Empty:
      return sink.report_at<kinds::FileEmpty>(where, error.path);
    case LoadFault::NotUtf8: {
      auto& place = std::get<InData>(where);
      place.line = error.place.line;
      place.column = error.place.column;
      return sink.report_at<kinds::FileNotUtf8>(where, error.path, error.offset + 1);
    }
    case LoadFault::LooksGbk:
      return sink.report_at<kinds::FileLooksGbk>(where, error.path);
    case LoadFault::LooksUtf16:
      return sink.report_at<kinds::FileLooksUtf16>(where, error.path);
    case LoadFault::NotText: break;
  }
  return sink.report_at<kinds::FileNotText>(where, error.path);
}

void report_fault(Sink& sink, value::FaultKind fault, Location where, FaultyNode node) {
  using value::FaultKind;
  const auto report = [&]<auto K>() {
    Draft draft = sink.report_at<K>(std::move(where), node.unit, node.node);
    if (node.others > 0) draft.template remark<kinds::OtherUnitsAlike>(node.others);
  };
  switch (fault) {
    case FaultKind::DivisionByZero: return report.operator()<kinds::FaultDivisionByZero>();
    case FaultKind::MissingValue: return report.operator()<kinds::FaultMissingValue>();
    case FaultKind::NotApplicableValue:
      return report.operator()<kinds::FaultNotApplicableValue>();
    case FaultKind::PendingMark: return report.operator()<kinds::FaultPendingMark>();
    case FaultKind::NoTierRow: return report.operator()<kinds::FaultNoTierRow>();
    case FaultKind::EmptyAggregate: return report.operator()<kinds::FaultEmptyAggregate>();
    case FaultKind::MarkOutOfRange: return report.operator()<kinds::FaultMarkOutOfRange>();
    case FaultKind::NegativeCount: return report.operator()<kinds::FaultNegativeCount>();
    case FaultKind::Unspecified: return report.operator()<kinds::FaultUnspecified>();
    case FaultKind::NotAnInteger: return report.operator()<kinds::FaultNotAnInteger>();
    case FaultKind::BadCell: return;  // the cell itself was reported
    case FaultKind::TieAtCut: return report.operator()<kinds::FaultTieAtCut>();
    case FaultKind::FractionOfPlace: return report.operator()<kinds::FaultFractionOfPlace>();
    case FaultKind::TooManyDigits: return report.operator()<kinds::FaultTooManyDigits>();
  }
}

}  // namespace xize::diagnostics
