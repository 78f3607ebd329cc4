// The client side of the floor: what the Swift client does, in the least of C.
//
//     floor-client PORT CERTIFICATE echo COUNT
//     floor-client PORT CERTIFICATE rest COUNT
//     floor-client PORT CERTIFICATE flood COUNT DEFLATE FULL
//     floor-client PORT CERTIFICATE ticks COUNT MICROSECONDS
//     floor-client PORT CERTIFICATE books COUNT MICROSECONDS    an order to the least of a CoinEx for each book
//     floor-client PORT CERTIFICATE blind COUNT MICROSECONDS    the same by the first price of each message, without
//                                                               a book, a best price, a checksum
//
// Prints: nanoseconds in the middle (or of a frame), the least, and of the processor per round or frame.
#include "floor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

static int epoll;
static int port;
static SSL_CTX *context;

static void wait_for_input(void) {
    struct epoll_event event;
    while (epoll_wait(epoll, &event, 1, -1) < 1) {}
}

static void open_connection(connection *c) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) give_up("connect");
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    connection_init(c, fd, context, 0);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(c->ssl), "127.0.0.1");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    while (SSL_do_handshake(c->ssl) != 1) {
        connection_flush(c);
        wait_for_input();
        if (connection_receive(c) < 0) give_up("handshake");
    }
    connection_flush(c);
}

static void say(connection *c, const char *bytes, size_t count) {
    connection_write(c, bytes, count);
    if (!connection_flush(c)) give_up("the socket is full");
}

static void await_head(connection *c) {
    size_t length;
    while ((length = head_length(c)) == 0) {
        wait_for_input();
        if (connection_receive(c) < 0) give_up("the peer has gone");
    }
    c->start += length;
}

static void open_socket(connection *c, const char *target, int deflated) {
    open_connection(c);
    char request[512];
    int size = sprintf(
        request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
        target, port, deflated ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "");
    say(c, request, (size_t)size);
    await_head(c);
}

// Times

static int64_t *times;
static int64_t processor_start;

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void print_times(int count) {
    int64_t processor = (thread_nanoseconds() - processor_start) / count;
    qsort(times, (size_t)count, sizeof times[0], compare);
    printf("%lld %lld %lld\n", (long long)times[count / 2], (long long)times[0], (long long)processor);
}

static void echo(int count) {
    connection c;
    open_socket(&c, "/echo", 0);
    char message[180], bytes[256];
    memset(message, 'x', sizeof message);
    processor_start = thread_nanoseconds();
    for (int round = 0; round < count; round++) {
        int64_t start = now_nanoseconds();
        say(&c, bytes, frame_write(bytes, 1, 0, message, sizeof message, 1));
        frame f;
        while (!frame_take(&c, &f)) {
            wait_for_input();
            if (connection_receive(&c) < 0) give_up("the peer has gone");
        }
        if (f.opcode != 1 || f.length != sizeof message || !is_utf8(f.payload, f.length)) give_up("echo");
        times[round] = now_nanoseconds() - start;
    }
    print_times(count);
}

// Orders

static EVP_MAC_CTX *mac;

static void prepare_mac(void) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_construct_end()};
    mac = EVP_MAC_CTX_new(EVP_MAC_fetch(NULL, "HMAC", NULL));
    unsigned char key[64];
    memset(key, 'k', sizeof key);
    if (EVP_MAC_init(mac, key, sizeof key, parameters) != 1) give_up("EVP_MAC_init");
}

