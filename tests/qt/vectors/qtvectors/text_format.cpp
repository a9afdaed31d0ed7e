#include "text_gui.h"

QByteArray text(const QTextLength &value)
{
    return object({{"type", text(int(value.type()))}, {"value", text(value.rawValue())}});
}

QByteArray text(const QTextFormat &value)
{
    return object({{"type", text(value.type())},
                   {"objectIndex", value.objectIndex() < 0 ? QByteArray() : text(value.objectIndex())},
                   {"properties", text(value.properties())}});
}
