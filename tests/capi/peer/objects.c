#define _POSIX_C_SOURCE 200809L
#include "objects.h"
#include "keys.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

/* Returns where the object of an ID is, or would be, in the list. */
static struct object **place_of(struct object **objects, const char *id)
{
    while (*objects && strcmp((*objects)->id, id) != 0)
        objects = &(*objects)->next;
    return objects;
}

bool segment_of(const struct peer *peer, const char *id, struct object **object, struct answer *a)
{
    struct object *objects = peer->objects;
    *object = *place_of(&objects, id);
    return (*object && !(*object)->semaphore) || refuse(a, "Usage", "no segment has the ID %s", id);
}

bool semaphore_of(const struct peer *peer, const char *id, struct object **object, struct answer *a)
{
    struct object *objects = peer->objects;
    *object = *place_of(&objects, id);
    return (*object && (*object)->semaphore) || refuse(a, "Usage", "no semaphore has the ID %s", id);
}

/* Adds an object, whose key and semaphore are the peer's from now on. */
static bool add_object(struct peer *peer, const char *id, struct object object, struct answer *a)
{
    struct object *made = malloc(sizeof *made);
    object.id = strdup(id);
    if (!made || !object.id) {
        free(made);
        free(object.id);
        return refuse(a, "OutOfResources", "no memory");
    }
    *made = object;
    made->next = peer->objects;
    peer->objects = made;
    return true;
}

static bool is_free(struct peer *peer, const char *id, struct answer *a)
{
    return !*place_of(&peer->objects, id) || refuse(a, "Usage", "an object already has the ID %s", id);
}

bool make_segment(struct peer *peer, char **words, struct answer *a)
{
    struct object segment = {0};
    return is_free(peer, words[0], a) && derive_meant(peer, words[1], words[2], &segment.key, a) &&
           add_native(segment.key, a) && add_object(peer, words[0], segment, a);
}

bool make_semaphore(struct peer *peer, char **words, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object made = {0};
    int64_t initial;
    bool take_over;
    if (!is_free(peer, words[0], a) || !number_of(words[2], 32, &initial, a) ||
        !choice_of(words[3], "open", "create", &take_over, a) ||
        !derive_used(peer, SHMBRIDGE_SEMAPHORE, words[1], &made.key, a))
        return false;
    int32_t result = shmbridge_semaphore_open(made.key, (int32_t)initial, take_over ? SHMBRIDGE_TAKE_OVER : 0, &made.semaphore, &err);
    shmbridge_key_close(made.key, NULL); /* semaphores do not need it */
    made.key = NULL;
    return succeeded(result, &err, a) && add_object(peer, words[0], made, a);
}

/* Closes the object at a place in the list. */
static bool close_at(struct object **place, struct answer *a)
{
    shmbridge_error err = SHMBRIDGE_ERROR_INIT;
    struct object *object = *place;
    int32_t result = SHMBRIDGE_OK;
    if (object->semaphore)
        result = shmbridge_semaphore_close(object->semaphore, &err);
    else if (object->attached)
        result = shmbridge_segment_detach(object->attached, SHMBRIDGE_FOREVER, &err);
    if (object->key)
        shmbridge_key_close(object->key, NULL);
    *place = object->next;
    free(object->id);
    free(object);
    return succeeded(result, &err, a);
}

bool close_object(struct peer *peer, char **words, struct answer *a)
{
    struct object **place = place_of(&peer->objects, words[0]);
    return *place ? close_at(place, a) : refuse(a, "Usage", "no object has the ID %s", words[0]);
}

bool close_all(struct peer *peer)
{
    struct answer ignored;
    while (peer->objects)
        close_at(&peer->objects, &ignored);
    return shmbridge_handle_count() == 0;
}
