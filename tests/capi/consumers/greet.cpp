// A program outside of this project, in C++.
#include <shmbridge.hpp>

#include <cstring>
#include <iostream>

int main()
{
    auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, "consumer").value();
    auto segment = shmbridge::Segment::create(key, 6).value();
    std::strcpy(static_cast<char *>(segment.data()), "hello");
    std::cout << static_cast<const char *>(segment.data()) << " from shmbridge " << shmbridge_version() << " in C++\n";
}
