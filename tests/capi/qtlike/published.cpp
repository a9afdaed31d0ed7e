#include "script.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

// What programs do that people have published, mistakes included.

// QDataStream's form of a const char*: its length with the NUL, big-endian, and the bytes.
static std::string streamed(const std::string &text)
{
    const auto size = static_cast<std::uint32_t>(text.size() + 1);
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(size >> shift & 0xff);
    return out + text + '\0';
}

// A dialog that sends a text or an image: it creates anew at each press of the button.
static void send(SharedMemory &memory, const std::string &buffer)
{
    if (memory.isAttached())
        line("detach", result(memory.detach()));
    if (!memory.create(static_cast<int>(buffer.size()))) {
        line("unable to create", state(memory));
        return;
    }
    memory.lock();
    char *to = static_cast<char *>(memory.data());
    std::memcpy(to, buffer.data(), std::min(static_cast<size_t>(memory.size()), buffer.size()));
    memory.unlock();
}

static std::string receive(SharedMemory &memory, SharedMemory::AccessMode mode)
{
    if (!memory.attach(mode)) {
        line("unable to attach", state(memory));
        return {};
    }
    memory.lock();
    const std::string received(static_cast<const char *>(memory.constData()), static_cast<size_t>(memory.size()));
    memory.unlock();
    memory.detach();
    return received;
}

static void textAndImage()
{
    situation("published-text-and-image");
    SharedMemory sender("test"), receiver("test");
    receive(receiver, SharedMemory::ReadOnly);
    for (const char *text : {"test sharedMemory", "a text that is longer than the first one was"}) {
        send(sender, streamed(text));
        line(text, result(receive(receiver, SharedMemory::ReadOnly) == streamed(text)));
    }
    sender.setKey("QSharedMemoryExample");
    receiver.setKey("QSharedMemoryExample");
    const std::string image(100000, '\x89');
    send(sender, image);
    line("image", result(receive(receiver, SharedMemory::ReadWrite) == image));
}

static void integer()
{
    situation("published-integer");
    SharedMemory memory("test_shared");
    DO(memory, create(1024));
    DO(memory, attach()); // needless
    memory.lock();
    *static_cast<int *>(memory.data()) = 1024;
    memory.unlock();
    SharedMemory reader;
    reader.setKey("test_shared");
    DO(reader, attach());
    line("value", std::to_string(*static_cast<const int *>(reader.constData())));
    DO(reader, detach());
    DO(memory, detach());
}

static bool firstInstance(SharedMemory &guard)
{
    if (guard.attach())
        return false;
    return guard.create(1);
}

static void guard()
{
    situation("published-guard");
    {
        SharedMemory first("guard"), second("guard");
        line("first", result(firstInstance(first)));
        line("second", result(firstInstance(second)));
    }
    Process("guard", {"attach", "create", "die"});
    SharedMemory afterCrash("guard");
    line("after a crash", result(firstInstance(afterCrash)));
    DO(afterCrash, detach()); // the remedy that is passed around: the last one to detach removes it
    line("after that", result(firstInstance(afterCrash)));
}

static void string()
{
    situation("published-string");
    SharedMemory writer("MySharedMemory"), reader("MySharedMemory");
    if (!writer.create(1024))
        line("error", plain(writer.errorString()));
    if (writer.lock()) {
        std::strcpy(static_cast<char *>(writer.data()), "Hello, world!");
        writer.unlock();
    }
    DO(reader, attach());
    line("text", static_cast<const char *>(reader.data()));
    DO(writer, detach());
    DO(reader, detach());
    DO(reader, attach());
    DO(writer, create(sizeof(int)));
}

// "Am I the first?", asked by create() first.
static void createOrAttach()
{
    situation("published-create-or-attach");
    SharedMemory first("orattach"), second("orattach");
    for (SharedMemory *memory : {&first, &second}) {
        if (!memory->create(8) && memory->error() == SharedMemory::AlreadyExists)
            line("attach", result(memory->attach()));
        line("instance", state(*memory));
    }
}

void published()
{
    textAndImage();
    integer();
    guard();
    string();
    createOrAttach();
}
