// What a NAME means, and the commands that say or show it. The words are those after the verb.
#pragma once

#include "answers.h"
#include "peer.h"

// Sets the key of a segment that is not attached, by the words NAME and perhaps "native" or "text".
void setKey(const Peer &peer, QSharedMemory &memory, const Words &words);

Key semaphoreKey(const Peer &peer, const QByteArray &name);

Answer chooseKeys(Peer &peer, const Words &words);
Answer showKey(Peer &peer, const Words &words);
Answer parseKey(Peer &peer, const Words &words);
