// What the parts of the client share.
#ifndef MARTLET_FLOOR_CLIENT_H
#define MARTLET_FLOOR_CLIENT_H

#include "floor.h"

// Where epoll tells of input, and the port of the peer.
extern int epoll;
extern int port;

void prepare_client(int to_port, const char *certificate);
void wait_for_input(void);
void open_connection(connection *c);
void open_socket(connection *c, const char *target, int deflated);
void say(connection *c, const char *bytes, size_t count);
// Whether a whole answer was taken.
int take_answer(connection *c);

// Writes 64 digits of the HMAC-SHA256 of a text.
void sign(char *target, const char *text, size_t count);

// Answers each book of the least of a CoinEx with an order, in the words of its first or its second generation; a
// blind one goes by the first price that it finds. Prints what the client prints.
void trade_books(int generation, int count, int microseconds, int is_blind);

#endif
