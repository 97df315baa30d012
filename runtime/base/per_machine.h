// per_machine: loops that are compiled several times, each for machines with wider vectors.
// The best one that the machine can run is chosen when the program is loaded. Everything that such
// a function calls is compiled into it, so that it, too, is compiled for each.
#pragma once

// Sanitizers are not ready yet when the choice is made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define XIZE_PER_MACHINE \
  __attribute__((flatten, target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define XIZE_PER_MACHINE
#endif
