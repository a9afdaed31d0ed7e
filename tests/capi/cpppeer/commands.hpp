// The commands, as lines.h has them, and what they have in common.
#pragma once

#include "peer.hpp"

bool chooseKeys(peer *p, char **words, answer *a);
bool showKey(peer *p, char **words, answer *a);
bool parseKey(peer *p, char **words, answer *a);

bool makeSegment(peer *p, char **words, answer *a);
bool makeSemaphore(peer *p, char **words, answer *a);
bool closeObject(peer *p, char **words, answer *a);

bool createSegment(peer *p, char **words, answer *a);
bool attachSegment(peer *p, char **words, answer *a);
bool detachSegment(peer *p, char **words, answer *a);
bool isSegmentAttached(peer *p, char **words, answer *a);
bool lockSegment(peer *p, char **words, answer *a);
bool unlockSegment(peer *p, char **words, answer *a);
bool readSegment(peer *p, char **words, answer *a);
bool writeSegment(peer *p, char **words, answer *a);

bool putValue(peer *p, char **words, answer *a);
bool getValue(peer *p, char **words, answer *a);
bool addToInt32(peer *p, char **words, answer *a);

bool acquireSemaphore(peer *p, char **words, answer *a);
bool releaseSemaphore(peer *p, char **words, answer *a);

// Takes a name that the classes can have: text without a NUL, in UTF-8.
bool nameOf(char *word, std::string &name, answer *a);

void addString(const std::string &text, answer *a);

// Refuse with what an object says about the call that has just failed.
bool failed(const shmbridge::SharedMemory &memory, answer *a);
bool failed(const shmbridge::SystemSemaphore &semaphore, answer *a);

// Returns null if it refuses the ID.
segment *segmentOf(peer *p, const char *id, answer *a);

bool lock(segment &s, answer *a);
bool unlock(segment &s, answer *a);

// Refuse what is not within the attached memory, or must not be written to.
bool isWithin(const segment &s, std::int64_t offset, std::int64_t count, answer *a);
bool isWritable(const segment &s, answer *a);

// Refuses the word of a time limit, if there is one: the classes wait as long as it takes.
bool isForever(const char *word, answer *a);
