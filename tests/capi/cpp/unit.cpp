#include "unit.hpp"

shmbridge::Segment make_segment(const char *name, std::size_t size)
{
    auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, name);
    return key ? shmbridge::Segment::create(*key, size).value() : shmbridge::Segment();
}
