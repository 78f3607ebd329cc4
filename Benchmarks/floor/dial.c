// Connections of the client, what came back on them, and signatures.
#include "client.h"

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

int epoll;
int port;
static SSL_CTX *context;
static EVP_MAC_CTX *mac;

static void prepare_mac(void) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_construct_end()};
    mac = EVP_MAC_CTX_new(EVP_MAC_fetch(NULL, "HMAC", NULL));
    unsigned char key[64];
    memset(key, 'k', sizeof key);
    if (EVP_MAC_init(mac, key, sizeof key, parameters) != 1) give_up("EVP_MAC_init");
}

void prepare_client(int to_port, const char *certificate) {
    port = to_port;
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    if (SSL_CTX_load_verify_locations(context, certificate, NULL) != 1) give_up(certificate);
    epoll = epoll_create1(0);
    prepare_mac();
}

void wait_for_input(void) {
    struct epoll_event event;
    while (epoll_wait(epoll, &event, 1, -1) < 1) {}
}

void open_connection(connection *c) {
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

void say(connection *c, const char *bytes, size_t count) {
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

void open_socket(connection *c, const char *target, int deflated) {
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

int take_answer(connection *c) {
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

void sign(char *target, const char *text, size_t count) {
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[32];
    size_t size;
    EVP_MAC_init(mac, NULL, 0, NULL);
    EVP_MAC_update(mac, (const unsigned char *)text, count);
    EVP_MAC_final(mac, digest, &size, sizeof digest);
    for (int index = 0; index < 32; index++) {
        target[2 * index] = digits[digest[index] >> 4];
        target[2 * index + 1] = digits[digest[index] & 15];
    }
}
