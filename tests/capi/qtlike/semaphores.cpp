#include "script.h"

// SystemSemaphore.

#define KERNEL_SEMAPHORE(name) line("kernel", kernelSemaphore(name))

static void life()
{
    situation("semaphore-life");
    {
        SystemSemaphore semaphore("semlife", 2);
        SHOW(semaphore);
        line("key", plain(semaphore.key()));
        KERNEL_SEMAPHORE("semlife");
        DO(semaphore, acquire());
        DO(semaphore, release());
        DO(semaphore, release(3));
        DO(semaphore, release(0));
        DO(semaphore, release(-1));
        KERNEL_SEMAPHORE("semlife");
    }
    KERNEL_SEMAPHORE("semlife");
}

static void modes()
{
    situation("semaphore-modes");
    SystemSemaphore semaphore("semmodes", 2);
    {
        SystemSemaphore other("semmodes", 5);
        KERNEL_SEMAPHORE("semmodes");
    }
    KERNEL_SEMAPHORE("semmodes");
    {
        SystemSemaphore other("semmodes", 5, SystemSemaphore::Create);
        KERNEL_SEMAPHORE("semmodes");
    }
    KERNEL_SEMAPHORE("semmodes");
    DO(semaphore, acquire());
    KERNEL_SEMAPHORE("semmodes");
}

static void noKey()
{
    situation("semaphore-no-key");
    SystemSemaphore empty("");
    SHOW(empty);
    line("key", plain(empty.key()));
    DO(empty, release(0));
    DO(empty, release(-1));
    DO(empty, acquire());
    DO(empty, release());
    CALL(empty, setKey("semknown", 1));
    DO(empty, acquire());
    DO(empty, release());
    CALL(empty, setKey(""));
    DO(empty, acquire());
    KERNEL_SEMAPHORE("semknown");
    SystemSemaphore created("", 1, SystemSemaphore::Create);
    SHOW(created);
}

static void keys()
{
    situation("semaphore-keys");
    SystemSemaphore semaphore("semone", 1);
    CALL(semaphore, setKey("semone", 7));
    KERNEL_SEMAPHORE("semone");
    CALL(semaphore, setKey("semone", 7, SystemSemaphore::Create));
    KERNEL_SEMAPHORE("semone");
    CALL(semaphore, setKey("semtwo", 3));
    line("key", plain(semaphore.key()));
    KERNEL_SEMAPHORE("semone");
    KERNEL_SEMAPHORE("semtwo");
    SystemSemaphore other("semtwo");
    CALL(other, setKey("semtwo", 4, SystemSemaphore::Create));
    KERNEL_SEMAPHORE("semtwo");
}

static void values()
{
    situation("semaphore-values");
    SystemSemaphore semaphore("semvalues", 32767);
    KERNEL_SEMAPHORE("semvalues");
    DO(semaphore, release());
    DO(semaphore, release(0));
    DO(semaphore, release(-1));
    DO(semaphore, acquire());
    DO(semaphore, release(2));
    DO(semaphore, release());
    DO(semaphore, acquire());
    SystemSemaphore negative("semnegative", -1);
    SHOW(negative);
    KERNEL_SEMAPHORE("semnegative");
    DO(negative, release());
    DO(negative, acquire());
    {
        SystemSemaphore again("semvalues", -1, SystemSemaphore::Create);
        SHOW(again);
        KERNEL_SEMAPHORE("semvalues");
    }
    differs("negative-value", "none no-file", "32766 file");
    KERNEL_SEMAPHORE("semvalues");
    SystemSemaphore large("semlarge", 32768);
    SHOW(large);
    KERNEL_SEMAPHORE("semlarge");
    DO(large, release());
    SystemSemaphore largeAgain("semlarge", 32768);
    SHOW(largeAgain);
    KERNEL_SEMAPHORE("semlarge");
}

static void largeReleases()
{
    situation("semaphore-large-releases");
    SystemSemaphore semaphore("semreleases");
    const std::string qt[][2] = {{"32767", "true"}, {"32768", "waits"}, {"65536", "true"}};
    for (const auto &[n, result] : qt) {
        Process other("semreleases", {"open", "stop", n.c_str()});
        other.go();
        if (n != "32767")
            differs("many-releases", result, "false");
        if (other.awaits(semaphoreFile("semreleases")) == "waits") {
            line("child " + n, "waits");
            other.kill();
        }
    }
}

static void removed()
{
    situation("semaphore-removed");
    SystemSemaphore semaphore("semremoved", 3);
    removeSemaphore("semremoved");
    DO(semaphore, acquire());
    KERNEL_SEMAPHORE("semremoved");
    removeSemaphore("semremoved");
    DO(semaphore, release());
    KERNEL_SEMAPHORE("semremoved");
}

static void removedWhileWaiting()
{
    situation("semaphore-removed-while-waiting");
    SystemSemaphore semaphore("semwaiting");
    Process other("semwaiting", {"open", "stop", "acquire", "stop"});
    other.go();
    line("another process", other.awaits(semaphoreFile("semwaiting")));
    removeSemaphore("semwaiting");
    line("another process", other.awaits(semaphoreFile("semwaiting")));
    DO(semaphore, release());
    other.answers();
    KERNEL_SEMAPHORE("semwaiting");
}

static void createdWhileWaiting()
{
    situation("semaphore-created-while-waiting");
    SystemSemaphore semaphore("semcreated");
    Process other("semcreated", {"open", "stop", "acquire", "stop"});
    other.go();
    line("another process", other.awaits(semaphoreFile("semcreated")));
    CALL(semaphore, setKey("semcreated", 1, SystemSemaphore::Create));
    other.answers();
    KERNEL_SEMAPHORE("semcreated");
}

static void together()
{
    situation("semaphore-together");
    SystemSemaphore semaphore("semtogether");
    Process other("semtogether", {"open", "stop", "acquire", "stop"});
    other.go();
    line("another process", other.awaits(semaphoreFile("semtogether")));
    DO(semaphore, release());
    other.answers();
    KERNEL_SEMAPHORE("semtogether");
    other.kill();
}

static void impossibleKeys()
{
    situation("semaphore-impossible-keys");
    SystemSemaphore letters(text(std::string(250, 'x')), 1);
    SHOW(letters);
    line("key", plain(letters.key()));
    DO(letters, acquire());
    DO(letters, release());
    CALL(letters, setKey("sempossible", 1));
    DO(letters, acquire());
}

static void lockOfSegment()
{
    situation("semaphore-of-segment");
    SharedMemory memory("semlock");
    DO(memory, create(8));
    SystemSemaphore semaphore("semlock", 1);
    DO(semaphore, acquire());
    KERNEL("semlock");
    DO(semaphore, release());
}

void semaphores()
{
    life();
    modes();
    noKey();
    keys();
    values();
    largeReleases();
    removed();
    removedWhileWaiting();
    createdWhileWaiting();
    together();
    impossibleKeys();
    lockOfSegment();
}
