/* The commands on segments, as lines.h has them. */
#ifndef SEGMENTS_H
#define SEGMENTS_H

#include "answers.h"
#include "peer.h"

bool create_segment(struct peer *peer, char **words, struct answer *a);
bool attach_segment(struct peer *peer, char **words, struct answer *a);
bool detach_segment(struct peer *peer, char **words, struct answer *a);
bool is_attached(struct peer *peer, char **words, struct answer *a);
bool lock_segment(struct peer *peer, char **words, struct answer *a);
bool try_lock_segment(struct peer *peer, char **words, struct answer *a);
bool unlock_segment(struct peer *peer, char **words, struct answer *a);
bool read_segment(struct peer *peer, char **words, struct answer *a);
bool write_segment(struct peer *peer, char **words, struct answer *a);

/* These take the lock and give it back, as the commands do. */
bool take_lock(struct object *segment, int32_t timeout_ms, struct answer *a);
bool give_lock(struct object *segment, struct answer *a);

/* These refuse what is not within the attached memory, or must not be written to. */
bool is_within(const struct object *segment, int64_t offset, int64_t count, struct answer *a);
bool is_writable(const struct object *segment, struct answer *a);

#endif
