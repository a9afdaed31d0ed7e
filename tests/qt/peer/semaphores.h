// The commands on QSystemSemaphore. The words are those after the verb, as many as the verb takes.
#pragma once

#include "answers.h"
#include "peer.h"

Answer acquireSemaphore(Peer &peer, const Words &words);
Answer releaseSemaphore(Peer &peer, const Words &words);
