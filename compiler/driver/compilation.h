// driver: which stage comes next, and only that.
// Compilation: one policy through the front end — load, parse, import, check, analyse.
// In: a path. Out: the file, its tree and its model at fixed addresses, findings in the sink.
// Must hold: a Compilation that was read has a tree and a model whatever was reported.
#pragma once

#include <memory>
#include <string>

#include "compiler/ast/module.h"
#include "compiler/diagnostics/sink.h"
#include "compiler/sema/model.h"
#include "compiler/source/file.h"
#include "compiler/syntax/parse.h"

namespace xize::driver {

// Owns everything the front end made of one policy; never moves.
class Compilation {
 public:
  explicit Compilation(source::File file) : file_(std::move(file)) {}
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  [[nodiscard]] const source::File& file() const { return file_; }
  [[nodiscard]] const ast::Module& module() const { return module_; }
  [[nodiscard]] const sema::Model& model() const { return model_; }
  // No errors were found in it.
  [[nodiscard]] bool sound() const { return sound_; }
  // None but those of the analyses: what is written can be run, as wrong as it may be.
  [[nodiscard]] bool runnable() const { return runnable_; }

 private:
  friend std::unique_ptr<Compilation> compile(source::File file, diagnostics::Sink& sink,
                                              syntax::Examples examples);
  friend std::unique_ptr<Compilation> read(source::File file, diagnostics::Sink& sink,
                                           syntax::Examples examples);

  source::File file_;
  ast::Module module_;
  sema::Model model_;
  bool sound_ = false;
  bool runnable_ = false;
};

// A folder stands for the `policy.xize` in it.
std::string policy_path(const std::string& path);
// Loads and parses only; null when the file could not be loaded, which is reported.
std::unique_ptr<Compilation> read(const std::string& path, diagnostics::Sink& sink);
std::unique_ptr<Compilation> read(source::File file, diagnostics::Sink& sink,
                                  syntax::Examples examples = syntax::Examples::Read);
// Everything up to the findings of the analyses.
std::unique_ptr<Compilation> compile(const std::string& path, diagnostics::Sink& sink,
                                     syntax::Examples examples = syntax::Examples::Read);
std::unique_ptr<Compilation> compile(source::File file, diagnostics::Sink& sink,
                                     syntax::Examples examples = syntax::Examples::Read);

}  // namespace xize::driver
