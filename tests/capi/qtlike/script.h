// The words that the situations are written in: the same source is compiled with Qt's classes and with shmbridge's.
#pragma once

#ifdef QT
#include <QSharedMemory>
#include <QString>
#include <QSystemSemaphore>
using SharedMemory = QSharedMemory;
using SystemSemaphore = QSystemSemaphore;
inline QString text(const std::string &s) { return QString::fromStdString(s); }
inline std::string plain(const QString &s) { return s.toStdString(); }
#else
#include <shmbridge_qt.hpp>
using shmbridge::SharedMemory;
using shmbridge::SystemSemaphore;
inline std::string text(std::string s) { return s; }
inline std::string plain(std::string s) { return s; }
#endif

#include <string>
#include <sys/types.h>
#include <vector>

// Starts a situation; the lines that follow bear its name and are numbered.
void situation(const std::string &name);

// Prints a line: what was done, and what came of it.
void line(const std::string &what, const std::string &result);

// Says that the next line differs on purpose, for the reason in this row of the table in shmbridge_qt.hpp. The test insists
// on both results: Qt's and ours.
void differs(const char *row, const std::string &qt, const std::string &ours);

// What can be asked of an object.
std::string state(SharedMemory &memory);
std::string state(SystemSemaphore &semaphore);
std::string keys(SharedMemory &memory);

inline std::string result(bool ok) { return ok ? "true" : "false"; }

// Does something with an object, and prints it with the result and the object's state after it.
#define DO(object, call) \
    do { \
        const bool ok = (object).call; \
        line(#object "." #call, result(ok) + "; " + state(object)); \
    } while (false)
// The same for calls without a result.
#define CALL(object, call) ((object).call, line(#object "." #call, state(object)))
// Prints the state of an object.
#define SHOW(object) line(#object, state(object))
// Prints what the kernel has under a name.
#define KERNEL(name) line("kernel", kernel(name))

// What there is of the segment that is called name: attachments, key file, value of the lock, key file of the lock.
std::string kernel(const std::string &name);
// What there is of the semaphore that is called name: value, key file.
std::string kernelSemaphore(const std::string &name);

// What a mapping allows, "rw-s" or "r--s".
std::string mapping(const void *address);

// The paths of the key files.
std::string segmentFile(const std::string &name);
std::string semaphoreFile(const std::string &name);

// Removes the segment, as ipcrm does, or the semaphore and its key file.
void removeSegment(const std::string &name);
void removeSemaphore(const std::string &name);

// Another process that does the steps with the segment or the semaphore called key. "stop" waits for go(), "die" ends without
// cleaning up. The constructor returns when it stops or ends.
class Process
{
public:
    Process(const std::string &key, std::vector<const char *> steps);
    ~Process();       // lets it go on, prints what it still says and waits for its end
    void go();        // lets it go on after "stop"
    void answers();   // prints what it says until it stops again or ends
    std::string awaits(const std::string &semaphoreFile); // "waits" when it sleeps in that semaphore, "ends" when it has ended
    void kill();

private:
    pid_t pid;
    int in, out;
};

int childMain(int argc, char **argv);

void memoryAlone();
void memoryKeys();
void memoryLocks();
void memoryTogether();
void memoryAccidents();
void semaphores();
void published();
