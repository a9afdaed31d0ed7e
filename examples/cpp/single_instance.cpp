// Runs once: either this program or a Qt program that does if (memory.attach()) return 0; memory.create(1);
#include <shmbridge_qt.hpp>

#include <iostream>

using shmbridge::SharedMemory; // QSharedMemory without Qt

int main()
{
    SharedMemory orphan("my_application"); // what a killed instance left: the last one to detach removes it
    orphan.attach();
    orphan.detach();

    SharedMemory guard("my_application");
    if (guard.create(1)) {
        std::cerr << "It runs. Press Enter to end.\n";
        std::cin.get();
        return 0;
    }
    if (guard.error() == SharedMemory::AlreadyExists)
        std::cerr << "It is running already: ";
    std::cerr << guard.errorString() << '\n';
    return guard.error() == SharedMemory::AlreadyExists ? 2 : 1;
}
