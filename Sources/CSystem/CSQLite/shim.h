// SQLite for Swift: casts to function pointers and computed constants, which Swift does not see.
#ifndef MARTLET_CSQLITE_SHIM_H
#define MARTLET_CSQLITE_SHIM_H

#include <sqlite3.h>

static const int csqlite_constraint_foreign_key = SQLITE_CONSTRAINT_FOREIGNKEY;

// Binds a text that SQLite copies.
static inline int csqlite_bind_text(
    sqlite3_stmt *statement, int index, const char *text, int count) {
    return sqlite3_bind_text(statement, index, text, count, SQLITE_TRANSIENT);
}

#endif
