// shmbridge_qt.hpp, carrying out the commands of tests/interop/PROTOCOL.md, one by one, until its input ends.
#include "commands.hpp"

#include <iterator>

static bool hello(peer *, char **, answer *a)
{
    return introduce("cpp", a);
}

// Destroys every object, and tells whether the library agrees that nothing is open.
static bool closeAll(peer *p)
{
    p->segments.clear();
    p->semaphores.clear();
    return shmbridge_handle_count() == 0;
}

static bool exitPeer(peer *p, char **, answer *a)
{
    a->last = true;
    return closeAll(p) || refuse(a, "UnknownError", "the library has handles that no object has");
}

static const command commands[] = {
    {"hello", 0, 0, hello},
    {"setenv", 2, 2, set_variable},
    {"keys", 2, 2, chooseKeys},
    {"key", 1, 2, showKey},
    {"parse", 1, 1, parseKey},
    {"segment", 2, 3, makeSegment},
    {"create", 2, 3, createSegment},
    {"attach", 1, 2, attachSegment},
    {"detach", 1, 1, detachSegment},
    {"attached", 1, 1, isSegmentAttached},
    {"lock", 1, 2, lockSegment},
    {"unlock", 1, 1, unlockSegment},
    {"read", 3, 3, readSegment},
    {"write", 3, 3, writeSegment},
    {"put", 3, 3, putValue},
    {"get", 2, 2, getValue},
    {"add", 4, 4, addToInt32},
    {"encode", 2, 2, encode_value},
    {"decode", 2, 2, decode_bytes},
    {"sem", 4, 4, makeSemaphore},
    {"acquire", 1, 2, acquireSemaphore},
    {"release", 2, 2, releaseSemaphore},
    {"close", 1, 1, closeObject},
    {"exit", 0, 0, exitPeer},
};

int main()
{
    peer p;
    converse(commands, std::size(commands), &p);
    if (closeAll(&p))
        return 0;
    std::fputs("cpppeer: the library has handles that no object has\n", stderr);
    return 1;
}
