// Linux for Swift: what its Glibc module leaves out.
#ifndef MARTLET_CLINUX_SHIM_H
#define MARTLET_CLINUX_SHIM_H

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

// Hidden without _GNU_SOURCE, which Swift's own copy of the headers is built without.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pipe2(int [2], int);
extern void explicit_bzero(void *, size_t);
extern int madvise(void *, size_t, int);
extern int pthread_setname_np(unsigned long, const char *);

static const uint32_t clinux_in = EPOLLIN;
static const uint32_t clinux_out = EPOLLOUT;
static const uint32_t clinux_error = EPOLLERR;
static const uint32_t clinux_hangup = EPOLLHUP;
static const uint32_t clinux_peer_closed = EPOLLRDHUP;

static inline int clinux_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

static inline int clinux_epoll_control(int epoll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = data;
    return epoll_ctl(epoll, operation, fd, &event);
}

// No core dumps, and no look into the memory by other programs of the same user.
static inline int clinux_conceal(void) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// Whole pages that nobody else has; NULL where there are none.
static inline void *clinux_secret_take(long bytes) {
    size_t length = ((size_t)bytes + 4095) & ~(size_t)4095;
    if (length == 0) length = 4096;
    void *start = mmap(0, length, PROT_READ | PROT_WRITE, 0x02 | 0x20 /* private, anonymous */, -1, 0);
    if (start == MAP_FAILED) return 0;
    mlock(start, length);
    madvise(start, length, 16 /* MADV_DONTDUMP */);
    madvise(start, length, 10 /* MADV_DONTFORK */);
    return start;
}

static inline void clinux_secret_give_back(void *start, long bytes) {
    size_t length = ((size_t)bytes + 4095) & ~(size_t)4095;
    if (length == 0) length = 4096;
    explicit_bzero(start, length);
    munmap(start, length);
}

static inline int clinux_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

static inline int clinux_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
}

static inline int clinux_timerfd(void) {
    return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

// Goes off once at a time of the monotonic clock; 0 never.
static inline int clinux_timerfd_arm(int fd, int64_t nanoseconds) {
    struct itimerspec spec = {{0, 0}, {nanoseconds / 1000000000, nanoseconds % 1000000000}};
    return timerfd_settime(fd, TFD_TIMER_ABSTIME, &spec, 0);
}

static inline int clinux_socket(int family, int type, int protocol) {
    return socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
}

static inline int clinux_accept(int fd, struct sockaddr *address, socklen_t *length) {
    return accept4(fd, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// An option that is a number; level and name are macros of many kinds.
static inline int clinux_no_delay(int fd) {
    int on = 1;
    return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static inline int clinux_reuse_address(int fd) {
    int on = 1;
    return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
}

static inline int clinux_only_version6(int fd) {
    int on = 1;
    return setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
}

// The error of a connection attempt, 0 when it has succeeded.
static inline int clinux_socket_error(int fd) {
    int error = 0;
    socklen_t length = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : -1;
}

// Sends without a signal when the peer is gone.
static inline ssize_t clinux_send(int fd, const void *bytes, size_t count) {
    return send(fd, bytes, count, MSG_NOSIGNAL);
}

#endif
