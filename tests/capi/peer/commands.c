#define _POSIX_C_SOURCE 200809L
#include "commands.h"
#include "keys.h"
#include "objects.h"
#include "segments.h"
#include "semaphores.h"
#include "values.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool hello(struct peer *peer, char **words, struct answer *a)
{
    (void)peer;
    (void)words;
    fprintf(a->words, " c %s %ld", shmbridge_version(), (long)getpid());
    return true;
}

static bool set_variable(struct peer *peer, char **words, struct answer *a)
{
    struct bytes name, value;
    (void)peer;
    if (!text_of(words[0], &name, a) || !text_of(words[1], &value, a))
        return false;
    bool has_nul = memchr(name.data, '\0', name.size) || memchr(value.data, '\0', value.size);
    words[0][name.size] = '\0';
    words[1][value.size] = '\0';
    bool set = !has_nul && (value.size == 0 ? unsetenv(name.data) : setenv(name.data, value.data, 1)) == 0;
    return set || refuse(a, "Usage", "no variable of the environment can be so");
}

static bool exit_peer(struct peer *peer, char **words, struct answer *a)
{
    (void)words;
    peer->ended = true;
    return close_all(peer) || refuse(a, "UnknownError", "the library has handles that the peer has closed");
}

enum { MAX_WORDS = 4 }; /* after the verb */

static const struct command {
    const char *verb;
    size_t min, max; /* number of words after the verb */
    bool (*run)(struct peer *peer, char **words, struct answer *a);
} commands[] = {
    {"hello", 0, 0, hello},
    {"setenv", 2, 2, set_variable},
    {"keys", 2, 2, choose_keys},
    {"key", 1, 2, show_key},
    {"parse", 1, 1, parse_key},
    {"segment", 2, 2, make_segment},
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

static const struct command *command_of(const char *verb)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].verb, verb) == 0)
            return &commands[i];
    return NULL;
}

static bool run(struct peer *peer, char *line, size_t length, struct answer *a)
{
    char *words[1 + MAX_WORDS + 1] = {NULL}; /* the last one stays NULL, as those that are missing */
    if (strlen(line) != length)
        return refuse(a, "Usage", "a NUL in the line");
    size_t count = split(line, words, 1 + MAX_WORDS);
    if (count-- == 0)
        return refuse(a, "Usage", "one space stands between words, and an empty word is %%");
    const struct command *command = command_of(words[0]);
    if (!command)
        return unsupported(a);
    if (count < command->min || count > command->max)
        return refuse(a, "Usage", "%zu words after the verb, where %zu to %zu are due", count, command->min, command->max);
    return command->run(peer, words + 1, a);
}

void carry_out(struct peer *peer, char *line, size_t length, FILE *out)
{
    char *words = NULL;
    size_t size;
    struct answer a = {.words = open_memstream(&words, &size)};
    if (!a.words) {
        refuse(&a, "OutOfResources", "no memory");
    } else {
        run(peer, line, length, &a);
        fclose(a.words);
    }
    if (!a.code)
        fprintf(out, "ok%s\n", words);
    else if (*a.code)
        fprintf(out, "err %s %s\n", a.code, a.text);
    else
        fputs("unsupported\n", out);
    free(words);
}
