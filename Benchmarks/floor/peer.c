// The server that both sides talk to: echoes, floods, ticks, and answers to orders.
//
//     floor-peer CERTIFICATE      writes its certificate there, prints its port, serves until its input ends
//
// GET /echo                        a WebSocket that sends messages back
// GET /flood/COUNT/DEFLATE/FULL    COUNT tickers, compressed or not, a record each or as few as possible
// GET /ticks/COUNT/MICROSECONDS    a ticker in every period; when all are answered by orders, one text with the
//                                  middle, the ninth tenth and the least of the times between the two
// POST anything                    an answer of some hundred bytes; "n=" in the body names the tick
//
// It is also the least of a CoinEx: see venue.c.
#include "peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <zlib.h>

static int epoll;
static int timer;
static SSL_CTX *context;

tick_times ticks;

// TLS

static void add_extension(X509 *certificate, int kind, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, kind, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

static void make_context(const char *path) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate), "CN", MBSTRING_ASC, (const unsigned char *)"floor", -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    X509_set_pubkey(certificate, key);
    add_extension(certificate, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    if (!X509_sign(certificate, key, EVP_sha256())) give_up("X509_sign");
    FILE *file = fopen(path, "w");
    if (file == NULL || !PEM_write_X509(file, certificate)) give_up(path);
    fclose(file);
    context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (SSL_CTX_use_certificate(context, certificate) != 1 || SSL_CTX_use_PrivateKey(context, key) != 1)
        give_up("certificate");
}

// Sending

