#include "self.h"
#include "system.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

bool introduce(const char *implementation, struct answer *a)
{
    char text[64];
    snprintf(text, sizeof text, " %s %s %ld", implementation, shmbridge_version(), process_id());
    put_string(&a->words, text);
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
    bool set = !has_nul && change_variable(name.data, value.data);
    return set || refuse(a, "Usage", "no variable of the environment can be so");
}
