// Shares the number 42 with Qt programs, which read it by *(int *)memory.constData() from QSharedMemory("test_shared").
#include <shmbridge.hpp>

#include <cstring>
#include <iostream>
#include <mutex>

int main()
try {
    const int number = 42;
    const auto key = shmbridge::Key::legacy(shmbridge::Kind::segment, "test_shared").value();
    auto segment = shmbridge::Segment::create(key, sizeof number).value(); // the last one to detach removes it
    std::unique_lock lock(segment);
    std::memcpy(segment.data(), &number, sizeof number);
    lock.unlock();
    std::cerr << "QSharedMemory(\"test_shared\") holds 42. Press Enter to end.\n";
    std::cin.get();
} catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
}
