#define _GNU_SOURCE

#include "CBenchProbe.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>

int bench_probe_memory_file(void) { return memfd_create("records", 0); }

static cpu_set_t cores;

int bench_probe_keep_to_one_core(void) {
    if (sched_getaffinity(0, sizeof cores, &cores) != 0) return -1;
    int core = sched_getcpu();
    if (core < 0) return -1;
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(core, &only);
    return sched_setaffinity(0, sizeof only, &only);
}

int bench_probe_keep_to_other_cores(void) {
    cpu_set_t others = cores;
    int core = sched_getcpu();
    if (core >= 0 && CPU_COUNT(&others) > 1) CPU_CLR(core, &others);
    return sched_setaffinity(0, sizeof others, &others);
}

static _Atomic int is_awake;
static pthread_t waker;

static void *stay_awake(void *unused) {
    (void)unused;
    struct sched_param none = {0};
    if (sched_setscheduler(0, SCHED_IDLE, &none) != 0) return NULL;
    while (is_awake) {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        __asm__ volatile("yield");
#endif
    }
    return NULL;
}

int bench_probe_keep_awake(void) {
    is_awake = 1;
    return pthread_create(&waker, NULL, stay_awake, NULL) == 0 ? 0 : -1;
}

void bench_probe_let_sleep(void) {
    if (!is_awake) return;
    is_awake = 0;
    pthread_join(waker, NULL);
}

void bench_probe_leave_core(void) { sched_setaffinity(0, sizeof cores, &cores); }

// The allocation functions of this program are these: the linker prefers the definitions of the
// executable to those of the C library, for the libraries that it loads as well. Each counts and hands on.

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

static _Atomic uint64_t allocations;

static void note(void) { atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed); }

uint64_t bench_probe_allocations(void) {
    return atomic_load_explicit(&allocations, memory_order_relaxed);
}

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    note();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    note();
    return __libc_realloc(memory, size);
}

void free(void *memory) { __libc_free(memory); }

void *memalign(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    note();
    void *result = __libc_memalign(alignment, size);
    if (result == NULL) return ENOMEM;
    *memory = result;
    return 0;
}

void *bench_probe_uncounted_malloc(size_t size, const char *file, int line) {
    (void)file, (void)line;
    return __libc_malloc(size);
}

void *bench_probe_uncounted_realloc(void *memory, size_t size, const char *file, int line) {
    (void)file, (void)line;
    return __libc_realloc(memory, size);
}

void bench_probe_uncounted_free(void *memory, const char *file, int line) {
    (void)file, (void)line;
    __libc_free(memory);
}
