// The features and variable axes of a QFont, which Qt has had since 6.7, for a program that is built with an older Qt. A tag
// is four characters in a number. A Qt without them has none.
#pragma once

#include <QByteArray>
#include <QFont>
#include <QMap>

QMap<quint32, quint32> fontFeatures(const QFont &font);
QMap<quint32, float> fontAxes(const QFont &font);
void setFontFeature(QFont &font, quint32 tag, quint32 value);
void setFontAxis(QFont &font, quint32 tag, float value);
bool hasFontTags();
