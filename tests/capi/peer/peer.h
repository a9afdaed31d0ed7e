/* The state of a peer: its objects by the IDs that the driver chose. One ID names one object, of either kind. */
#ifndef PEER_H
#define PEER_H

#include <shmbridge.h>

#include <stdbool.h>

/* A QSharedMemory, attached or not, or a QSystemSemaphore. */
struct object {
    struct object *next;
    char *id;
    shmbridge_semaphore *semaphore; /* NULL: this is a segment */
    shmbridge_key *key;             /* of a segment; NULL: that of the empty name */
    shmbridge_segment *attached;    /* NULL: detached */
    bool read_only;
    bool held; /* the lock, which like Qt's is taken once */
};

struct peer {
    char *qt_version; /* whose rules keys go by; NULL: the newest */
    uint32_t flags;   /* for every segment */
    bool safe;        /* platformSafeKey(), not QSharedMemory(QString) */
    int32_t type;     /* of keys */
    struct object *objects;
};

#endif
