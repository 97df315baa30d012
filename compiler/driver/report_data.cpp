#include "compiler/driver/report_data.h"

#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/kinds/command.h"
#include "compiler/diagnostics/kinds/data.h"
#include "runtime/io/csv_scanner.h"

namespace xize::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::InData;
namespace kinds = diagnostics::kinds;
using diagnostics::List;
using diagnostics::Term;
using io::ProblemKind;

diagnostics::Severity severity_of(io::Severity severity) {
  constexpr diagnostics::Severity kSame[] = {
      diagnostics::Severity::Error, diagnostics::Severity::Warning, diagnostics::Severity::Advice};
  return kSame[static_cast<int>(severity)];
}

// Words one problem. The kinds come in groups, by what they are about; each group says whether
// the kind is one of its own.
class ProblemReporter {
 public:
  ProblemReporter(diagnostics::Sink& sink, const table::DataSchema& schema,
                  const io::DataProblem& problem)
      : sink_(sink),
        problem_(problem),
        table_(problem.table == io::kNoTable ? nullptr : io::find_table(schema, problem)),
        column_(table_ == nullptr ? nullptr : io::find_column(schema, problem)),
        schema_(schema) {}

  void report() {
    const bool said = of_access() || of_file() || of_header() || of_row() || of_cell() ||
                      of_number() || of_unit();
    if (!said) say<kinds::DataUnreadable>(Term{problem_.text, problem_.text});
  }

 private:
  bool of_access() {
    const auto unreadable = [this](const char* english, const char* chinese) {
      say<kinds::DataUnreadable>(Term{english, chinese});
      return true;
    };
    switch (problem_.kind) {
      case ProblemKind::NotFound: return say<kinds::DataFolderMissing>(problem_.file);
      case ProblemKind::NoPermission: return unreadable("no permission", "没有权限");
      case ProblemKind::IsFolder: return unreadable("it is a folder", "它是文件夹");
      case ProblemKind::NotRegularFile:
        return unreadable("it is a pipe or a device", "它是管道或设备");
      case ProblemKind::ReadFailed:
        return say<kinds::DataUnreadable>(Term{problem_.text, problem_.text});
      case ProblemKind::FileChanged: return say<kinds::DataFileChanged>();
      default: return false;
    }
  }

  bool of_file() {
    switch (problem_.kind) {
      case ProblemKind::EmptyFile: return say<kinds::DataEmptyFile>(table_name(), headers());
      case ProblemKind::IsSpreadsheet: return say<kinds::DataSpreadsheet>();
      case ProblemKind::NotText: return say<kinds::DataNotText>(byte());
      case ProblemKind::UnknownEncoding: return say<kinds::DataUnknownEncoding>(byte());
      case ProblemKind::MissingFile:
        return say<kinds::DataMissingFile>(table_name(), table_name() + ".csv");
      case ProblemKind::UnknownFormat:
      case ProblemKind::UnknownFile: return say<kinds::DataUnknownFile>();
      case ProblemKind::DoubledFile: {
        auto d = worded<kinds::DataDoubledFile>(table_name());
        add_note<kinds::OtherDataFile>(d, diagnostics::Nowhere{}, problem_.text);
        return accept(std::move(d));
      }
      case ProblemKind::EmptyFolder:
        return say<kinds::DataFolderEmpty>(problem_.file, file_names());
      case ProblemKind::NoRows:
        return problem_.table == io::kUnitTable ? say<kinds::DataNoRows>(table_name())
                                                : say<kinds::DataNoRecords>(table_name());
      default: return false;
    }
  }

  bool of_header() {
    switch (problem_.kind) {
      case ProblemKind::NoHeader: return say<kinds::DataNoHeader>(table_name(), headers());
      case ProblemKind::UnknownColumn:
        return say<kinds::DataUnknownColumn>(problem_.text, table_name());
      case ProblemKind::MissingColumn:
        return problem_.severity == io::Severity::Error
                   ? say<kinds::DataMissingColumn>(column_name(), table_name())
                   : say<kinds::DataMissingOptionalColumn>(column_name(), table_name());
      case ProblemKind::DoubledColumn: {
        auto d = worded<kinds::DataDoubledColumn>(column_name());
        auto first = place();
        first.column = static_cast<std::uint32_t>(problem_.other);
        add_note<kinds::FirstColumn>(d, std::move(first), column_name());
        return accept(std::move(d));
      }
      case ProblemKind::AmbiguousColumn:
        return say<kinds::DataAmbiguousColumn>(problem_.text, table_name());
      case ProblemKind::UnnamedColumn: return say<kinds::DataUnnamedColumn>();
      default: return false;
    }
  }

