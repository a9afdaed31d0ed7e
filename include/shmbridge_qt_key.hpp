/*
 * shmbridge::NativeIpcKey: QNativeIpcKey of Qt 6.6 and later, for the classes of shmbridge_qt.hpp, which includes this.
 */
#include "shmbridge.hpp" /* which includes this one: so before the guard */

#ifndef SHMBRIDGE_QT_KEY_HPP
#define SHMBRIDGE_QT_KEY_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace shmbridge {

/*
 * Where a segment or a semaphore is, in a form that can be sent to another program as text. It is a value: copies are cheap,
 * and can be used in different threads. Unlike in Qt a key without text is not valid, nor is one that libshmbridge refuses,
 * such as one with a NUL in it.
 */
class NativeIpcKey
{
public:
    // Beside these, 1 to 255 are System V with that number for ftok(3).
    enum class Type : std::uint16_t {
        SystemV = SHMBRIDGE_TYPE_SYSTEMV,
        PosixRealtime = SHMBRIDGE_TYPE_POSIX,
        Windows = SHMBRIDGE_TYPE_WINDOWS
    };
#ifdef _WIN32
    static constexpr Type DefaultTypeForOs = Type::Windows;
    static constexpr Type legacyDefaultTypeForOs() { return Type::Windows; }
#else
    static constexpr Type DefaultTypeForOs = Type::PosixRealtime;
    static constexpr Type legacyDefaultTypeForOs() { return Type::SystemV; }
#endif

    NativeIpcKey() = default;
    explicit NativeIpcKey(std::string_view nativeKey, Type type = DefaultTypeForOs)
        : NativeIpcKey(nativeKey, [type](const char *text) { return Key::native(text, convert(type)); })
    {
    }
    static NativeIpcKey fromString(std::string_view text)
    {
        return {text, [](const char *form) { return Key::parse(form); }};
    }

    bool isValid() const { return key_ != nullptr; }
    bool isEmpty() const { return key_ == nullptr; }
    Type type() const { return static_cast<Type>(key().type()); }
    std::string nativeKey() const { return key().native_name(); }
    std::string toString() const { return key().text(); }

    // For Segment, Semaphore and the functions of shmbridge.h, as long as a copy of this lives; empty if it is not valid.
    const Key &key() const
    {
        static const Key none;
        return key_ ? *key_ : none;
    }

    friend bool operator==(const NativeIpcKey &a, const NativeIpcKey &b) { return a.key() == b.key(); }
    friend bool operator!=(const NativeIpcKey &a, const NativeIpcKey &b) { return !(a == b); }

private:
    friend class SharedMemory;
    friend class SystemSemaphore;

    template <typename Make>
    NativeIpcKey(std::string_view text, Make make)
    {
        if (text.find('\0') != text.npos) {
            problem_ = "the key contains a NUL";
            return;
        }
        Result<Key> made = make(std::string(text).c_str());
        if (made)
            key_ = std::make_shared<const Key>(std::move(*made));
        else
            problem_ = made.error().message();
    }

    static NativeIpcKey safe(Kind kind, std::string_view name, Type type)
    {
        return {name, [kind, type](const char *text) { return Key::safe(kind, text, convert(type)); }};
    }
    static NativeIpcKey legacy(Kind kind, std::string_view name, Type type)
    {
        return {name, [kind, type](const char *text) { return Key::legacy(kind, text, convert(type)); }};
    }

    // Only on a family that is supported it can be found out that there is no such segment.
    static bool supported(Type type)
    {
        return static_cast<bool>(Segment::stat(NativeIpcKey("/shmbridge-no-such-segment", type).key()));
    }

    static shmbridge::Type convert(Type type) { return static_cast<shmbridge::Type>(type); }

    std::shared_ptr<const Key> key_;
    std::string problem_ = "there is no key"; // why it is not valid
};

} // namespace shmbridge

#endif
