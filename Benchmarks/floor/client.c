// The client side of the floor: what the Swift client does, in the least of C.
//
//     floor-client PORT CERTIFICATE echo COUNT
//     floor-client PORT CERTIFICATE rest COUNT
//     floor-client PORT CERTIFICATE flood COUNT DEFLATE FULL
//     floor-client PORT CERTIFICATE ticks COUNT MICROSECONDS
//     floor-client PORT CERTIFICATE books COUNT MICROSECONDS    an order to the least of a CoinEx for each book
//     floor-client PORT CERTIFICATE blind COUNT MICROSECONDS    the same by the first price of each message, without
//                                                               a book, a best price, a checksum
//     floor-client PORT CERTIFICATE books-v2 COUNT MICROSECONDS and blind-v2: in the words of the second generation,
//                                                               whose messages are packed
//
// Prints: nanoseconds in the middle (or of a frame), the least, and of the processor per round or frame.
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <zlib.h>

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

static size_t order_write(char *target, uint64_t number, int64_t price) {
    char body[384];
    int length = sprintf(
        body,
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00100&price=%lld.%08lld"
        "&newClientOrderId=x-martlet-%llu&recvWindow=5000&timestamp=1700000000123&n=%llu",
        (long long)(price / 100000000), (long long)(price % 100000000), (unsigned long long)number,
        (unsigned long long)number);
    size_t end = (size_t)length;
    memcpy(body + length, "&signature=", 11);
    sign(body + length + 11, body, end);
    length += 11 + 64;
    int head = sprintf(
        target,
        "POST /api/v3/order HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-MBX-APIKEY: "
        "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n",
        port, length);
    memcpy(target + head, body, (size_t)length);
    return (size_t)(head + length);
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

int main(int argc, char **argv) {
    if (argc < 5) give_up("usage: floor-client PORT CERTIFICATE MODE COUNT ...");
    int count = atoi(argv[4]);
    int first = argc > 5 ? atoi(argv[5]) : 0, second = argc > 6 ? atoi(argv[6]) : 0;
    prepare_client(atoi(argv[1]), argv[2]);
    times = calloc((size_t)count, sizeof times[0]);
    if (strcmp(argv[3], "echo") == 0) echo(count);
    else if (strcmp(argv[3], "rest") == 0) rest(count);
    else if (strcmp(argv[3], "flood") == 0) flood(count, first, second);
    else if (strcmp(argv[3], "ticks") == 0) trade(count, first);
    else if (strcmp(argv[3], "books") == 0) trade_books(1, count, first, 0);
    else if (strcmp(argv[3], "blind") == 0) trade_books(1, count, first, 1);
    else if (strcmp(argv[3], "books-v2") == 0) trade_books(2, count, first, 0);
    else if (strcmp(argv[3], "blind-v2") == 0) trade_books(2, count, first, 1);
    else give_up("no such mode");
    return 0;
}
