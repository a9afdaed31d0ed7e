#include "qt.h"

#include <windows.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>

static std::system_error failure(const std::string &what)
{
    return {int(GetLastError()), std::system_category(), what};
}

// Loads a library, and those that it needs from beside it.
static HMODULE load(const char *path)
{
    if (!path)
        throw std::runtime_error("QTCORE does not name Qt's core library");
    const HMODULE library = LoadLibraryExA(path, nullptr, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (!library)
        throw failure(path);
    return library;
}

// Finds a function, which Qt 6 may name otherwise than Qt 5.
template<typename F>
static void find(F *&function, HMODULE library, const char *name, const char *inQt6 = nullptr)
{
    FARPROC found = GetProcAddress(library, name);
    if (!found && inQt6)
        found = GetProcAddress(library, inQt6);
    if (!found)
        throw failure(name);
    function = reinterpret_cast<F *>(reinterpret_cast<void *>(found));
}

static Functions functions()
{
    const HMODULE library = load(std::getenv("QTCORE"));
    Functions f;
    find(f.version, library, "qVersion");
    find(f.fromUtf16, library, "?fromUtf16@QString@@SA?AV1@PEB_SH@Z", "?fromUtf16@QString@@SA?AV1@PEB_S_J@Z");
    find(f.construct, library, "??0QSharedMemory@@QEAA@AEBVQString@@PEAVQObject@@@Z");
    find(f.destroy, library, "??1QSharedMemory@@UEAA@XZ");
    find(f.create, library, "?create@QSharedMemory@@QEAA_NHW4AccessMode@1@@Z", "?create@QSharedMemory@@QEAA_N_JW4AccessMode@1@@Z");
    find(f.attach, library, "?attach@QSharedMemory@@QEAA_NW4AccessMode@1@@Z");
    find(f.detach, library, "?detach@QSharedMemory@@QEAA_NXZ");
    find(f.lock, library, "?lock@QSharedMemory@@QEAA_NXZ");
    find(f.unlock, library, "?unlock@QSharedMemory@@QEAA_NXZ");
    find(f.error, library, "?error@QSharedMemory@@QEBA?AW4SharedMemoryError@1@XZ");
    return f;
}

const Functions &qt()
{
    static const Functions found = functions();
    return found;
}
