#include "vectors.h"

#include <QBuffer>

#include <cstdio>

namespace {

struct Setting
{
    int version;
    QDataStream::ByteOrder order;
    QDataStream::FloatingPointPrecision precision;
};

void apply(const Setting &setting, QDataStream &stream)
{
    stream.setVersion(setting.version);
    stream.setByteOrder(setting.order);
    stream.setFloatingPointPrecision(setting.precision);
}

QByteArray written(const Sample &sample, const Setting &setting)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    apply(setting, out);
    sample.write(out);
    if (out.status() != QDataStream::Ok)
        qFatal("%s %s cannot be written at version %d", sample.type.data(), sample.value.data(), setting.version);
    if (sample.address != 0) {
        const auto begin = sample.address > 0 ? sample.address : bytes.size() + sample.address;
        bytes.replace(begin, sizeof(quint64), QByteArray(sizeof(quint64), '\0'));
    }
    return bytes;
}

QByteArray readBack(const Sample &sample, const Setting &setting, const QByteArray &bytes)
{
    QDataStream in(bytes);
    apply(setting, in);
    QByteArray back = sample.read(in);
    if (in.status() == QDataStream::ReadPastEnd)
        back = "!ReadPastEnd";
    else if (in.status() != QDataStream::Ok)
        back = "!ReadCorruptData";
    else if (back == sample.value)
        back = "=";
    const auto left = in.device()->bytesAvailable();
    return left > 0 ? back + " +" + QByteArray::number(left) : back;
}

void print(const Sample &sample, const Setting &setting)
{
    const QByteArray bytes = written(sample, setting);
    std::printf("%s\t%d\t%s\t%s\t%s\t%s\t%s\n", sample.type.data(), setting.version,
                setting.order == QDataStream::BigEndian ? "big" : "little",
                setting.precision == QDataStream::DoublePrecision ? "double" : "single", bytes.toHex().data(),
                sample.value.data(), readBack(sample, setting, bytes).data());
}

} // namespace

void print(const Sample &sample)
{
    const int newest = QDataStream().version();
    for (const auto order : {QDataStream::BigEndian, QDataStream::LittleEndian})
        for (const auto precision : {QDataStream::DoublePrecision, QDataStream::SinglePrecision})
            for (int version = 1; version <= newest; ++version)
                if (!sample.brief || (order == QDataStream::BigEndian && precision == QDataStream::DoublePrecision))
                    print(sample, {version, order, precision});
}
