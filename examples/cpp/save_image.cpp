// Writes the picture that Qt's Shared Memory Example shares, stream << QImage, as a PNG file: save_image > picture.png
#include <shmbridge.hpp>

#include <cerrno>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <system_error>
#ifdef _WIN32
#include <cstdio>
#include <fcntl.h>
#include <io.h>
#endif

// The PNG file in a QDataStream of a QImage: up to its chunk IEND, the segment may be larger.
static std::string decode(const std::string &stream)
{
    const std::string start("\0\0\0\1\x89PNG\r\n\x1a\n", 12); // qint32: 1 before a picture, 0 for a null one
    std::size_t end = stream.compare(0, 12, start) == 0 ? 12 : stream.size();
    while (stream.size() - end >= 12) { // a chunk: length, name, as many bytes, checksum
        const std::string name = stream.substr(end + 4, 4);
        std::size_t length = 0;
        for (unsigned char byte : stream.substr(end, 4))
            length = length << 8 | byte;
        if (length > stream.size() - end - 12)
            break;
        end += length + 12;
        if (name == "IEND")
            return stream.substr(4, end - 4);
    }
    throw std::runtime_error("There is no QImage in QSharedMemory(\"QSharedMemoryExample\").");
}

int main()
try {
    const auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, "QSharedMemoryExample").value();
    auto segment = shmbridge::Segment::attach(key, SHMBRIDGE_READ_ONLY).value();
    std::unique_lock lock(segment);
    const std::string stream(static_cast<const char *>(segment.data()), segment.size());
    lock.unlock();
#ifdef _WIN32
    _setmode(_fileno(stdout), _O_BINARY); // a PNG file has no lines to end in their own way
#endif
    if (!(std::cout << decode(stream) << std::flush))
        throw std::system_error(errno, std::generic_category(), "standard output");
} catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
