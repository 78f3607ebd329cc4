// A bot at the least of a CoinEx: each book is answered with an order.
//
// In the second generation messages are packed, so that there is one thing more to do.
#include "client.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <zlib.h>

static size_t venue_order_write(char *target, uint64_t number, int64_t price);
static size_t venue_order_write_v2(char *target, uint64_t number, int64_t price);

// What a generation calls what is looked for.
typedef struct {
    const char *target;
    const char *call;
    // Of a message that is the whole book.
    const char *full;
    const char *asks;
    const char *bids;
    const char *checksum;
    size_t (*write)(char *target, uint64_t number, int64_t price);
} words;

static const words languages[] = {
    {"/", "{\"id\":1,\"method\":\"depth.subscribe\",\"params\":[\"OAKPINE\",20,\"0\"]}", "[true", "\"asks\": [",
     "\"bids\": [", "\"checksum\": ", venue_order_write},
    {"/v2/spot",
     "{\"id\":1,\"method\":\"depth.subscribe\",\"params\":{\"market_list\":[[\"OAKPINE\",20,\"0\",false]]}}",
     "\"is_full\":true", "\"asks\":[", "\"bids\":[", "\"checksum\":", venue_order_write_v2},
};

// The number behind a name, in hundred-millionths; a text in quotes counts as its number.
static int64_t number_behind(const char *text, size_t count, const char *name) {
    const char *place = memmem(text, count, name, strlen(name));
    if (place == NULL) return 0;
    const char *end = text + count;
    place += strlen(name);
    while (place < end && (*place < '0' || *place > '9')) place++;
    int64_t value = 0;
    int decimals = -1;
    for (; place < end && ((*place >= '0' && *place <= '9') || *place == '.'); place++) {
        if (*place == '.') {
            decimals = 0;
        } else {
            value = value * 10 + (*place - '0');
            if (decimals >= 0) decimals++;
        }
    }
    for (int digit = decimals < 0 ? 0 : decimals; digit < 8; digit++) value *= 10;
    return value;
}

// The least of a book: the venue sends changes, so the best price is known only to who applies them all, and whether it
// is the venue's only to who computes the checksum: of the texts as they came, which are kept.

enum { LEVELS_MAX = 64, LEVEL_TEXT_MAX = 48 };

typedef struct {
    int64_t price;
    size_t length;
    // "price:amount:"
    char text[LEVEL_TEXT_MAX];
} level;

typedef struct {
    // The best one last.
    level levels[LEVELS_MAX];
    int count;
} book_side;

static book_side bids, asks;

static void side_set(book_side *s, int sign, const level *new, int is_removal) {
    int index = s->count;
    while (index > 0 && sign * s->levels[index - 1].price > sign * new->price) index--;
    int is_there = index > 0 && s->levels[index - 1].price == new->price;
    if (is_there && !is_removal) {
        s->levels[index - 1] = *new;
    } else if (is_there) {
        memmove(&s->levels[index - 1], &s->levels[index], (size_t)(s->count - index) * sizeof(level));
        s->count--;
    } else if (!is_removal) {
        if (s->count == LEVELS_MAX) give_up("too many levels");
        memmove(&s->levels[index + 1], &s->levels[index], (size_t)(s->count - index) * sizeof(level));
        s->levels[index] = *new;
        s->count++;
    }
}

// Applies the levels behind a name: pairs of texts.
static void side_read(book_side *s, int sign, const char *text, size_t count, const char *name) {
    const char *place = memmem(text, count, name, strlen(name));
    const char *end = text + count;
    if (place == NULL) give_up("a side is missing");
    place += strlen(name);
    while (place < end && *place != ']') {
        level new = {0};
        int decimals = -1, is_removal = 1;
        while (place < end && *place != '"') place++;
        for (place++; place < end && *place != '"'; place++) {
            if (new.length > LEVEL_TEXT_MAX / 2) give_up("a long price");
            new.text[new.length++] = *place;
            if (*place == '.') {
                decimals = 0;
            } else {
                new.price = new.price * 10 + (*place - '0');
                if (decimals >= 0) decimals++;
            }
        }
        for (int digit = decimals < 0 ? 0 : decimals; digit < 8; digit++) new.price *= 10;
        new.text[new.length++] = ':';
        place++;
        while (place < end && *place != '"') place++;
        for (place++; place < end && *place != '"'; place++) {
            if (new.length > LEVEL_TEXT_MAX - 2) give_up("a long amount");
            new.text[new.length++] = *place;
            if (*place != '0' && *place != '.') is_removal = 0;
        }
        new.text[new.length++] = ':';
        side_set(s, sign, &new, is_removal);
        // Behind the pair: another one, or the end.
        while (place < end && *place != ']') place++;
        for (place++; place < end && (*place == ',' || *place == ' '); place++) {}
    }
}

static uint32_t book_checksum(void) {
    char text[2 * LEVELS_MAX * LEVEL_TEXT_MAX];
    size_t length = 0;
    const book_side *sides[2] = {&bids, &asks};
    for (int side = 0; side < 2; side++) {
        for (int index = sides[side]->count - 1; index >= 0; index--) {
            const level *each = &sides[side]->levels[index];
            memcpy(text + length, each->text, each->length);
            length += each->length;
        }
    }
    return (uint32_t)crc32(0, (const Bytef *)text, (uInt)(length > 0 ? length - 1 : 0));
}

