// The least that a connection over TLS costs: a socket, epoll, OpenSSL over memory, nothing else.
//
// Programs made of this are the floor that the Swift side is held against. They do what a correct peer has to
// do, in the most direct way; they check little and give up with a message when something is amiss.
#ifndef MARTLET_FLOOR_H
#define MARTLET_FLOOR_H

#define _GNU_SOURCE

#include <openssl/ssl.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    int fd;
    SSL *ssl;
    BIO *incoming;
    BIO *outgoing;
    // Plain text that came: from `start` to `end`.
    char *plain;
    size_t start;
    size_t end;
    size_t capacity;
    // Bytes of `outgoing` that the system has taken.
    size_t sent;
    int is_over;
} connection;

typedef struct {
    int opcode;
    int is_compressed;
    char *payload;
    size_t length;
} frame;

_Noreturn void give_up(const char *what);
int64_t now_nanoseconds(void);
int64_t thread_nanoseconds(void);

void connection_init(connection *c, int fd, SSL_CTX *context, int is_server);
void connection_free(connection *c);
// Reads once from the socket and decrypts: how many bytes came, -1 at the end.
int connection_receive(connection *c);
void connection_write(connection *c, const void *bytes, size_t count);
// Sends what the system takes: whether all has gone.
int connection_flush(connection *c);

// Takes a frame from the plain text, unmasked in place: 0 when it is not whole yet.
int frame_take(connection *c, frame *f);
// Writes a frame; a client's has a mask.
size_t frame_write(char *target, int opcode, int is_compressed, const void *payload, size_t length, int is_client);
int is_utf8(const char *bytes, size_t count);

// The head in front of the plain text, its empty line included: 0 when it is not whole yet.
size_t head_length(const connection *c);
// The value of a field of a head, cut at the line's end; NULL when there is none.
const char *head_field(const char *head, size_t length, const char *name, size_t *count);

// A ticker of 150 bytes or so; returns its length.
size_t ticker_write(char *target, uint64_t number, int64_t step);
// The number and the bid of a ticker, the bid in hundred-millionths.
void ticker_read(const char *text, size_t count, uint64_t *number, int64_t *bid);

#endif
