/*
 * libshmbridge, carrying out the commands of tests/interop/PROTOCOL.md, one by one, until its input ends:
 *
 *   capipeer [--break-dead-lock]
 */
#include "contents.h"
#include "families.h"
#include "keys.h"
#include "lines.h"
#include "objects.h"
#include "self.h"
#include "segments.h"
#include "semaphores.h"
#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool hello(struct peer *peer, char **words, struct answer *a)
{
    (void)peer;
    (void)words;
    return introduce("c", a);
}

static bool exit_peer(struct peer *peer, char **words, struct answer *a)
{
    (void)words;
    a->last = true;
    return close_all(peer) || refuse(a, "UnknownError", "the library has handles that the peer has closed");
}

static const struct command commands[] = {
    {"hello", 0, 0, hello},
    {"setenv", 2, 2, set_variable},
    {"keys", 2, 2, choose_keys},
    {"key", 1, 2, show_key},
    {"rules", 1, 1, choose_rules},
    {"parse", 1, 1, parse_key},
    {"segment", 2, 3, make_segment},
    {"create", 2, 3, create_segment},
    {"attach", 1, 2, attach_segment},
    {"detach", 1, 1, detach_segment},
    {"attached", 1, 1, is_attached},
    {"lock", 1, 2, lock_segment},
    {"trylock", 1, 1, try_lock_segment},
    {"unlock", 1, 1, unlock_segment},
    {"read", 3, 3, read_segment},
    {"write", 3, 3, write_segment},
    {"put", 3, 3, put_value},
    {"get", 2, 2, get_value},
    {"add", 4, 4, add_to_int32},
    {"encode", 2, 2, encode_value},
    {"decode", 2, 2, decode_bytes},
    {"sem", 4, 4, make_semaphore},
    {"acquire", 1, 2, acquire_semaphore},
    {"tryacquire", 1, 1, try_acquire_semaphore},
    {"release", 2, 2, release_semaphore},
    {"close", 1, 1, close_object},
    {"probe", 2, 2, probe_name},
    {"remove", 1, 1, remove_segment},
    {"exit", 0, 0, exit_peer},
};

int main(int argc, char **argv)
{
    struct peer peer = {.type = usual_type()};
    if (argc == 2 && strcmp(argv[1], "--break-dead-lock") == 0) {
        peer.flags = SHMBRIDGE_BREAK_DEAD_LOCK;
    } else if (argc > 1) {
        fputs("usage: capipeer [--break-dead-lock]\n", stderr);
        return 2;
    }
    converse(commands, sizeof commands / sizeof *commands, &peer);
    free(peer.qt_version);
    if (close_all(&peer))
        return 0;
    fputs("capipeer: the library has handles that the peer has closed\n", stderr);
    return 1;
}
