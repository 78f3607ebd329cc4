// CRC-32 as zlib computes it, by carry-less multiplication where the processor has it.
//
// zlib looks its way up in tables of many kilobytes, which are no longer in the caches when a message comes after
// a pause: for the some hundred bytes of a book or of a block of a tape that takes longer than anything else.
//
// A message is a polynomial over the field of two elements, and its CRC the remainder by P. Sixteen bytes X that are
// followed by n more bits weigh X * x^n, of which only the remainder matters: so each half of X is multiplied by what
// is left of its power of x, and added to what stands n bits on. What is left of sixteen bytes in the end is reduced to
// eight and to four in the same way, then by Barrett's method. All constants are powers of x modulo P, bits reversed.
#ifndef MARTLET_CZLIB_CRC_H
#define MARTLET_CZLIB_CRC_H

#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <smmintrin.h>
#include <wmmintrin.h>

// The remainder of what `x` weighs at a distance, added to what stands there.
__attribute__((target("sse4.1,pclmul"))) static inline __m128i
czlib_crc_carry(__m128i x, __m128i powers, __m128i there) {
    __m128i low = _mm_clmulepi64_si128(x, powers, 0x00), high = _mm_clmulepi64_si128(x, powers, 0x11);
    return _mm_xor_si128(_mm_xor_si128(low, high), there);
}

// Of `count` bytes, at least 16, in whole sixteens. The sum is not inverted before, nor after.
__attribute__((target("sse4.1,pclmul"))) static inline uint32_t
czlib_crc_sixteens(uint32_t sum, const uint8_t *bytes, size_t count) {
    const __m128i *next = (const __m128i *)bytes, *end = next + count / 16;
    const __m128i by_one = _mm_set_epi64x(0x00CCAA009E, 0x01751997D0);
    __m128i x = _mm_xor_si128(_mm_loadu_si128(next++), _mm_cvtsi32_si128((int)sum));
    if (end - next >= 3) {
        // Four at a time, as a multiplication takes as long as four can begin.
        const __m128i by_four = _mm_set_epi64x(0x01C6E41596, 0x0154442BD4);
        __m128i x1 = _mm_loadu_si128(next), x2 = _mm_loadu_si128(next + 1), x3 = _mm_loadu_si128(next + 2);
        for (next += 3; end - next >= 4; next += 4) {
            x = czlib_crc_carry(x, by_four, _mm_loadu_si128(next));
            x1 = czlib_crc_carry(x1, by_four, _mm_loadu_si128(next + 1));
            x2 = czlib_crc_carry(x2, by_four, _mm_loadu_si128(next + 2));
            x3 = czlib_crc_carry(x3, by_four, _mm_loadu_si128(next + 3));
        }
        x = czlib_crc_carry(czlib_crc_carry(czlib_crc_carry(x, by_one, x1), by_one, x2), by_one, x3);
    }
    while (next < end) x = czlib_crc_carry(x, by_one, _mm_loadu_si128(next++));
    // To twelve bytes, to eight.
    const __m128i low = _mm_set_epi32(0, 0, 0, -1);
    x = _mm_xor_si128(_mm_clmulepi64_si128(x, by_one, 0x10), _mm_srli_si128(x, 8));
    const __m128i by_half = _mm_set_epi64x(0, 0x0163CD6124);
    x = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(x, low), by_half, 0x00), _mm_srli_si128(x, 4));
    // P, and what its reciprocal has before the point.
    const __m128i barrett = _mm_set_epi64x(0x01F7011641, 0x01DB710641);
    __m128i quotient = _mm_clmulepi64_si128(_mm_and_si128(x, low), barrett, 0x10);
    x = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(quotient, low), barrett, 0x00), x);
    return (uint32_t)_mm_extract_epi32(x, 1);
}

static inline int czlib_crc_multiplies(void) {
    // 1 no, 2 yes; several threads may find it out.
    static volatile int known;
    if (known == 0) {
        unsigned a, b, c = 0, d;
        const unsigned wanted = bit_PCLMUL | bit_SSE4_1;
        known = __get_cpuid(1, &a, &b, &c, &d) && (c & wanted) == wanted ? 2 : 1;
    }
    return known == 2;
}

// Bit by bit, four at a time, with a table of one line of the cache.
static inline uint32_t czlib_crc_rest(uint32_t sum, const uint8_t *bytes, size_t count) {
    static const uint32_t nibbles[16] __attribute__((aligned(64))) = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    for (size_t index = 0; index < count; index++) {
        sum ^= bytes[index];
        sum = sum >> 4 ^ nibbles[sum & 15];
        sum = sum >> 4 ^ nibbles[sum & 15];
    }
    return sum;
}
#endif

// The CRC-32 of the bytes, continued from `sum`; 0 begins.
static inline uint32_t czlib_crc32(uint32_t sum, const void *bytes, size_t count) {
#if defined(__x86_64__)
    if (czlib_crc_multiplies()) {
        const uint8_t *start = (const uint8_t *)bytes;
        size_t sixteens = count & ~(size_t)15;
        sum = ~sum;
        if (sixteens > 0) sum = czlib_crc_sixteens(sum, start, sixteens);
        return ~czlib_crc_rest(sum, start + sixteens, count - sixteens);
    }
#endif
    return (uint32_t)crc32_z(sum, (const Bytef *)bytes, count);
}

#endif
