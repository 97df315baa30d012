// plain_rows: lines of plain text straight to columns, on all cores.
// In: pieces of a file: whole lines without quotes. Out: in the piece, what was read of it, and
// the lines that are for the row reader: those with a cell that breaks a rule or is spelt so that
// only the cell reader knows, and those with too few or too many cells. So problems are found,
// worded and ordered by the row reader alone.
#pragma once

#include <memory>
#include <mutex>

#include <oneapi/tbb/enumerable_thread_specific.h>

#include "runtime/io/csv_reader.h"
#include "runtime/io/plain_column.h"
#include "runtime/io/plain_piece.h"

namespace xize::io {

// Reads the pieces of one file; what becomes of their rows is for those derived.
class PlainRows {
 public:
  PlainRows(const FileForm& form, const CsvContext& context);
  virtual ~PlainRows();
  PlainRows(const PlainRows&) = delete;
  PlainRows& operator=(const PlainRows&) = delete;
  PlainRows(PlainRows&&) = delete;
  PlainRows& operator=(PlainRows&&) = delete;

  // False where no row could be plain: a column is wrong in the header.
  [[nodiscard]] virtual bool possible() const { return possible_; }
  // Several threads may read, each its piece.
  void read(PlainPiece& piece);
  // Held by whoever adds to the string pool meanwhile.
  [[nodiscard]] std::mutex& pool_mutex() { return shared_.mutex; }

 protected:
  // One thread's readers.
  class Worker {
   public:
    virtual ~Worker() = default;
    virtual void read(PlainPiece& piece) = 0;
  };
  // Called under the shared mutex.
  virtual std::unique_ptr<Worker> make_worker() = 0;

  [[nodiscard]] const FileForm& form() const { return form_; }
  [[nodiscard]] const table::TableSchema& table() const { return table_; }
  [[nodiscard]] SharedReading& shared() { return shared_; }

 private:
  FileForm form_;
  const table::TableSchema& table_;
  SharedReading shared_;
  bool possible_ = true;
  tbb::enumerable_thread_specific<std::unique_ptr<Worker>> workers_;
};

}  // namespace xize::io
