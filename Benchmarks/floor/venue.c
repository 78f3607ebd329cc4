// The least of a CoinEx, for a bot that trades in earnest. The lines of CERTIFICATE.books are whole messages of a book.
//
// GET /?COUNT&MICROSECONDS         a WebSocket that grants every call, and after "depth.subscribe" sends a line in
//                                  every period, until COUNT were answered by orders
// GET /v1/... and POST /v1/...     an account with money and no orders; orders are cancelled unfilled
// CERTIFICATE.times                the middle, the ninth tenth and the least of the times between the two
//
// The second generation stands at /v2/spot?COUNT&MICROSECONDS and /v2/... . Its messages are packed, each by itself:
// those of books before the first is sent, for a venue packs on a machine of its own, and its tables would push what
// the bot needs out of the caches. The end of an order is told by a push, as its reply says nothing of it.
#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { PATIENCE_NANOSECONDS = 50000000, NAME_LENGTH = 64 };

static struct {
    const char *certificate;
    // Messages of books, one behind the other, of which the next one is sent next.
    char *books;
    size_t *ends;
    int book_count;
    int next;
    // Of the socket that subscribes.
    int count;
    int microseconds;
    // A line was sent and no order has come since.
    int is_waiting;
    long long orders;
    // The last order's, for those who ask.
    char name[NAME_LENGTH];
} venue;

void venue_prepare(const char *certificate) { venue.certificate = certificate; }

void venue_open(client *c, const char *head) {
    int times, period;
    if (strncmp(head, "GET /?", 6) == 0) c->generation = 1;
    if (strncmp(head, "GET /v2/spot", 12) == 0) c->generation = 2;
    if (c->generation == 0) return;
    if (sscanf(head, c->generation == 1 ? "GET /?%d&%d " : "GET /v2/spot?%d&%d ", &times, &period) != 2) return;
    if (times >= TICKS_MAX) return;
    venue.count = times;
    venue.microseconds = period;
    venue.is_waiting = 0;
}

// Messages

// Packs a message by itself, and returns how long it is then.
static size_t pack(z_stream *stream, const char *text, size_t count, char *packed, size_t room) {
    deflateReset(stream);
    stream->next_in = (Bytef *)text;
    stream->avail_in = (uInt)count;
    stream->next_out = (Bytef *)packed;
    stream->avail_out = (uInt)room;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END) give_up("a message is too long to be packed");
    return room - stream->avail_out;
}

static void send_plain(client *c, const char *text, size_t count) {
    if (c->generation == 1) {
        send_message(c, 1, text, count);
    } else {
        // With the smallest of tables: what is packed between two books should not be felt.
        static z_stream stream;
        static int is_ready;
        if (!is_ready && deflateInit2(&stream, 1, Z_DEFLATED, 9 + 16, 1, Z_DEFAULT_STRATEGY) != Z_OK)
            give_up("deflate");
        is_ready = 1;
        char packed[4096];
        send_message(c, 2, packed, pack(&stream, text, count, packed, sizeof packed));
    }
    flush(c);
}

static void send_book(void) {
    // An order may be on its way; a bot that has just begun sends none.
    if (venue.is_waiting && now_nanoseconds() - ticks.sent_at[0] < PATIENCE_NANOSECONDS) return;
    if (venue.next == venue.book_count) give_up("no more books");
    size_t start = venue.next == 0 ? 0 : venue.ends[venue.next - 1];
    size_t size = venue.ends[venue.next] - start;
    venue.next++;
    ticks.sent_at[0] = now_nanoseconds();
    venue.is_waiting = 1;
    send_message(ticks.target, ticks.target->generation, venue.books + start, size);
    flush(ticks.target);
}

int venue_tick(void) {
    if (venue.count == 0) return 0;
    send_book();
    return 1;
}

