#include "text_cbor.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

QByteArray text(QCborSimpleType value) { return text(int(value)); }
QByteArray text(const QCborArray &value) { return list(value); }

QByteArray text(const QCborMap &value)
{
    QByteArray joined;
    for (const auto &pair : value)
        joined += (joined.isEmpty() ? "[" : ",[") + text(QCborValue(pair.first)) + ',' + text(QCborValue(pair.second)) + ']';
    return '[' + joined + ']';
}

QByteArray text(const QCborValue &value)
{
    if (value.isInteger())
        return object({{"integer", text(value.toInteger())}});
    if (value.isDouble())
        return object({{"double", text(value.toDouble())}});
    if (value.isByteArray())
        return object({{"bytes", text(value.toByteArray())}});
    if (value.isString())
        return object({{"string", text(value.toString())}});
    if (value.isArray())
        return object({{"array", text(value.toArray())}});
    if (value.isMap())
        return object({{"map", text(value.toMap())}});
    if (value.isTag())
        return object({{"tag", text(quint64(value.tag()))}, {"value", text(value.taggedValue())}});
    if (value.isSimpleType())
        return object({{"simple", text(value.toSimpleType())}});
    return object({{"invalid", text(true)}});
}