  bool of_row() {
    switch (problem_.kind) {
      case ProblemKind::RaggedRow:
        return say<kinds::DataRaggedRow>(problem_.found, problem_.expected);
      case ProblemKind::UnclosedQuote: return say<kinds::DataUnclosedQuote>();
      case ProblemKind::StrayQuote: return say<kinds::DataStrayQuote>(problem_.text);
      case ProblemKind::TooLong:
        return say<kinds::DataTooLong>(io::kCellBytesMax >> 20, io::kRowBytesMax >> 20);
      case ProblemKind::TooManyColumns: return say<kinds::DataTooManyColumns>(io::kRowCellsMax);
      case ProblemKind::DamagedText: return say<kinds::DataDamagedText>(problem_.text);
      default: return false;
    }
  }

  bool of_cell() {
    switch (problem_.kind) {
      case ProblemKind::BlankCell: return say<kinds::DataBlankCell>(expected());
      case ProblemKind::NotANumber:
      case ProblemKind::NotAnInteger:
      case ProblemKind::NegativeNumber:
      case ProblemKind::NotABool:
      case ProblemKind::NotADate:
      case ProblemKind::NotAMonth: return say<kinds::DataBadCell>(problem_.text, expected());
      case ProblemKind::ImpossibleDate: return say<kinds::DataImpossibleDate>(problem_.text);
      case ProblemKind::NotAChoice: return say<kinds::DataUnknownChoice>(problem_.text, choices());
      case ProblemKind::NotApplicableNotExpected:
        return say<kinds::DataNotApplicable>(problem_.text, column_name());
      case ProblemKind::SpreadsheetError: return say<kinds::DataSpreadsheetError>(problem_.text);
      default: return false;
    }
  }

  bool of_number() {
    switch (problem_.kind) {
      case ProblemKind::BadGrouping: return say<kinds::DataBadGrouping>(problem_.text);
      case ProblemKind::ScientificNumber: return say<kinds::DataScientific>(problem_.text);
      case ProblemKind::PercentNotExpected:
        return say<kinds::DataPercent>(problem_.text, column_name());
      case ProblemKind::UnitNotExpected:
        return say<kinds::DataUnitOfMeasure>(problem_.text, expected());
      case ProblemKind::TooManyDigits: return say<kinds::DataTooManyDigits>(problem_.text);
      case ProblemKind::OffStep: return say<kinds::DataOffStep>(problem_.text, step());
      case ProblemKind::OutOfRange:
        return say<kinds::DataOutOfRange>(
            problem_.text, column_ == nullptr ? expected() : range_term(column_->range));
      default: return false;
    }
  }

  bool of_unit() {
    switch (problem_.kind) {
      case ProblemKind::BlankUnit: return say<kinds::DataBlankUnit>(column_name());
      case ProblemKind::UnknownUnit:
        return say<kinds::DataUnknownUnit>(problem_.unit, schema_.units.name);
      case ProblemKind::DoubledUnit:
        return repeated(worded<kinds::DataDoubledUnit>(problem_.unit, table_name()), problem_.unit);
      case ProblemKind::DoubledKey:
        return repeated(worded<kinds::DataDoubledKey>(problem_.text, table_name()), problem_.text);
      case ProblemKind::UnknownPeriod:
        return say<kinds::DataUnknownPeriod>(problem_.unit, problem_.text);
      case ProblemKind::MissingPeriod:
        return say<kinds::DataMissingPeriod>(problem_.unit, problem_.text);
      default: return false;
    }
  }

