// zlib for Swift: the initialisers are function-like macros, which Swift does not see.
#ifndef MARTLET_CZLIB_SHIM_H
#define MARTLET_CZLIB_SHIM_H

#include "crc.h"

#include <zlib.h>

// `bits` as zlib means it: 8 to 15 zlib, minus 8 to minus 15 raw, 24 to 31 gzip.
static inline int czlib_inflate_init(z_stream *stream, int bits) {
    return inflateInit2(stream, bits);
}

static inline int czlib_deflate_init(z_stream *stream, int level, int bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, bits, memory_level, Z_DEFAULT_STRATEGY);
}

// A compressor that seeks only runs of equal bytes: what it writes reaches back one byte.
static inline int czlib_deflate_init_runs(z_stream *stream, int level, int bits, int memory_level) {
    return deflateInit2(stream, level, Z_DEFLATED, bits, memory_level, Z_RLE);
}

#endif
