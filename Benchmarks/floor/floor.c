#include "floor.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SCRATCH = 64 << 10, RECORD = 16 << 10 };

static char scratch[SCRATCH];

_Noreturn void give_up(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, errno ? strerror(errno) : "failed");
    ERR_print_errors_fp(stderr);
    exit(1);
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t now_nanoseconds(void) { return nanoseconds(CLOCK_MONOTONIC); }
int64_t thread_nanoseconds(void) { return nanoseconds(CLOCK_THREAD_CPUTIME_ID); }

// Connections

void connection_init(connection *c, int fd, SSL_CTX *context, int is_server) {
    memset(c, 0, sizeof *c);
    c->fd = fd;
    c->ssl = SSL_new(context);
    c->incoming = BIO_new(BIO_s_mem());
    c->outgoing = BIO_new(BIO_s_mem());
    SSL_set_bio(c->ssl, c->incoming, c->outgoing);
    if (is_server) SSL_set_accept_state(c->ssl);
    else SSL_set_connect_state(c->ssl);
    c->capacity = 256 << 10;
    c->plain = malloc(c->capacity);
}

void connection_free(connection *c) {
    SSL_free(c->ssl);
    free(c->plain);
    close(c->fd);
}

static void decrypt(connection *c) {
    if (c->start == c->end) c->start = c->end = 0;
    while (1) {
        if (c->capacity - c->end < RECORD) {
            memmove(c->plain, c->plain + c->start, c->end - c->start);
            c->end -= c->start;
            c->start = 0;
            if (c->capacity - c->end < RECORD) {
                c->capacity *= 2;
                c->plain = realloc(c->plain, c->capacity);
            }
        }
        int count = SSL_read(c->ssl, c->plain + c->end, (int)(c->capacity - c->end));
        if (count > 0) {
            c->end += (size_t)count;
            continue;
        }
        int error = SSL_get_error(c->ssl, count);
        if (error == SSL_ERROR_WANT_READ) return;
        c->is_over = 1;
        ERR_clear_error();
        return;
    }
}

int connection_receive(connection *c) {
    ssize_t count = recv(c->fd, scratch, SCRATCH, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (count <= 0) {
        c->is_over = 1;
        return -1;
    }
    if (BIO_write(c->incoming, scratch, (int)count) != count) give_up("BIO_write");
    decrypt(c);
    return c->is_over ? -1 : (int)count;
}

void connection_write(connection *c, const void *bytes, size_t count) {
    if (SSL_write(c->ssl, bytes, (int)count) != (int)count) give_up("SSL_write");
}

int connection_flush(connection *c) {
    char *bytes;
    size_t count = (size_t)BIO_get_mem_data(c->outgoing, &bytes);
    while (c->sent < count) {
        ssize_t taken = send(c->fd, bytes + c->sent, count - c->sent, MSG_NOSIGNAL);
        if (taken < 0) {
            if (errno == EAGAIN) return 0;
            c->is_over = 1;
            return 1;
        }
        c->sent += (size_t)taken;
    }
    if (count > 0) (void)BIO_reset(c->outgoing);
    c->sent = 0;
    return 1;
}

// Frames

static uint32_t fresh_mask(void) {
    static uint32_t pool[1024];
    static int used = 1024;
    if (used == 1024) {
        RAND_bytes((unsigned char *)pool, sizeof pool);
        used = 0;
    }
    return pool[used++];
}

static void apply_mask(char *bytes, size_t count, uint32_t mask) {
    uint64_t wide = (uint64_t)mask << 32 | mask;
    size_t index = 0;
    for (; index + 8 <= count; index += 8) {
        uint64_t word;
        memcpy(&word, bytes + index, 8);
        word ^= wide;
        memcpy(bytes + index, &word, 8);
    }
    for (; index < count; index++) bytes[index] ^= (char)(mask >> (index & 3) * 8);
}

int frame_take(connection *c, frame *f) {
    size_t available = c->end - c->start;
    unsigned char *bytes = (unsigned char *)c->plain + c->start;
    if (available < 2) return 0;
    size_t length = bytes[1] & 0x7F;
    size_t size = 2;
    if (length == 126) {
        if (available < 4) return 0;
        length = (size_t)bytes[2] << 8 | bytes[3];
        size = 4;
    } else if (length == 127) {
        if (available < 10) return 0;
        length = 0;
        for (int index = 2; index < 10; index++) length = length << 8 | bytes[index];
        size = 10;
    }
    int is_masked = bytes[1] & 0x80;
    if (is_masked) size += 4;
    if (available < size || available - size < length) return 0;
    f->opcode = bytes[0] & 0x0F;
    f->is_compressed = bytes[0] & 0x40;
    f->payload = (char *)bytes + size;
    f->length = length;
    if (is_masked) {
        uint32_t mask;
        memcpy(&mask, bytes + size - 4, 4);
        apply_mask(f->payload, length, mask);
    }
    c->start += size + length;
    return 1;
}

size_t frame_write(char *target, int opcode, int is_compressed, const void *payload, size_t length, int is_client) {
    unsigned char *head = (unsigned char *)target;
    size_t size = 2;
    head[0] = (unsigned char)(0x80 | (is_compressed ? 0x40 : 0) | opcode);
    if (length <= 125) {
        head[1] = (unsigned char)length;
    } else {
        if (length > 65535) give_up("a frame of the floor has 65535 bytes at most");
        head[1] = 126;
        head[2] = (unsigned char)(length >> 8);
        head[3] = (unsigned char)length;
        size = 4;
    }
    if (!is_client) {
        memcpy(target + size, payload, length);
        return size + length;
    }
    head[1] |= 0x80;
    uint32_t mask = fresh_mask();
    memcpy(target + size, &mask, 4);
    memcpy(target + size + 4, payload, length);
    apply_mask(target + size + 4, length, mask);
    return size + 4 + length;
}

int is_utf8(const char *text, size_t count) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t index = 0;
    while (index < count) {
        uint64_t word;
        while (index + 32 <= count) {
            uint64_t words[4];
            memcpy(words, bytes + index, 32);
            if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080) break;
            index += 32;
        }
        while (index + 8 <= count) {
            memcpy(&word, bytes + index, 8);
            if (word & 0x8080808080808080) break;
            index += 8;
        }
        if (index == count) return 1;
        unsigned char first = bytes[index];
        if (first < 0x80) {
            index++;
            continue;
        }
        size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4 || index + more >= count) return 0;
        for (size_t next = 1; next <= more; next++)
            if ((bytes[index + next] & 0xC0) != 0x80) return 0;
        if (first == 0xE0 && bytes[index + 1] < 0xA0) return 0;
        if (first == 0xED && bytes[index + 1] > 0x9F) return 0;
        if (first == 0xF0 && bytes[index + 1] < 0x90) return 0;
        if (first == 0xF4 && bytes[index + 1] > 0x8F) return 0;
        index += more + 1;
    }
    return 1;
}

