// OpenSSL 3 for Swift: what is a function-like macro there is a function here, which Swift sees.
#ifndef MARTLET_COPENSSL_SHIM_H
#define MARTLET_COPENSSL_SHIM_H

// The digests of old that keep their state where their caller wants it. The newer way to the same code allocates
// once per digest (OpenSSL 3.0), which the path of an order must not.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline long copenssl_set_server_name(SSL *ssl, const char *host) {
    return SSL_set_tlsext_host_name(ssl, host);
}

static inline long copenssl_set_minimum_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}

static inline long copenssl_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}

static inline long copenssl_set_session_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}

static inline long copenssl_memory(BIO *bio, char **data) {
    return BIO_get_mem_data(bio, data);
}

static inline int copenssl_reset(BIO *bio) {
    return BIO_reset(bio);
}

static inline int copenssl_error_reason(unsigned long error) {
    return ERR_GET_REASON(error);
}

// Partial writes from memory that may move; buffers are kept, releasing them costs a tenth of the speed.
static const long copenssl_modes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER;

// No renegotiation, no compression: neither is needed, both have been attacked.
static const uint64_t copenssl_options = SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION;

#endif