static void watch(client *c, int waits) {
    if (c->waits_for_output == waits) return;
    c->waits_for_output = waits;
    struct epoll_event event = {.events = EPOLLIN | (waits ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(epoll, EPOLL_CTL_MOD, c->base.fd, &event);
}

void flush(client *c) { watch(c, !connection_flush(&c->base)); }

void send_message(client *c, int opcode, const char *payload, size_t count) {
    static char bytes[70000];
    size_t size = frame_write(bytes, opcode, 0, payload, count, 0);
    connection_write(&c->base, bytes, size);
}

static void send_text(client *c, const char *text, size_t count) { send_message(c, 1, text, count); }

static void flood(client *c, int count, int deflated, int full) {
    z_stream stream = {0};
    if (deflated && deflateInit2(&stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) give_up("deflate");
    char text[512], packed[1024], bytes[1024];
    char *gathered = malloc((size_t)count * 200 + sizeof bytes);
    size_t used = 0;
    int64_t step = 5000;
    for (int number = 0; number < count; number++) {
        step += number * 2654435761u % 7 - 3;
        size_t length = ticker_write(text, (uint64_t)number, step);
        const char *payload = text;
        if (deflated) {
            stream.next_in = (Bytef *)text;
            stream.avail_in = (uInt)length;
            stream.next_out = (Bytef *)packed;
            stream.avail_out = sizeof packed;
            deflate(&stream, Z_SYNC_FLUSH);
            payload = packed;
            length = sizeof packed - stream.avail_out - 4;
        }
        size_t size = frame_write(bytes, 1, deflated, payload, length, 0);
        if (full) {
            memcpy(gathered + used, bytes, size);
            used += size;
        } else {
            connection_write(&c->base, bytes, size);
        }
    }
    if (deflated) deflateEnd(&stream);
    for (size_t start = 0; start < used; start += 16384)
        connection_write(&c->base, gathered + start, used - start < 16384 ? used - start : 16384);
    free(gathered);
    flush(c);
}

// Ticks

void set_timer(int64_t nanoseconds) {
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    struct itimerspec spec = {time, time};
    timerfd_settime(timer, 0, &spec, NULL);
}

static void tick(void) {
    uint64_t times;
    if (read(timer, &times, 8) != 8 || ticks.target == NULL) return;
    if (venue_tick()) return;
    if (ticks.sent == ticks.count) return;
    char text[512];
    size_t length = ticker_write(text, (uint64_t)ticks.sent, 5000 + ticks.sent % 50);
    ticks.sent_at[ticks.sent++] = now_nanoseconds();
    send_text(ticks.target, text, length);
    flush(ticks.target);
}

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

int write_times(char *text) {
    qsort(ticks.taken, (size_t)ticks.count, sizeof ticks.taken[0], compare);
    return sprintf(
        text, "%lld %lld %lld\n", (long long)ticks.taken[ticks.count / 2],
        (long long)ticks.taken[ticks.count * 9 / 10], (long long)ticks.taken[0]);
}

static void take_order(const char *body, size_t count, int64_t at) {
    const char *number = memmem(body, count, "n=", 2);
    if (number == NULL || ticks.target == NULL) return;
    int64_t index = atoll(number + 2) - 4000000000;
    if (index < 0 || index >= ticks.sent) return;
    ticks.taken[ticks.answered++] = at - ticks.sent_at[index];
    if (ticks.answered < ticks.count) return;
    set_timer(0);
    char text[128];
    int length = write_times(text);
    // Without the end of the line.
    send_text(ticks.target, text, (size_t)length - 1);
    flush(ticks.target);
    ticks.target = NULL;
}

// Requests

static void upgrade(client *c, const char *head, size_t length) {
    size_t count;
    const char *key = head_field(head, length, "Sec-WebSocket-Key", &count);
    if (key == NULL || count > 64) give_up("no key");
    char joined[128];
    int size = sprintf(joined, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", (int)count, key);
    unsigned char digest[20], accept[32];
    EVP_Digest(joined, (size_t)size, digest, NULL, EVP_sha1(), NULL);
    EVP_EncodeBlock(accept, digest, 20);
    int times = 0, first = 0, second = 0;
    int is_flood = sscanf(head, "GET /flood/%d/%d/%d ", &times, &first, &second) == 3;
    int is_ticks = sscanf(head, "GET /ticks/%d/%d ", &times, &first) == 2;
    venue_open(c, head);
    char answer[512];
    size = sprintf(
        answer,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\n%s\r\n",
        accept, is_flood && first ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "");
    connection_write(&c->base, answer, (size_t)size);
    flush(c);
    c->is_socket = 1;
    if (is_flood) flood(c, times, first, second);
    if (is_ticks && times < TICKS_MAX) {
        ticks.target = c;
        ticks.count = times;
        ticks.sent = ticks.answered = 0;
        set_timer(first * 1000);
    }
}

// Whether a whole request was taken.
static int take_request(client *c) {
    static const char answer[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nConnection: keep-alive\r\n"
        "X-Mbx-Used-Weight: 21\r\nX-Mbx-Used-Weight-1m: 21\r\nX-Mbx-Order-Count-10s: 1\r\n"
        "Cache-Control: no-cache, no-store, must-revalidate\r\nContent-Length: 101\r\n\r\n"
        "{\"symbol\":\"BTCUSDT\",\"orderId\":28457123,\"clientOrderId\":\"x-12345678\",\"status\":\"NEW\","
        "\"type\":\"LIMIT\"}   ";
    connection *base = &c->base;
    size_t length = head_length(base);
    if (length == 0) return 0;
    const char *head = base->plain + base->start;
    size_t count;
    if (head_field(head, length, "Upgrade", &count) != NULL) {
        base->start += length;
        upgrade(c, head, length);
        return 1;
    }
    const char *declared = head_field(head, length, "Content-Length", &count);
    size_t body = declared == NULL ? 0 : (size_t)atoll(declared);
    if (base->end - base->start < length + body) return 0;
    int64_t at = now_nanoseconds();
    base->start += length + body;
    if (venue_request(c, head, length, head + length, body, at)) return 1;
    connection_write(base, answer, sizeof answer - 1);
    flush(c);
    take_order(head + length, body, at);
    return 1;
}

static void take_frames(client *c) {
    frame f;
    while (frame_take(&c->base, &f)) {
        if (f.opcode == 8) c->base.is_over = 1;
        if (f.opcode != 1) continue;
        if (!is_utf8(f.payload, f.length)) give_up("text that is none");
        if (c->generation > 0) {
            venue_call(c, f.payload, f.length);
            continue;
        }
        send_text(c, f.payload, f.length);
    }
    flush(c);
}

static void serve(client *c, uint32_t events) {
    if (events & EPOLLOUT) flush(c);
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        connection_receive(&c->base);
        // The handshake, and what TLS has to say.
        flush(c);
        while (!c->is_socket && take_request(c)) {}
        if (c->is_socket) take_frames(c);
    }
    if (!c->base.is_over) return;
    if (ticks.target == c) ticks.target = NULL;
    connection_free(&c->base);
    free(c);
}

static void add(int fd, void *data) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = data};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) give_up("epoll_ctl");
}

// A processor with nothing to do falls asleep, and how deep, and how slow it is behind that, nobody can tell: the same
// program took a half longer in one minute than in the next. So on the core that all share there is always somebody
// who has something to do, and who gives way to everybody else.
static void keep_awake(void) {
    if (fork() != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct sched_param none = {0};
    if (getppid() == 1 || sched_setscheduler(0, SCHED_IDLE, &none) != 0) _exit(0);
    while (1) {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        __asm__ volatile("yield");
#endif
    }
}

static void greet(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    client *c = calloc(1, sizeof *c);
    connection_init(&c->base, fd, context, 1);
    add(fd, c);
}

int main(int count, char **words) {
    if (count != 2) give_up("usage: floor-peer CERTIFICATE");
    signal(SIGPIPE, SIG_IGN);
    keep_awake();
    make_context(words[1]);
    venue_prepare(words[1]);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 64) != 0) give_up("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    add(listener, &listener);
    add(timer, &timer);
    // Who started us holds the other end.
    add(STDIN_FILENO, &epoll);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (1) {
        struct epoll_event events[64];
        int ready = epoll_wait(epoll, events, 64, -1);
        for (int index = 0; index < ready; index++) {
            void *data = events[index].data.ptr;
            if (data == &listener) greet(listener);
            else if (data == &timer) tick();
            else if (data == &epoll) exit(0);
            else serve(data, events[index].events);
        }
    }
}