static size_t order_write(char *target, uint64_t number, int64_t price) {
    static const char digits[] = "0123456789abcdef";
    char body[384];
    int length = sprintf(
        body,
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00100&price=%lld.%08lld"
        "&newClientOrderId=x-martlet-%llu&recvWindow=5000&timestamp=1700000000123&n=%llu",
        (long long)(price / 100000000), (long long)(price % 100000000), (unsigned long long)number,
        (unsigned long long)number);
    unsigned char digest[32];
    size_t size;
    EVP_MAC_init(mac, NULL, 0, NULL);
    EVP_MAC_update(mac, (unsigned char *)body, (size_t)length);
    EVP_MAC_final(mac, digest, &size, sizeof digest);
    memcpy(body + length, "&signature=", 11);
    length += 11;
    for (int index = 0; index < 32; index++) {
        body[length++] = digits[digest[index] >> 4];
        body[length++] = digits[digest[index] & 15];
    }
    int head = sprintf(
        target,
        "POST /api/v3/order HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-MBX-APIKEY: "
        "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n",
        port, length);
    memcpy(target + head, body, (size_t)length);
    return (size_t)(head + length);
}

// Whether a whole answer was taken.
static int take_answer(connection *c) {
    size_t length = head_length(c), count;
    if (length == 0) return 0;
    const char *head = c->plain + c->start;
    const char *declared = head_field(head, length, "Content-Length", &count);
    if (strncmp(head, "HTTP/1.1 200", 12) != 0 || declared == NULL) give_up("answer");
    size_t body = (size_t)atoll(declared);
    if (c->end - c->start < length + body) return 0;
    c->start += length + body;
    return 1;
}

static void rest(int count) {
    connection c;
    open_connection(&c);
    char request[1024];
    processor_start = thread_nanoseconds();
    for (int round = 0; round < count; round++) {
        int64_t start = now_nanoseconds();
        say(&c, request, order_write(request, (uint64_t)round, 6405000000000));
        while (!take_answer(&c)) {
            wait_for_input();
            if (connection_receive(&c) < 0) give_up("the peer has gone");
        }
        times[round] = now_nanoseconds() - start;
    }
    print_times(count);
}

static void flood(int count, int deflated, int full) {
    connection c;
    char target[64];
    sprintf(target, "/flood/%d/%d/%d", count, deflated, full);
    open_socket(&c, target, deflated);
    z_stream stream = {0};
    inflateInit2(&stream, -15);
    static char text[4096];
    int64_t sum = 0;
    int seen = 0, measured = 0;
    int64_t start = 0;
    while (seen < count) {
        frame f;
        while (frame_take(&c, &f)) {
            if (f.is_compressed) {
                stream.next_in = (Bytef *)f.payload;
                stream.avail_in = (uInt)f.length;
                stream.next_out = (Bytef *)text;
                stream.avail_out = sizeof text;
                int result = inflate(&stream, Z_SYNC_FLUSH);
                if (result != Z_OK && result != Z_BUF_ERROR) give_up("inflate");
                stream.next_in = (Bytef *)"\0\0\xFF\xFF";
                stream.avail_in = 4;
                inflate(&stream, Z_SYNC_FLUSH);
                f.payload = text;
                f.length = sizeof text - stream.avail_out;
            }
            if (f.opcode != 1 || !is_utf8(f.payload, f.length)) give_up("no text");
            uint64_t number;
            int64_t bid;
            ticker_read(f.payload, f.length, &number, &bid);
            sum += bid;
            seen++;
        }
        // The first tenth warms up.
        if (start == 0 && seen > count / 10) {
            start = now_nanoseconds();
            processor_start = thread_nanoseconds();
            measured = count - seen;
        }
        if (seen == count) break;
        wait_for_input();
        if (connection_receive(&c) < 0) give_up("the peer has gone");
    }
    int64_t processor = thread_nanoseconds() - processor_start;
    int64_t taken = now_nanoseconds() - start;
    if (sum <= 0) give_up("no prices");
    printf("%lld 0 %.1f\n", (long long)(taken / measured), (double)processor / measured);
}

