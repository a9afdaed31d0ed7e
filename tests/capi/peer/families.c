#include "families.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *word;
    int32_t type;
} families[] = {{"systemv", SHMBRIDGE_TYPE_SYSTEMV}, {"posix", SHMBRIDGE_TYPE_POSIX}, {"windows", SHMBRIDGE_TYPE_WINDOWS}};

enum { FAMILIES = sizeof families / sizeof *families };

bool type_of(const char *word, int32_t *type, struct answer *a)
{
    for (size_t i = 0; i < FAMILIES; i++) {
        *type = families[i].type;
        if (strcmp(word, families[i].word) == 0)
            return is_of_this_system(*type) || unsupported(a);
    }
    return unsupported(a);
}

const char *family_of(int32_t type)
{
    size_t i = 0;
    while (i < FAMILIES - 1 && families[i].type != type)
        i++;
    return families[i].word;
}

bool is_of_this_system(int32_t type)
{
    shmbridge_segment_info info = SHMBRIDGE_SEGMENT_INFO_INIT;
    shmbridge_key *key = NULL;
    bool is = shmbridge_key_native("/no-such-segment", type, NULL, &key, NULL) == SHMBRIDGE_OK &&
              shmbridge_segment_stat(key, &info, NULL) != SHMBRIDGE_E_UNSUPPORTED;
    shmbridge_key_close(key, NULL);
    return is;
}

int32_t usual_type(void)
{
    shmbridge_key *key = NULL;
    shmbridge_key_native("/", SHMBRIDGE_TYPE_LEGACY, NULL, &key, NULL);
    int32_t type = shmbridge_key_type(key);
    shmbridge_key_close(key, NULL);
    return type;
}
