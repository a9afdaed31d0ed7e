// The text of CBOR: an object of what kind a value is and the value, an array of those, an array of pairs of those. False,
// true, null and undefined are simple values.
#pragma once

#include "text.h"

#include <QtCore/qcborcommon.h>

class QCborArray;
class QCborMap;
class QCborValue;

QByteArray text(QCborSimpleType value);
QByteArray text(const QCborValue &value);
QByteArray text(const QCborArray &value);
QByteArray text(const QCborMap &value);