static void trade(int count, int microseconds) {
    connection market, orders;
    open_connection(&orders);
    char target[64];
    sprintf(target, "/ticks/%d/%d", count, microseconds);
    open_socket(&market, target, 0);
    processor_start = thread_nanoseconds();
    char request[1024];
    while (1) {
        struct epoll_event event;
        if (epoll_wait(epoll, &event, 1, -1) < 1) continue;
        connection *c = event.data.ptr;
        if (connection_receive(c) < 0) give_up("the peer has gone");
        if (c == &orders) {
            while (take_answer(c)) {}
            continue;
        }
        frame f;
        while (frame_take(c, &f)) {
            if (f.payload[0] != '{') {
                int64_t processor = (thread_nanoseconds() - processor_start) / count;
                long long middle, high, least;
                f.payload[f.length] = 0;
                if (sscanf(f.payload, "%lld %lld %lld", &middle, &high, &least) != 3) give_up("result");
                printf("%lld %lld %lld\n", middle, least, (long long)processor);
                return;
            }
            if (!is_utf8(f.payload, f.length)) give_up("no text");
            uint64_t number;
            int64_t bid;
            ticker_read(f.payload, f.length, &number, &bid);
            say(&orders, request, order_write(request, number, bid));
        }
    }
}

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
static int64_t book_read(const char *text, size_t count) {
    if (memmem(text, count, "[true", 5) != NULL) bids.count = asks.count = 0;
    side_read(&asks, -1, text, count, "\"asks\": [");
    side_read(&bids, 1, text, count, "\"bids\": [");
    const char *sum = memmem(text, count, "\"checksum\": ", 12);
    if (sum == NULL || (uint32_t)strtoul(sum + 12, NULL, 10) != book_checksum()) give_up("checksum");
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

static void trade_books(int count, int microseconds, int is_blind) {
    connection market, orders;
    open_connection(&orders);
    char target[64], request[2048];
    sprintf(target, "/?%d&%d", count, microseconds);
    open_socket(&market, target, 0);
    static const char call[] =
        "{\"id\":1,\"method\":\"depth.subscribe\",\"params\":[\"OAKPINE\",20,\"0\"]}";
    say(&market, request, frame_write(request, 1, 0, call, sizeof call - 1, 1));
    processor_start = thread_nanoseconds();
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
            if (!is_utf8(f.payload, f.length)) give_up("no text");
            if (memmem(f.payload, f.length, "depth.update", 12) == NULL) continue;
            int64_t price;
            if (is_blind) {
                price = number_behind(f.payload, f.length, "\"bids\": [[\"");
                if (price == 0) price = number_behind(f.payload, f.length, "\"asks\": [[\"");
            } else {
                price = book_read(f.payload, f.length);
            }
            say(&orders, request, venue_order_write(request, (uint64_t)sent++, price));
        }
    }
    // The times are in the peer's file.
    printf("0 0 %lld\n", (long long)((thread_nanoseconds() - processor_start) / count));
}

int main(int argc, char **argv) {
    if (argc < 5) give_up("usage: floor-client PORT CERTIFICATE MODE COUNT ...");
    port = atoi(argv[1]);
    int count = atoi(argv[4]);
    int first = argc > 5 ? atoi(argv[5]) : 0, second = argc > 6 ? atoi(argv[6]) : 0;
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    if (SSL_CTX_load_verify_locations(context, argv[2], NULL) != 1) give_up(argv[2]);
    epoll = epoll_create1(0);
    times = calloc((size_t)count, sizeof times[0]);
    prepare_mac();
    if (strcmp(argv[3], "echo") == 0) echo(count);
    else if (strcmp(argv[3], "rest") == 0) rest(count);
    else if (strcmp(argv[3], "flood") == 0) flood(count, first, second);
    else if (strcmp(argv[3], "ticks") == 0) trade(count, first);
    else if (strcmp(argv[3], "books") == 0) trade_books(count, first, 0);
    else if (strcmp(argv[3], "blind") == 0) trade_books(count, first, 1);
    else give_up("no such mode");
    return 0;
}
