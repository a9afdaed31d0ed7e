#define _POSIX_C_SOURCE 200809L
#include "keys.h"
#include "families.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool derive(const struct peer *peer, int32_t kind, char *word, shmbridge_key **key, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct bytes name;
    *key = NULL;
    if (!string_of(word, &name, a) || name.size == 0)
        return a->code == NULL;
    int32_t result = (peer->safe ? shmbridge_key_safe : shmbridge_key_legacy)(kind, name.data, peer->type, peer->qt_version, key,
                                                                              &err);
    return succeeded(result, &err, a);
}

/* A key of another system can be parsed, but no object here can have it. */
static bool derive_from_text(const struct peer *peer, const char *text, shmbridge_key **key, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    if (!succeeded(shmbridge_key_parse(text, peer->qt_version, key, &err), &err, a))
        return false;
    if (is_of_this_system(shmbridge_key_type(*key)))
        return true;
    shmbridge_key_close(*key, NULL);
    *key = NULL;
    return refuse(a, "KeyError", "a key of another system: %s", text);
}

bool derive_meant(const struct peer *peer, char *word, const char *meaning, shmbridge_key **key, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct bytes name;
    bool is_text;
    if (!meaning)
        return derive(peer, SHMBRIDGE_SEGMENT, word, key, a);
    *key = NULL;
    if (!string_of(word, &name, a) || !choice_of(meaning, "native", "text", &is_text, a))
        return false;
    if (is_text)
        return derive_from_text(peer, name.data, key, a);
    return name.size == 0 || succeeded(shmbridge_key_native(name.data, peer->type, peer->qt_version, key, &err), &err, a);
}

bool derive_used(const struct peer *peer, int32_t kind, char *word, shmbridge_key **key, struct answer *a)
{
    return derive(peer, kind, word, key, a) && (*key || refuse(a, "KeyError", "the name is empty"));
}

/* One of the library's functions that copy out a text of a key. */
typedef int32_t key_text(const shmbridge_key *key, char *buf, size_t cap, size_t *len, shmbridge_error *err);

static bool add_text_of(const shmbridge_key *key, key_text *get, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    size_t length = 0;
    int32_t result = get(key, NULL, 0, &length, &err);
    if (result != SHMBRIDGE_E_BUFFER)
        return succeeded(result, &err, a);
    char *text = malloc(length + 1);
    bool got = text ? succeeded(get(key, text, length + 1, NULL, &err), &err, a) : refuse(a, "OutOfResources", "no memory");
    if (got)
        add_text(a, (struct bytes){text, length});
    free(text);
    return got;
}

bool add_native(const shmbridge_key *key, struct answer *a)
{
    if (key)
        return add_text_of(key, shmbridge_key_native_name, a);
    add_text(a, (struct bytes){NULL, 0});
    return true;
}

static bool add_text_form(const struct peer *peer, const shmbridge_key *key, struct answer *a)
{
    if (key)
        return add_text_of(key, shmbridge_key_text, a);
    char empty[16];
    int length = snprintf(empty, sizeof empty, "%s:", family_of(peer->type));
    add_text(a, (struct bytes){empty, (size_t)length});
    return true;
}

bool choose_keys(struct peer *peer, char **words, struct answer *a)
{
    bool safe;
    int32_t type;
    if (!choice_of(words[0], "legacy", "safe", &safe, a) || !type_of(words[1], &type, a))
        return false;
    peer->safe = safe;
    peer->type = type;
    return true;
}

/* Of a version that the library does not know, no key can be made. */
bool choose_rules(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    shmbridge_key *key = NULL;
    struct bytes version;
    if (!string_of(words[0], &version, a))
        return false;
    char *chosen = version.size ? strdup(version.data) : NULL;
    if (version.size && !chosen)
        return refuse(a, "OutOfResources", "no memory");
    if (!succeeded(shmbridge_key_native("x", SHMBRIDGE_TYPE_LEGACY, chosen, &key, &err), &err, a)) {
        free(chosen);
        return false;
    }
    shmbridge_key_close(key, NULL);
    free(peer->qt_version);
    peer->qt_version = chosen;
    return true;
}

bool show_key(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_key *key;
    bool semaphore = false;
    if (words[1] && !choice_of(words[1], "segment", "semaphore", &semaphore, a))
        return false;
    if (!derive(peer, semaphore ? SHMBRIDGE_SEMAPHORE : SHMBRIDGE_SEGMENT, words[0], &key, a))
        return false;
    bool shown = add_native(key, a) && add_text_form(peer, key, a);
    shmbridge_key_close(key, NULL);
    return shown;
}

/* A text that the library refuses is no error but an answer. */
bool parse_key(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    shmbridge_key *key;
    struct bytes text;
    if (!string_of(words[0], &text, a))
        return false;
    int32_t result = shmbridge_key_parse(text.data, peer->qt_version, &key, &err);
    if (result == SHMBRIDGE_E_KEY) {
        put_string(&a->words, " 0 % % %");
        return true;
    }
    if (!succeeded(result, &err, a))
        return false;
    add_number(a, shmbridge_key_type(key));
    bool shown = add_native(key, a) && add_text_of(key, shmbridge_key_legacy_name, a) && add_text_of(key, shmbridge_key_text, a);
    shmbridge_key_close(key, NULL);
    return shown;
}

static bool probe(int32_t kind, const shmbridge_key *key, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    shmbridge_segment_info segment = {.struct_size = sizeof segment};
    shmbridge_semaphore_info info = {.struct_size = sizeof info};
    if (kind == SHMBRIDGE_SEMAPHORE) {
        if (!succeeded(shmbridge_semaphore_stat(key, &info, &err), &err, a))
            return false;
    } else {
        if (!succeeded(shmbridge_segment_stat(key, &segment, &err), &err, a))
            return false;
        info.exists = segment.lock_exists;
        info.value = segment.lock_value;
        info.waiting = segment.lock_waiting;
    }
    if (!info.exists)
        return refuse(a, "NotFound", "there is no such semaphore");
    add_number(a, info.value);
    add_number(a, info.waiting < 0 ? 0 : info.waiting); /* Windows does not tell */
    return true;
}

bool probe_name(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_key *key;
    bool semaphore;
    if (!choice_of(words[0], "segment", "semaphore", &semaphore, a))
        return false;
    int32_t kind = semaphore ? SHMBRIDGE_SEMAPHORE : SHMBRIDGE_SEGMENT;
    if (!derive_used(peer, kind, words[1], &key, a))
        return false;
    bool probed = probe(kind, key, a);
    shmbridge_key_close(key, NULL);
    return probed;
}

bool remove_segment(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    shmbridge_key *key;
    if (!derive_used(peer, SHMBRIDGE_SEGMENT, words[0], &key, a))
        return false;
    bool removed = succeeded(shmbridge_segment_remove(key, peer->flags, SHMBRIDGE_FOREVER, &err), &err, a);
    shmbridge_key_close(key, NULL);
    return removed;
}
