#ifndef CBENCHPROBE_H
#define CBENCHPROBE_H

#include <stddef.h>
#include <stdint.h>

/// How often this process has asked the C library for memory: malloc, calloc, realloc and the aligned ones.
uint64_t bench_probe_allocations(void);

/// An empty file that lives in memory and is inherited by child processes; -1 and errno on failure.
int bench_probe_memory_file(void);

/// Keeps this thread, and what it starts, on the core where it runs now; -1 and errno on failure.
int bench_probe_keep_to_one_core(void);

/// Keeps this thread, which one that is kept to a core has started, to all other cores, if there are any.
int bench_probe_keep_to_other_cores(void);

/// Gives the core of this thread something to do that makes room for everything else, so that it does not fall asleep
/// between two rounds and wakes slowly; -1 when there is no thread for it.
int bench_probe_keep_awake(void);
void bench_probe_let_sleep(void);

/// Lets this thread run wherever it could before.
void bench_probe_leave_core(void);

/// As malloc, realloc and free, without being counted: for OpenSSL, which asks for memory with every record,
/// whoever uses it.
void *bench_probe_uncounted_malloc(size_t size, const char *file, int line);
void *bench_probe_uncounted_realloc(void *memory, size_t size, const char *file, int line);
void bench_probe_uncounted_free(void *memory, const char *file, int line);

#endif
