#define _POSIX_C_SOURCE 200809L
#include "process.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool introduce(const char *implementation, struct answer *a)
{
    fprintf(a->words, " %s %s %ld", implementation, shmbridge_version(), (long)getpid());
    return true;
}

bool set_variable(struct peer *peer, char **words, struct answer *a)
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
