// The verbs of the line protocol.
#pragma once

#include "answers.h"
#include "peer.h"

// Carries out one command line, given without its line break. Blocks as long as Qt does.
Answer carryOut(Peer &peer, const QByteArray &line);
