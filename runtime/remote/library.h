// library: functions of a shared library that is loaded when it is first wanted.
// The types are those of its header, so that a wrong one does not compile.
#pragma once

#include <dlfcn.h>

namespace xize::remote {

class Library {
 public:
  explicit Library(const char* name) : handle_(dlopen(name, RTLD_NOW | RTLD_LOCAL)) {}

  [[nodiscard]] bool loaded() const { return handle_ != nullptr && !lacks_; }
  // The function of that name; null if the library lacks it.
  template <class Function>
  void find(Function*& function, const char* name) {
    void* found = handle_ == nullptr ? nullptr : dlsym(handle_, name);
    lacks_ = lacks_ || found == nullptr;
    function = reinterpret_cast<Function*>(found);
  }

 private:
  void* handle_;  // stays loaded to the end of the program
  bool lacks_ = false;
};

}  // namespace xize::remote
