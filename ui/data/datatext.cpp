#include "ui/data/datatext.h"

#include "ui/training/trainingtext.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace digitpad {

namespace {

struct Data
{
    Q_DECLARE_TR_FUNCTIONS(Data)
};

} // namespace

QString className(int label)
{
    return label == noDigitLabel ? Data::tr("no digit") : QString::number(label);
}

QString imagesText(qint64 count)
{
    return count == 1 ? Data::tr("1 image") : Data::tr("%1 images").arg(countText(count));
}

QString bytesText(qint64 bytes)
{
    const QLocale locale = numberLocale();
    if (bytes < 1'000'000) {
        return Data::tr("%1 kB").arg(locale.toString(static_cast<double>(bytes) / 1e3, 'f', 1));
    }
    return Data::tr("%1 MB").arg(locale.toString(static_cast<double>(bytes) / 1e6, 'f', 1));
}

QString sourceName(const DataSource& source)
{
    const QString part = source.parts.value(0);
    if (part == u"mnist") {
        return Data::tr("MNIST");
    }
    if (part == u"synthetic") {
        return Data::tr("Synthetic digits");
    }
    const QString name = QFileInfo(QDir::cleanPath(part)).fileName();
    return name.isEmpty() ? part : name;
}

} // namespace digitpad