// Heads

size_t head_length(const connection *c) {
    const char *bytes = c->plain + c->start;
    const char *end = memmem(bytes, c->end - c->start, "\r\n\r\n", 4);
    return end == NULL ? 0 : (size_t)(end - bytes) + 4;
}

const char *head_field(const char *head, size_t length, const char *name, size_t *count) {
    size_t size = strlen(name);
    const char *end = head + length;
    const char *line = memchr(head, '\n', length);
    while (line != NULL && (size_t)(end - ++line) > size) {
        const char *stop = memchr(line, '\r', (size_t)(end - line));
        if (stop == NULL) return NULL;
        if (strncasecmp(line, name, size) == 0 && line[size] == ':') {
            const char *value = line + size + 1;
            while (*value == ' ') value++;
            *count = (size_t)(stop - value);
            return value;
        }
        line = stop + 1;
    }
    return NULL;
}

// Tickers

size_t ticker_write(char *target, uint64_t number, int64_t step) {
    return (size_t)sprintf(
        target,
        "{\"e\":\"bookTicker\",\"u\":%llu,\"s\":\"BTCUSDT\",\"b\":\"%lld.%02d000000\",\"B\":\"1.%03d00000\","
        "\"a\":\"%lld.%02d000000\",\"A\":\"2.%03d00000\",\"T\":1700000000123,\"E\":1700000000125}",
        (unsigned long long)(4000000000 + number), (long long)(64000 + step / 100), (int)(step % 100),
        (int)(number * 7 % 1000), (long long)(64001 + step / 100), (int)(step % 100), (int)(number * 3 % 1000));
}

static const char *behind(const char *text, const char *end, char key) {
    char wanted[4] = {'"', key, '"', ':'};
    for (; text + 5 < end; text++)
        if (memcmp(text, wanted, 4) == 0) return text + 4;
    give_up("a ticker lacks a field");
}

void ticker_read(const char *text, size_t count, uint64_t *number, int64_t *bid) {
    const char *end = text + count;
    const char *digit = behind(text, end, 'u');
    uint64_t value = 0;
    for (; *digit >= '0' && *digit <= '9'; digit++) value = value * 10 + (uint64_t)(*digit - '0');
    *number = value;
    digit = behind(digit, end, 'b') + 1;
    int64_t price = 0;
    for (; *digit != '"'; digit++)
        if (*digit != '.') price = price * 10 + (*digit - '0');
    *bid = price;
}
