// What the parts of the peer share.
#ifndef MARTLET_FLOOR_PEER_H
#define MARTLET_FLOOR_PEER_H

#include "floor.h"

enum { TICKS_MAX = 100000 };

typedef struct {
    connection base;
    int is_socket;
    // The generation of the least of a CoinEx that it speaks with; 0 for none.
    int generation;
    int waits_for_output;
} client;

// What is sent and answered by orders, and the times between the two.
typedef struct {
    client *target;
    int count;
    int sent;
    int answered;
    int64_t sent_at[TICKS_MAX];
    int64_t taken[TICKS_MAX];
} tick_times;

extern tick_times ticks;

void flush(client *c);
void send_message(client *c, int opcode, const char *bytes, size_t count);
void set_timer(int64_t nanoseconds);
// The middle, the ninth tenth and the least of what was taken.
int write_times(char *text);

// The least of a CoinEx.

void venue_prepare(const char *certificate);
// A socket was opened, at a target that may say what is to be sent.
void venue_open(client *c, const char *head);
// Whether books are being sent: then the next one is.
int venue_tick(void);
void venue_call(client *c, const char *text, size_t count);
// Whether the request was for a venue: then it was answered.
int venue_request(client *c, const char *head, size_t length, const char *body, size_t count, int64_t at);

#endif
