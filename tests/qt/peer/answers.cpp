#include "answers.h"

Answer ok(const Words &words)
{
    return (Words{"ok"} + words).join(' ');
}

Refusal error(const char *code, const QString &text)
{
    return {Words{"err", code, text.simplified().toUtf8()}.join(' ')};
}

Refusal unsupported()
{
    return {"unsupported"};
}

static const char *codeOf(QSharedMemory::SharedMemoryError error)
{
    switch (error) {
    case QSharedMemory::PermissionDenied: return "PermissionDenied";
    case QSharedMemory::InvalidSize: return "InvalidSize";
    case QSharedMemory::KeyError: return "KeyError";
    case QSharedMemory::AlreadyExists: return "AlreadyExists";
    case QSharedMemory::NotFound: return "NotFound";
    case QSharedMemory::LockError: return "LockError";
    case QSharedMemory::OutOfResources: return "OutOfResources";
    case QSharedMemory::NoError:
    case QSharedMemory::UnknownError: break;
    }
    return "UnknownError";
}

static const char *codeOf(QSystemSemaphore::SystemSemaphoreError error)
{
    switch (error) {
    case QSystemSemaphore::PermissionDenied: return "PermissionDenied";
    case QSystemSemaphore::KeyError: return "KeyError";
    case QSystemSemaphore::AlreadyExists: return "AlreadyExists";
    case QSystemSemaphore::NotFound: return "NotFound";
    case QSystemSemaphore::OutOfResources: return "OutOfResources";
    case QSystemSemaphore::NoError:
    case QSystemSemaphore::UnknownError: break;
    }
    return "UnknownError";
}

static QString textOf(const QString &errorString)
{
    return errorString.isEmpty() ? QStringLiteral("Qt answered false and set no error") : errorString;
}

Refusal errorOf(const QSharedMemory &memory)
{
    return error(codeOf(memory.error()), textOf(memory.errorString()));
}

Refusal errorOf(const QSystemSemaphore &semaphore)
{
    return error(codeOf(semaphore.error()), textOf(semaphore.errorString()));
}

Refusal staleError(const char *code, const QString &reason, const QSharedMemory &memory)
{
    const QString last = memory.errorString();
    return error(code, last.isEmpty() ? reason : reason + QStringLiteral("; Qt's last error: ") + last);
}
