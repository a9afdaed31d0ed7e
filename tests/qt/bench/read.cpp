// The smallest Qt program that does what "qtpeer read NAME" does: the segment's bytes, copied under the lock, to
// standard output.
#include <QSharedMemory>

#include <cstdio>

int main(int argc, char *argv[])
{
    QSharedMemory memory(QString::fromUtf8(argv[argc - 1]));
    if (!memory.attach(QSharedMemory::ReadOnly) || !memory.lock())
        return 1;
    const auto size = static_cast<size_t>(memory.size());
    const bool written = std::fwrite(memory.constData(), 1, size, stdout) == size;
    return memory.unlock() && memory.detach() && written ? 0 : 1;
}