// Applies a message, and returns the best bid.
static int64_t book_read(const words *w, const char *text, size_t count) {
    if (memmem(text, count, w->full, strlen(w->full)) != NULL) bids.count = asks.count = 0;
    side_read(&asks, -1, text, count, w->asks);
    side_read(&bids, 1, text, count, w->bids);
    const char *sum = memmem(text, count, w->checksum, strlen(w->checksum));
    if (sum == NULL || (uint32_t)strtoul(sum + strlen(w->checksum), NULL, 10) != book_checksum())
        give_up("checksum");
    if (bids.count == 0) give_up("no bids");
    return bids.levels[bids.count - 1].price;
}

// A signed order of CoinEx: the digest of its sorted members and the secret is a field of the head.
static size_t venue_order_write(char *target, uint64_t number, int64_t price) {
    static const char digits[] = "0123456789ABCDEF";
    static const char sorted[] =
        "access_id=floor&account_id=0&amount=1&client_id=bench-1-%llu&market=OAKPINE&option=IOC"
        "&price=%lld.%08lld&tonce=1700000000123&type=buy&secret_key=%s";
    static const char json[] =
        "{\"access_id\":\"floor\",\"account_id\":0,\"amount\":\"1\",\"client_id\":\"bench-1-%llu\","
        "\"market\":\"OAKPINE\",\"option\":\"IOC\",\"price\":\"%lld.%08lld\",\"tonce\":1700000000123,"
        "\"type\":\"buy\"}";
    char text[512], body[512], hex[33];
    long long whole = price / 100000000, part = price % 100000000;
    int length = sprintf(text, sorted, (unsigned long long)number, whole, part, "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk");
    unsigned char digest[16];
    EVP_Digest(text, (size_t)length, digest, NULL, EVP_md5(), NULL);
    for (int index = 0; index < 16; index++) {
        hex[2 * index] = digits[digest[index] >> 4];
        hex[2 * index + 1] = digits[digest[index] & 15];
    }
    hex[32] = 0;
    length = sprintf(body, json, (unsigned long long)number, whole, part);
    int head = sprintf(
        target,
        "POST /v1/order/limit HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nauthorization: %s\r\n"
        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n",
        port, hex, length);
    memcpy(target + head, body, (size_t)length);
    return (size_t)(head + length);
}

// The same of the second generation: the digest of all that travels, keyed with the secret.
static size_t venue_order_write_v2(char *target, uint64_t number, int64_t price) {
    static const char path[] = "POST/v2/spot/order", time[] = "1700000000123";
    char text[512], hex[64];
    memcpy(text, path, sizeof path - 1);
    char *body = text + sizeof path - 1;
    int length = sprintf(
        body,
        "{\"market\":\"OAKPINE\",\"market_type\":\"SPOT\",\"side\":\"buy\",\"type\":\"ioc\",\"amount\":\"1\","
        "\"price\":\"%lld.%08lld\",\"client_id\":\"bench-1-%llu\"}",
        (long long)(price / 100000000), (long long)(price % 100000000), (unsigned long long)number);
    memcpy(body + length, time, sizeof time - 1);
    sign(hex, text, sizeof path - 1 + (size_t)length + sizeof time - 1);
    int head = sprintf(
        target,
        "POST /v2/spot/order HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nx-coinex-key: floor\r\nx-coinex-timestamp: %s\r\n"
        "x-coinex-sign: %.64s\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
        port, time, hex, length);
    memcpy(target + head, body, (size_t)length);
    return (size_t)(head + length);
}

// Unpacks a message that is a gzip member by itself.
static void unpack(z_stream *stream, frame *f) {
    static char text[64 << 10];
    inflateReset(stream);
    stream->next_in = (Bytef *)f->payload;
    stream->avail_in = (uInt)f->length;
    stream->next_out = (Bytef *)text;
    stream->avail_out = sizeof text;
    if (inflate(stream, Z_FINISH) != Z_STREAM_END) give_up("inflate");
    f->payload = text;
    f->length = sizeof text - stream->avail_out;
}

// Of the bids, or of the asks where no bid has changed.
static int64_t first_price(const words *w, const char *text, size_t count) {
    const char *place = memmem(text, count, w->bids, strlen(w->bids));
    int has_bids = place != NULL && place[strlen(w->bids)] == '[';
    return number_behind(text, count, has_bids ? w->bids : w->asks);
}

void trade_books(int generation, int count, int microseconds, int is_blind) {
    const words *w = &languages[generation - 1];
    z_stream stream = {0};
    inflateInit2(&stream, 15 + 16);
    connection market, orders;
    open_connection(&orders);
    char target[64], request[2048];
    sprintf(target, "%s?%d&%d", w->target, count, microseconds);
    open_socket(&market, target, 0);
    say(&market, request, frame_write(request, 1, 0, w->call, strlen(w->call), 1));
    int64_t processor_start = thread_nanoseconds();
    int sent = 0, answered = 0;
    while (answered < count) {
        struct epoll_event event;
        if (epoll_wait(epoll, &event, 1, -1) < 1) continue;
        connection *c = event.data.ptr;
        if (connection_receive(c) < 0) give_up("the peer has gone");
        if (c == &orders) {
            while (take_answer(c)) answered++;
            continue;
        }
        frame f;
        while (frame_take(c, &f)) {
            if (f.opcode == 2) unpack(&stream, &f);
            else if (!is_utf8(f.payload, f.length)) give_up("no text");
            if (memmem(f.payload, f.length, "depth.update", 12) == NULL) continue;
            int64_t price =
                is_blind ? first_price(w, f.payload, f.length) : book_read(w, f.payload, f.length);
            say(&orders, request, w->write(request, (uint64_t)sent++, price));
        }
    }
    // The times are in the peer's file.
    printf("0 0 %lld\n", (long long)((thread_nanoseconds() - processor_start) / count));
}
