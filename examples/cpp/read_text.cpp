// Prints the text that a Qt program streams into QSharedMemory("test"): QDataStream(...) << "Hello, world!"
#include <shmbridge.hpp>

#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>

// The text in a QDataStream of a const char *: a big-endian 32-bit length, and as many bytes, of which the last is a NUL.
static std::string decode(const std::string &stream)
{
    std::size_t length = 0;
    for (unsigned char byte : stream.substr(0, 4))
        length = length << 8 | byte;
    if (stream.size() < 4 || length > stream.size() - 4)
        throw std::runtime_error("There is no text in QSharedMemory(\"test\").");
    return stream.substr(4, length > 0 ? length - 1 : 0);
}

int main()
try {
    const auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, "test").value();
    auto segment = shmbridge::Segment::attach(key, SHMBRIDGE_READ_ONLY).value();
    std::unique_lock lock(segment); // that of QSharedMemory::lock()
    const std::string stream(static_cast<const char *>(segment.data()), segment.size());
    lock.unlock();
    std::cout << decode(stream) << '\n';
} catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
