#include "ui/widgets/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <array>
#include <cmath>

namespace digitpad {

namespace {

QString fileName(Icon which)
{
    static constexpr std::array names = {
        "pen",   "eraser", "undo",    "redo",     "clear", "open",    "save",    "model", "play", "stop",
        "pause", "step",   "stepfar", "download", "info",  "success", "warning", "error", "close"};
    return QStringLiteral(":/icons/%1.svg").arg(QLatin1String(names[static_cast<std::size_t>(which)]));
}

QColor colorFor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    case QIcon::Selected:
        return palette.color(QPalette::HighlightedText);
    default:
        return palette.color(QPalette::ButtonText);
    }
}

QByteArray readIcon(Icon which)
{
    QFile file(fileName(which));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("%s is missing in the program", qPrintable(fileName(which)));
    }
    return file.readAll();
}

/// `currentColor` in the files stands for the colour.
void paintSvg(QPainter& painter, const QRect& rect, QByteArray svg, const QColor& color)
{
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    const int side = std::min(rect.width(), rect.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    painter.save();
    painter.setOpacity(painter.opacity() * double(color.alphaF()));
    renderer.render(&painter, square);
    painter.restore();
}

class SvgIconEngine : public QIconEngine
{
public:
    explicit SvgIconEngine(Icon which)
        : m_which(which)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintSvg(*painter, rect, source(), colorFor(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    /// `wanted` is in device pixels with Qt 6.4, in device-independent ones with Qt 6.8.
    QPixmap scaledPixmap(const QSize& wanted, QIcon::Mode mode, QIcon::State,
                         [[maybe_unused]] qreal scale) override
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        const QSize size = (QSizeF(wanted) * scale).toSize();
#else
        const QSize size = wanted;
#endif
        const QColor color = colorFor(mode);
        const QString key = QStringLiteral("digitpad/%1/%2x%3/%4")
                                .arg(int(m_which))
                                .arg(size.width())
                                .arg(size.height())
                                .arg(color.name(QColor::HexArgb));
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = QPixmap(size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            paintSvg(painter, QRect(QPoint(), size), source(), color);
            painter.end();
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override
    {
        return new SvgIconEngine(*this);
    }
    [[nodiscard]] QString key() const override
    {
        return QStringLiteral("digitpad");
    }
    bool isNull() override
    {
        return false;
    }

private:
    const QByteArray& source()
    {
        if (m_source.isEmpty()) {
            m_source = readIcon(m_which);
        }
        return m_source;
    }

    Icon m_which;
    QByteArray m_source;
};

} // namespace

QIcon icon(Icon which)
{
    return QIcon(new SvgIconEngine(which));
}

QPixmap tintedPixmap(Icon which, int side, double devicePixelRatio, const QColor& color)
{
    const int pixels = static_cast<int>(std::lround(side * devicePixelRatio));
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintSvg(painter, QRect(0, 0, pixels, pixels), readIcon(which), color);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace digitpad
