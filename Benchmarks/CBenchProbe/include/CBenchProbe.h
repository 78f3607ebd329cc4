#ifndef CBENCHPROBE_H
#define CBENCHPROBE_H

#include <stdint.h>

/// How often this process has asked the C library for memory: malloc, calloc, realloc and the aligned ones.
uint64_t bench_probe_allocations(void);

/// An empty file that lives in memory and is inherited by child processes; -1 and errno on failure.
int bench_probe_memory_file(void);

#endif
