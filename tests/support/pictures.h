#pragma once

#include "core/base/random.h"
#include "core/image/normalizer.h"
#include "tests/support/samples.h"

#include <QColor>
#include <QImage>
#include <QPainter>

#include <algorithm>

/// Pictures to read digits from.
namespace digitpad::test {

inline QImage toImage(const GrayImage& gray, bool darkOnLight)
{
    QImage image(gray.width, gray.height, QImage::Format_Grayscale8);
    for (int y = 0; y < gray.height; ++y) {
        for (int x = 0; x < gray.width; ++x) {
            const int value = gray.row(y)[x];
            image.scanLine(y)[x] = static_cast<uchar>(darkOnLight ? 255 - value : value);
        }
    }
    return image;
}

/// A seven drawn by QPainter, 60 % of the sheet high.
inline QImage drawnSeven(QSize size, const QColor& ground, const QColor& ink,
                         QImage::Format format = QImage::Format_ARGB32)
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const double unit = size.height() / 160.0;
    painter.translate(size.width() / 2.0 - 30 * unit, size.height() / 2.0 - 50 * unit);
    painter.scale(unit, unit);
    painter.setPen(QPen(ink, 13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{0, 0}, {60, 2}, {20, 100}});
    painter.drawLine(QPointF(15, 50), QPointF(55, 48));
    painter.end();
    return image.convertToFormat(format);
}

/// How far a picture of drawnSeven()'s seven is from what a pen's strokes give; 0–255, under 6 for a good
/// reading.
inline double distanceFromSeven(const GrayImage& ink)
{
    return meanDifference(normalizePicture(ink), normalizeInk(seven()));
}

/// Noise and a light that falls off towards one corner, as when a sheet is photographed at a desk.
inline QImage photographed(const QImage& sheet, double darkest, double noise)
{
    QImage photo = sheet.convertToFormat(QImage::Format_RGB32);
    Random random(12);
    for (int y = 0; y < photo.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(photo.scanLine(y));
        for (int x = 0; x < photo.width(); ++x) {
            const double away = (double(x) / photo.width() + double(y) / photo.height()) / 2;
            const double light = 0.95 - (0.95 - darkest) * away;
            const int value =
                std::clamp(static_cast<int>(qGray(line[x]) * light + noise * random.normal()), 0, 255);
            line[x] = qRgb(value, value, value * 9 / 10);
        }
    }
    return photo;
}

inline bool isBlank(const GrayImage& image)
{
    return std::all_of(image.pixels.begin(), image.pixels.end(),
                       [](std::uint8_t value) { return value == 0; });
}

} // namespace digitpad::test
