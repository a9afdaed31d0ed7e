#include "memory.h"

#include <dlfcn.h>

#include <new>
#include <stdexcept>
#include <string>

namespace {

// QNativeIpcKey as Qt 6.6 and later lay it out and destroy it (src/corelib/ipc/tipccommon.h). The headers may be older
// than the library that this program runs with, so that everything that deals with keys is looked up at run time.
struct NativeIpcKey
{
    void *legacy = nullptr;
    QString native;
    quint16 type = 0;

    NativeIpcKey() = default;
    ~NativeIpcKey();
    NativeIpcKey(const NativeIpcKey &) = delete;
    NativeIpcKey &operator=(const NativeIpcKey &) = delete;
};
static_assert(QT_VERSION_MAJOR < 6 || sizeof(NativeIpcKey) == 40, "not the layout of QNativeIpcKey");

constexpr quint16 posixRealtime = 0x100; // QNativeIpcKey::Type::PosixRealtime

template<typename F>
F *find(const char *symbol)
{
    if (void *const f = dlsym(RTLD_DEFAULT, symbol))
        return reinterpret_cast<F *>(f);
    throw std::runtime_error(std::string("Qt ") + qVersion() + " has no QNativeIpcKey, which came with Qt 6.6: no " + symbol);
}

// The members of Qt's classes that deal with keys. A constructor takes the place for the object first, a method the object.
struct Functions
{
    NativeIpcKey (&legacyNativeKey)(const QString &, quint16) =
        *find<NativeIpcKey(const QString &, quint16)>("_ZN13QSharedMemory15legacyNativeKeyERK7QStringN13QNativeIpcKey4TypeE");
    void (&construct)(QSharedMemory *, const NativeIpcKey &, QObject *) =
        *find<void(QSharedMemory *, const NativeIpcKey &, QObject *)>("_ZN13QSharedMemoryC1ERK13QNativeIpcKeyP7QObject");
    void (&destroyLegacy)(NativeIpcKey *) = *find<void(NativeIpcKey *)>("_ZN13QNativeIpcKey16destroy_internalEv");
};

const Functions &functions()
{
    static const Functions found;
    return found;
}

NativeIpcKey::~NativeIpcKey()
{
    if (legacy)
        functions().destroyLegacy(this);
}

} // namespace

Memory::Memory(const Place &place)
{
    if (place.posix)
        functions().construct(&qt, functions().legacyNativeKey(place.name, posixRealtime), nullptr);
    else
        new (&qt) QSharedMemory(place.name);
}

void derivePosixKey(const QString &name) { functions().legacyNativeKey(name, posixRealtime); }