// Reads the lines, and packs them for those who want them so.
static void read_books(int generation) {
    char path[512];
    snprintf(path, sizeof path, "%s.books", venue.certificate);
    FILE *file = fopen(path, "r");
    if (file == NULL) give_up(path);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *lines = calloc(size + 1, 1);
    if (fread(lines, 1, size, file) != size) give_up(path);
    fclose(file);
    free(venue.books);
    free(venue.ends);
    // What is packed may be longer by its head and its tail.
    size_t room = 2 * size + 65536, used = 0;
    venue.books = malloc(room);
    venue.ends = calloc(size, sizeof venue.ends[0]);
    venue.book_count = venue.next = 0;
    z_stream stream = {0};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) give_up("deflate");
    char *end;
    for (char *line = lines; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        size_t count = (size_t)(end - line);
        if (generation == 1) {
            memcpy(venue.books + used, line, count);
            used += count;
        } else {
            used += pack(&stream, line, count, venue.books + used, room - used);
        }
        venue.ends[venue.book_count++] = used;
    }
    deflateEnd(&stream);
    free(lines);
}

void venue_call(client *c, const char *text, size_t count) {
    const char *digits = memmem(text, count, "\"id\":", 5);
    long long id = digits == NULL ? 0 : atoll(digits + 5);
    char answer[128];
    int size;
    if (c->generation == 2) {
        const char *data = memmem(text, count, "server.ping", 11) ? "\"data\":{\"result\":\"pong\"}," : "";
        size = sprintf(answer, "{\"id\":%lld,\"code\":0,%s\"message\":\"OK\"}", id, data);
    } else {
        const char *result = memmem(text, count, "server.ping", 11) ? "\"pong\"" : "{\"status\":\"success\"}";
        size = sprintf(answer, "{\"error\":null,\"result\":%s,\"id\":%lld}", result, id);
    }
    send_plain(c, answer, (size_t)size);
    if (memmem(text, count, "depth.subscribe", 15) == NULL || venue.count == 0) return;
    ticks.target = c;
    ticks.count = venue.count;
    ticks.answered = 0;
    read_books(c->generation);
    set_timer((int64_t)venue.microseconds * 1000);
}

// Requests

static void take_order(int64_t at) {
    // Of a connection that has seen nothing yet, or a second order for one book.
    if (!venue.is_waiting || ticks.target == NULL) return;
    venue.is_waiting = 0;
    ticks.taken[ticks.answered++] = at - ticks.sent_at[0];
    if (ticks.answered < ticks.count) return;
    set_timer(0);
    char path[512], text[128];
    write_times(text);
    snprintf(path, sizeof path, "%s.times", venue.certificate);
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(text, file) < 0) give_up(path);
    fclose(file);
    venue.count = 0;
}

static long long now_milliseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void note_name(const char *body, size_t count) {
    const char *name = memmem(body, count, "\"client_id\":\"", 13);
    size_t size = name == NULL ? 0 : strcspn(name + 13, "\"");
    if (size >= NAME_LENGTH) size = 0;
    if (size > 0) memcpy(venue.name, name + 13, size);
    venue.name[size] = 0;
    venue.orders++;
}

static void write_order(char *data) {
    long long now = now_milliseconds() / 1000;
    sprintf(
        data,
        "{\"amount\":\"1\",\"asset_fee\":\"0\",\"avg_price\":\"0.00\",\"client_id\":\"%s\",\"create_time\":%lld,"
        "\"deal_amount\":\"0\",\"deal_fee\":\"0\",\"deal_money\":\"0\",\"fee_asset\":null,\"fee_discount\":\"0\","
        "\"finished_time\":%lld,\"id\":%lld,\"left\":\"1\",\"maker_fee_rate\":\"0.002\",\"market\":\"OAKPINE\","
        "\"money_fee\":\"0\",\"order_type\":\"limit\",\"price\":\"1\",\"status\":\"cancel\",\"stock_fee\":\"0\","
        "\"taker_fee_rate\":\"0.002\",\"type\":\"buy\"}",
        venue.name, now, now, venue.orders);
}

static void answer_v1(char *data, int is_post, const char *line, size_t length) {
    if (is_post) {
        write_order(data);
    } else if (memmem(line, length, "/balance/", 9) != NULL) {
        sprintf(
            data, "{\"OAK\":{\"available\":\"1000\",\"frozen\":\"0\"},"
                  "\"PINE\":{\"available\":\"100000000\",\"frozen\":\"0\"}}");
    } else if (memmem(line, length, "/market/ticker", 14) != NULL) {
        sprintf(
            data,
            "{\"date\":%lld,\"ticker\":{\"vol\":\"1\",\"low\":\"1\",\"open\":\"1\",\"high\":\"1\","
            "\"last\":\"1\",\"buy\":\"1\",\"buy_amount\":\"1\",\"sell\":\"1\",\"sell_amount\":\"1\"}}",
            now_milliseconds());
    } else {
        sprintf(data, "{\"count\":0,\"curr_page\":1,\"data\":[],\"has_next\":false,\"total\":0}");
    }
}

