/*
 * libshmbridge, carrying out the commands of tests/interop/PROTOCOL.md, one by one, until its input ends:
 *
 *   capipeer [--qt-version VERSION] [--break-dead-lock]
 */
#define _POSIX_C_SOURCE 200809L
#include "commands.h"
#include "objects.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static bool take_flags(struct peer *peer, char **flags)
{
    for (; *flags; flags++) {
        if (strcmp(*flags, "--break-dead-lock") == 0)
            peer->flags |= SHMBRIDGE_BREAK_DEAD_LOCK;
        else if (strcmp(*flags, "--qt-version") == 0 && flags[1])
            peer->qt_version = *++flags;
        else
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct peer peer = {.type = SHMBRIDGE_TYPE_SYSTEMV};
    if (argc > 1 && !take_flags(&peer, argv + 1)) {
        fputs("usage: capipeer [--qt-version VERSION] [--break-dead-lock]\n", stderr);
        return 2;
    }
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    /* A last line without its line break was cut off, so it is not carried out. */
    while (!peer.ended && (length = getline(&line, &room, stdin)) > 0 && line[length - 1] == '\n') {
        line[--length] = '\0';
        carry_out(&peer, line, (size_t)length, stdout);
        fflush(stdout);
    }
    free(line);
    if (close_all(&peer))
        return 0;
    fputs("capipeer: the library has handles that the peer has closed\n", stderr);
    return 1;
}
