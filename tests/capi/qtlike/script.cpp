#include "script.h"

#include <iostream>

static std::string current;
static int number;
static std::string mark;

void situation(const std::string &name)
{
    current = name;
    number = 0;
}

void line(const std::string &what, const std::string &result)
{
    std::cout << current << ' ' << ++number << '\t' << what << '\t' << result << mark << std::endl;
    mark.clear();
}

void differs(const char *row, const std::string &qt, const std::string &ours)
{
    mark = "\t" + std::string(row) + "\t" + qt + "\t" + ours;
}

// Key files are in TMPDIR, which is another one each time.
static std::string withoutDirectory(std::string path)
{
    const std::string directory = getenv("TMPDIR");
    if (path.compare(0, directory.size(), directory) == 0)
        path.replace(0, directory.size(), "TMPDIR");
    return path;
}

// errorString() must be there when there is an error, and only then, and be of the form "SharedMemory::attach: already exists".
static std::string text(const std::string &error, const std::string &text, const std::string &place)
{
    const size_t start = text.find(place);
    const bool good = error == "NoError" ? text.empty() : start <= 1 && text.find(": ", start) != text.npos;
    return error + (good ? "" : " [" + text + "]");
}

std::string state(SharedMemory &memory)
{
    static const char *const errors[] = {"NoError", "PermissionDenied", "InvalidSize", "KeyError", "AlreadyExists", "NotFound",
                                         "LockError", "OutOfResources", "UnknownError"};
    const SharedMemory &constant = memory;
    std::string all = text(errors[memory.error()], plain(memory.errorString()), "SharedMemory");
    all += memory.isAttached() ? " attached" : " detached";
    all += " size=" + std::to_string(memory.size());
    const void *data = memory.data();
    if ((data == nullptr) == memory.isAttached() || memory.constData() != data || constant.data() != data)
        all += " with the wrong data()";
    return all;
}

std::string state(SystemSemaphore &semaphore)
{
    static const char *const errors[] = {"NoError", "PermissionDenied", "KeyError", "AlreadyExists", "NotFound", "OutOfResources",
                                         "UnknownError"};
    return text(errors[semaphore.error()], plain(semaphore.errorString()), "SystemSemaphore");
}

std::string keys(SharedMemory &memory)
{
    return "key=[" + plain(memory.key()) + "] nativeKey=[" + withoutDirectory(plain(memory.nativeKey())) + "]";
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return childMain(argc, argv);
    memoryAlone();
    memoryKeys();
    memoryLocks();
    memoryTogether();
    memoryAccidents();
    semaphores();
    published();
}
