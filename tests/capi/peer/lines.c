#define _POSIX_C_SOURCE 200809L
#include "lines.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

enum { MAX_WORDS = 4 }; /* after the verb */

static const struct command *command_of(const struct command *commands, size_t count, const char *verb)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(commands[i].verb, verb) == 0)
            return &commands[i];
    return NULL;
}

/* Carries out one command, a line of length bytes without its line break. */
static bool carry_out(const struct command *commands, size_t count, struct peer *peer, char *line, size_t length, struct answer *a)
{
    char *words[1 + MAX_WORDS + 1] = {NULL}; /* the last one stays NULL, as those that are missing */
    if (strlen(line) != length)
        return refuse(a, "Usage", "a NUL in the line");
    size_t given = split(line, words, 1 + MAX_WORDS);
    if (given-- == 0)
        return refuse(a, "Usage", "one space stands between words, and an empty word is %%");
    const struct command *command = command_of(commands, count, words[0]);
    if (!command)
        return unsupported(a);
    if (given < command->min || given > command->max)
        return refuse(a, "Usage", "%zu words after the verb, where %zu to %zu are due", given, command->min, command->max);
    return command->run(peer, words + 1, a);
}

static void print(const struct answer *a, const char *words)
{
    if (!a->code)
        printf("ok%s\n", words);
    else if (*a->code)
        printf("err %s %s\n", a->code, a->text);
    else
        puts("unsupported");
    fflush(stdout);
}

/* Answers one line, and returns whether it was the last. */
static bool answer_line(const struct command *commands, size_t count, struct peer *peer, char *line, size_t length)
{
    char *words = NULL;
    size_t size;
    struct answer a = {.words = open_memstream(&words, &size)};
    if (!a.words) {
        refuse(&a, "OutOfResources", "no memory");
    } else {
        carry_out(commands, count, peer, line, length, &a);
        fclose(a.words);
    }
    print(&a, words);
    free(words);
    return a.last;
}

void converse(const struct command *commands, size_t count, struct peer *peer)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    bool last = false;
    /* A last line without its line break was cut off, so it is not carried out. */
    while (!last && (length = getline(&line, &room, stdin)) > 0 && line[length - 1] == '\n') {
        line[--length] = '\0';
        last = answer_line(commands, count, peer, line, (size_t)length);
    }
    free(line);
}
