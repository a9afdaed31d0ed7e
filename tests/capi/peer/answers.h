/* The answers of the line protocol (tests/interop/PROTOCOL.md), and how the library's errors become them. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <shmbridge.h>

#include <stdbool.h>

#include "output.h"

/* What a command comes to. The functions that carry it out return false when they have set a code. */
struct answer {
    struct output words; /* what follows "ok": see words.h */
    const char *code;    /* NULL: ok; "": unsupported */
    char text[512];      /* why, in one line */
    bool last;           /* the peer ends after it */
};

/* These return false. */
bool refuse(struct answer *a, const char *code, const char *format, ...);
bool unsupported(struct answer *a);

/* Returns whether the library's call that returned result has succeeded, and refuses if not. */
bool succeeded(int32_t result, const shmbridge_error *err, struct answer *a);

#endif