// The last order as REST tells of it, or as a push does.
static int write_order_v2(char *data, int is_push, const char *status) {
    long long now = now_milliseconds();
    return sprintf(
        data,
        "{\"order_id\":%lld,\"market\":\"OAKPINE\",%s,\"side\":\"buy\",\"type\":\"ioc\",\"amount\":\"1\","
        "\"price\":\"1\",\"unfilled_amount\":\"1\",\"filled_amount\":\"0\",\"filled_value\":\"0\","
        "\"client_id\":\"%s\",\"%s\":\"0\",\"%s\":\"0\",\"%s\":\"0\",\"maker_fee_rate\":\"0.002\","
        "\"taker_fee_rate\":\"0.002\",\"last_filled_amount\":\"0\",\"last_filled_price\":\"0\","
        "\"created_at\":%lld,\"updated_at\":%lld%s}",
        venue.orders, is_push ? "\"margin_market\":\"\"" : "\"market_type\":\"SPOT\",\"ccy\":\"OAK\"", venue.name,
        is_push ? "base_ccy_fee" : "base_fee", is_push ? "quote_ccy_fee" : "quote_fee",
        is_push ? "discount_ccy_fee" : "discount_fee", now, now, status);
}

static void push_end(client *c) {
    char text[1024];
    int size = sprintf(text, "{\"method\":\"order.update\",\"data\":{\"event\":\"finish\",\"order\":");
    size += write_order_v2(text + size, 1, "");
    size += sprintf(text + size, "},\"id\":null}");
    send_plain(c, text, (size_t)size);
}

static void answer_v2(char *data, int is_post, const char *line, size_t length) {
    if (is_post) {
        write_order_v2(data, 0, "");
    } else if (memmem(line, length, "/order-status", 13) != NULL) {
        write_order_v2(data, 0, ",\"status\":\"canceled\"");
    } else if (memmem(line, length, "/balance", 8) != NULL) {
        sprintf(
            data, "[{\"ccy\":\"OAK\",\"available\":\"1000\",\"frozen\":\"0\"},"
                  "{\"ccy\":\"PINE\",\"available\":\"100000000\",\"frozen\":\"0\"}]");
    } else if (memmem(line, length, "/time", 5) != NULL) {
        sprintf(data, "{\"timestamp\":%lld}", now_milliseconds());
    } else {
        sprintf(data, "[]");
    }
}

int venue_request(client *c, const char *head, size_t length, const char *body, size_t count, int64_t at) {
    const char *target = memchr(head, ' ', length);
    if (target == NULL || strncmp(target, " /v", 3) != 0 || (target[3] != '1' && target[3] != '2')) return 0;
    int generation = target[3] - '0', is_post = head[0] == 'P';
    const char *end = memchr(head, '\n', length);
    size_t line = end == NULL ? length : (size_t)(end - head);
    char data[768], answer[1024];
    if (is_post) {
        take_order(at);
        note_name(body, count);
    }
    if (generation == 1) answer_v1(data, is_post, head, line);
    else answer_v2(data, is_post, head, line);
    const char *pages = generation == 2 && data[0] == '[' ? ",\"pagination\":{\"total\":0,\"has_next\":false}" : "";
    const char *word = generation == 1 ? "Ok" : "OK";
    int size = sprintf(
        answer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nContent-Length: %zu"
        "\r\n\r\n{\"code\":0,\"data\":%s%s,\"message\":\"%s\"}",
        strlen(data) + strlen(pages) + 33, data, pages, word);
    // The socket of the books is told first: who hears of the end before the answer need not ask.
    if (is_post && generation == 2 && ticks.target != NULL) push_end(ticks.target);
    if (is_post && ticks.answered == ticks.count) ticks.target = NULL;
    connection_write(&c->base, answer, (size_t)size);
    flush(c);
    return 1;
}
