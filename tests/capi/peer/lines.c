#include "lines.h"
#include "system.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void print(const struct answer *a)
{
    if (!a->code)
        printf("ok%s\n", a->words.data ? a->words.data : "");
    else if (*a->code)
        printf("err %s %s\n", a->code, a->text);
    else
        puts("unsupported");
    fflush(stdout);
}

/* Answers one line, and returns whether it was the last. */
static bool answer_line(const struct command *commands, size_t count, struct peer *peer, char *line, size_t length)
{
    struct answer a = {0};
    carry_out(commands, count, peer, line, length, &a);
    if (a.words.failed)
        refuse(&a, "OutOfResources", "no memory");
    print(&a);
    free(a.words.data);
    return a.last;
}

/* A last line without its line break was cut off: there is no such line. */
static bool read_line(struct output *line)
{
    int byte;
    line->size = 0;
    while ((byte = getchar()) != EOF && byte != '\n')
        put_byte(line, byte);
    return byte == '\n' && !line->failed;
}

void converse(const struct command *commands, size_t count, struct peer *peer)
{
    struct output line = {0};
    char nothing[] = "";
    bool last = false;
    speak_bytes();
    while (!last && read_line(&line))
        last = answer_line(commands, count, peer, line.size ? line.data : nothing, line.size);
    free(line.data);
}
