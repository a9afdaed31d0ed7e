// The commands on QSharedMemory. The words are those after the verb, as many as the verb takes.
#pragma once

#include "answers.h"
#include "peer.h"

Answer createSegment(Peer &peer, const Words &words);
Answer attachSegment(Peer &peer, const Words &words);
Answer detachSegment(Peer &peer, const Words &words);
Answer isSegmentAttached(Peer &peer, const Words &words);
Answer lockSegment(Peer &peer, const Words &words);
Answer unlockSegment(Peer &peer, const Words &words);
Answer readSegment(Peer &peer, const Words &words);
Answer writeSegment(Peer &peer, const Words &words);
Answer putValue(Peer &peer, const Words &words);
Answer getValue(Peer &peer, const Words &words);
Answer addToInt32(Peer &peer, const Words &words);
