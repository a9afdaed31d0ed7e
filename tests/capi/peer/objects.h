/* Objects by their IDs. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include "answers.h"
#include "peer.h"

/* These refuse an ID that is not a segment's, or not a semaphore's. */
bool segment_of(const struct peer *peer, const char *id, struct object **object, struct answer *a);
bool semaphore_of(const struct peer *peer, const char *id, struct object **object, struct answer *a);

/* Closes everything, and tells whether the library agrees that nothing is open. */
bool close_all(struct peer *peer);

/* The commands that make and close objects, as lines.h has them. */
bool make_segment(struct peer *peer, char **words, struct answer *a);
bool make_semaphore(struct peer *peer, char **words, struct answer *a);
bool close_object(struct peer *peer, char **words, struct answer *a);

#endif
