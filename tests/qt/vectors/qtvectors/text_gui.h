// The text of the values of Qt Gui's types, and of QSizePolicy of Qt Widgets. Enumerations are numbers.
#pragma once

#include "text.h"

#include <QBitmap>
#include <QBrush>
#include <QColor>
#include <QColorSpace>
#include <QCursor>
#include <QFont>
#include <QIcon>
#include <QImage>
#include <QKeySequence>
#include <QMatrix4x4>
#include <QPalette>
#include <QPen>
#include <QPixmap>
#include <QPolygonF>
#include <QQuaternion>
#include <QRegion>
#include <QSizePolicy>
#include <QTextFormat>
#include <QTransform>
#include <QVector2D>
#include <QVector3D>
#include <QVector4D>
#if QT_VERSION_MAJOR < 6
#include <QMatrix>
QByteArray text(const QMatrix &value); // m11, m12, m21, ...
#endif

QByteArray text(const QTransform &value); // m11, m12, m13, m21, ...
QByteArray text(const QMatrix4x4 &value); // m11, m12, m13, m14, m21, ...
QByteArray text(const QVector2D &value);
QByteArray text(const QVector3D &value);
QByteArray text(const QVector4D &value);
QByteArray text(const QQuaternion &value);
QByteArray text(const QRegion &value);
QByteArray text(const QColor &value); // "#rrggbbaa" for RGB with 8 bits each, else an object of numbers of 16 bits
QByteArray text(const QImage &value); // pixels are rrggbbaa, or of 16 bits each where 8 do not do, row by row
QByteArray text(const QPixmap &value);
QByteArray text(const QBitmap &value);
QByteArray text(const QIcon &value);
QByteArray text(const QCursor &value);
QByteArray text(const QKeySequence &value);
QByteArray text(const QBrush &value); // that of its colour for a plain solid brush
QByteArray text(const QPen &value);
QByteArray text(const QFont &value); // "weight" is 1 to 1000; styleHint 5, styleStrategy 1, weight 400, kerning and 0 left out
QByteArray text(const QPalette &value); // brushes of the active, disabled and inactive group, by role, Accent only if not Highlight
QByteArray text(const QTextLength &value);
QByteArray text(const QTextFormat &value);
QByteArray text(const QColorSpace &value); // the ICC profile in hexadecimal digits
QByteArray text(const QSizePolicy &value);

// The role QPalette::Accent, or -1 for a Qt before 6.6, which has none.
int accentRole();