  // What stands here stood in an earlier row already.
  bool repeated(Diagnostic d, const std::string& what) {
    add_note<kinds::FirstRow>(d, InData{problem_.file, problem_.other, 0, {}, {}}, what);
    return accept(std::move(d));
  }

  [[nodiscard]] InData place() const {
    return {problem_.file, problem_.line, problem_.cell, problem_.column_name, problem_.unit};
  }
  [[nodiscard]] std::string table_name() const {
    return table_ == nullptr ? std::string() : table_->name;
  }
  [[nodiscard]] std::string column_name() const {
    return column_ == nullptr ? problem_.column_name : table::display_name(*column_);
  }
  [[nodiscard]] Term expected() const {
    return column_ == nullptr ? Term{"a value", "数据"} : expected_term(*column_);
  }
  [[nodiscard]] List choices() const {
    return {column_ == nullptr ? std::vector<std::string>() : column_->choices};
  }
  [[nodiscard]] value::Rational step() const {
    const bool declared = column_ != nullptr && column_->number.step.has_value();
    return declared ? *column_->number.step : value::Rational(1);
  }
  [[nodiscard]] List headers() const {
    List names;
    if (table_ == nullptr) return names;
    for (const auto& column : table_->columns) names.value.push_back(column.name);
    return names;
  }
  // `部门.csv`, for each table.
  [[nodiscard]] List file_names() const {
    List names{{schema_.units.name + ".csv"}};
    for (const auto& records : schema_.records) names.value.push_back(records.name + ".csv");
    return names;
  }
  [[nodiscard]] std::uint64_t byte() const { return problem_.offset + 1; }

  template <auto K, class... A>
  Diagnostic worded(A&&... arguments) const {
    auto d = diagnostics::make<K>(place(), std::forward<A>(arguments)...);
    d.severity = severity_of(problem_.severity);
    if (!problem_.nearest.empty()) d.suggestions.push_back(problem_.nearest);
    return d;
  }
  template <auto N, class... A>
  static void add_note(Diagnostic& d, diagnostics::Location where, A&&... arguments) {
    using Packer = diagnostics::Packer<diagnostics::SignatureOf<N>>;
    d.related.push_back({N, std::move(where), Packer::pack(std::forward<A>(arguments)...)});
  }
  bool accept(Diagnostic d) {
    sink_.accept(std::move(d));
    return true;
  }
  template <auto K, class... A>
  bool say(A&&... arguments) {
    return accept(worded<K>(std::forward<A>(arguments)...));
  }

  diagnostics::Sink& sink_;
  const io::DataProblem& problem_;
  const table::TableSchema* table_;
  const table::ColumnSchema* column_;
  const table::DataSchema& schema_;
};

}  // namespace

void report_data_problems(diagnostics::Sink& sink, const io::ProblemLog& log,
                          const table::DataSchema& schema) {
  for (const auto& problem : log.kept()) ProblemReporter(sink, schema, problem).report();
}

void report_write_fault(diagnostics::Sink& sink, const io::WriteFault& fault) {
  using io::WriteFaultKind;
  const std::string path = fault.path.empty() ? "<stdout>" : fault.path;
  const diagnostics::Nowhere nowhere;
  switch (fault.kind) {
    case WriteFaultKind::ReaderGone: return;
    case WriteFaultKind::NoFolder:
      sink.report_at<kinds::OutputFolderMissing>(nowhere, path);
      return;
    case WriteFaultKind::DiskFull: sink.report_at<kinds::DiskFull>(nowhere, path); return;
    case WriteFaultKind::NoPermission:
    case WriteFaultKind::IsFolder:
    case WriteFaultKind::Failed:
      sink.report_at<kinds::OutputUnwritable>(nowhere, path, fault.detail);
      return;
  }
}

void report_write_fault(diagnostics::Sink& sink,
                        const std::variant<io::ExistsAlready, io::WriteFault>& fault) {
  if (const auto* other = std::get_if<io::WriteFault>(&fault)) {
    return report_write_fault(sink, *other);
  }
  sink.report_at<kinds::FileExists>(diagnostics::Nowhere{},
                                    std::get<io::ExistsAlready>(fault).path);
}

}  // namespace xize::driver
