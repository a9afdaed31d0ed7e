// The text of a QVariant. Each type has to be registered before.
#pragma once

#include "text.h"

#include <QMetaType>

namespace variants {

using Text = QByteArray (*)(const QVariant &);
QHash<int, Text> &texts();

template <class T>
void add()
{
    qRegisterMetaType<T>();
    texts()[qMetaTypeId<T>()] = [](const QVariant &value) { return text(value.value<T>()); };
}

void addCore();
void addGui();

} // namespace variants
