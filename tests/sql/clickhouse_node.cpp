// clickhouse_node LIBRARY ARGUMENT...: one node of ClickHouse, out of the library that npm has
// (@chdb/lib-linux-x64-gnu); the arguments are those of clickhouse-local. It runs until it is
// killed.
#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  void* library = dlopen(argv[1], RTLD_NOW);
  void* found = library == nullptr ? nullptr : dlsym(library, "chdb_query_cmdline");
  if (found == nullptr) {
    std::puts(dlerror());
    return 1;
  }
  using Run = void* (*)(int, char**);
  argv[1] = argv[0];
  reinterpret_cast<Run>(found)(argc - 1, argv + 1);
  return 0;
}
