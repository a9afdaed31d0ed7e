#include <shmbridge.hpp>

#include <mutex>

// A segment that QSharedMemory(name) attaches to.
shmbridge::Segment make_segment(const char *name, std::size_t size);
