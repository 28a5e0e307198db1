#include "ui/draw/inklayer.h"

#include "core/ink/picturereduction.h"
#include "core/ink/strokeeraser.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <span>

namespace digitpad {

namespace {

/// Straight steps along a curve leave it by no more than this many pixels.
constexpr double flatness = 0.1;
constexpr int mostSteps = 48;

int stepsFor(const CurvePiece& piece, double scale)
{
    const double bendX = piece.from.point.x - 2 * piece.control.point.x + piece.to.point.x;
    const double bendY = piece.from.point.y - 2 * piece.control.point.y + piece.to.point.y;
    const double deviation = std::hypot(bendX, bendY) * scale / 4;
    return std::clamp(static_cast<int>(std::ceil(std::sqrt(deviation / flatness))), 1, mostSteps);
}

PenPlace scaled(const PenPlace& place, double scale)
{
    return {{place.point.x * scale, place.point.y * scale}, place.radius * scale};
}

/// How much of a pixel a tapering capsule covers, from its distance to the pixel's centre.
class Coverage
{
public:
    Coverage(const PenPlace& from, const PenPlace& to)
        : m_from(from)
        , m_wayX(to.point.x - from.point.x)
        , m_wayY(to.point.y - from.point.y)
        , m_taper(to.radius - from.radius)
    {
        const double square = m_wayX * m_wayX + m_wayY * m_wayY;
        m_perSquare = square > 0 ? 1 / square : 0;
    }

    /// 0 to 255.
    [[nodiscard]] int at(int column, int row) const
    {
        const double x = column + 0.5 - m_from.point.x;
        const double y = row + 0.5 - m_from.point.y;
        const double t = std::clamp((x * m_wayX + y * m_wayY) * m_perSquare, 0.0, 1.0);
        const double dx = x - t * m_wayX;
        const double dy = y - t * m_wayY;
        const double inside = m_from.radius + t * m_taper + 0.5 - std::sqrt(dx * dx + dy * dy);
        return static_cast<int>(std::clamp(inside, 0.0, 1.0) * 255 + 0.5);
    }

private:
    PenPlace m_from;
    double m_wayX;
    double m_wayY;
    double m_taper;
    double m_perSquare = 0;
};

/// One row of pixels from `left` to `right`: edges are measured, what lies between two full pixels is filled.
void paintRow(std::span<QRgb> pixels, const std::array<QRgb, 256>& shades, const Coverage& coverage, int row,
              int left, int right)
{
    const auto paint = [&](int x) {
        const int covered = coverage.at(x, row);
        QRgb& pixel = pixels[static_cast<std::size_t>(x)];
        if (covered > qAlpha(pixel)) {
            pixel = shades[static_cast<std::size_t>(covered)];
        }
        return covered == 255;
    };
    while (left <= right && !paint(left)) {
        ++left;
    }
    while (right > left && !paint(right)) {
        --right;
    }
    if (right - left > 1) {
        std::fill(pixels.begin() + left + 1, pixels.begin() + right, shades[255]);
    }
}

} // namespace

void InkLayer::reset(int pixels, const QColor& ink)
{
    m_image = QImage(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    m_image.fill(Qt::transparent);
    m_ink = ink;
    m_picture = nullptr;
    for (int i = 0; i < 256; ++i) {
        m_shades[static_cast<std::size_t>(i)] = qPremultiply(qRgba(ink.red(), ink.green(), ink.blue(), i));
    }
}

QRect InkLayer::deviceRect(const QRectF& padArea) const
{
    const double s = scale();
    const QRectF area(padArea.x() * s, padArea.y() * s, padArea.width() * s, padArea.height() * s);
    return area.toAlignedRect().adjusted(-1, -1, 1, 1) & m_image.rect();
}

void InkLayer::repaint(const PadContent& content, const QRect& area)
{
    for (int y = area.top(); y <= area.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        std::fill(row + area.left(), row + area.right() + 1, 0);
    }
    if (!content.picture) {
        m_picture = nullptr;
        m_reduced = {};
    } else if (!content.picture->empty()) {
        paintPicture(content.picture, area);
    }
    for (const auto& stroke : content.ink.strokes) {
        const InkBox box = strokeBounds(*stroke);
        const QRectF bounds(QPointF(box.left, box.top), QPointF(box.right, box.bottom));
        if (!deviceRect(bounds).intersects(area)) {
            continue;
        }
        for (std::size_t i = 0; i < stroke->points.size(); ++i) {
            paintPiece(curvePiece(*stroke, i), area);
        }
    }
}

std::size_t InkLayer::addSettled(const Stroke& stroke, std::size_t first)
{
    const std::size_t settled = settledPieces(stroke);
    for (std::size_t i = first; i < settled; ++i) {
        paintPiece(curvePiece(stroke, i), m_image.rect());
    }
    return settled;
}

void InkLayer::paintPicture(const std::shared_ptr<const GrayImage>& picture, const QRect& area)
{
    if (m_picture != picture) {
        m_picture = picture;
        m_reduced = reducedPicture(*picture, reductionFactor(*picture, 2 * pixels()));
    }
    const QImage alpha(m_reduced.pixels.data(), m_reduced.width, m_reduced.height, m_reduced.width,
                       QImage::Format_Alpha8);
    const QRectF place = pictureArea(picture->width, picture->height);
    const double s = scale();
    QPainter painter(&m_image);
    painter.setClipRect(area);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(place.x() * s, place.y() * s, place.width() * s, place.height() * s), alpha);
    painter.end();
    for (int y = area.top(); y <= area.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(m_image.scanLine(y));
        std::transform(row + area.left(), row + area.right() + 1, row + area.left(),
                       [this](QRgb pixel) { return m_shades[static_cast<std::size_t>(qAlpha(pixel))]; });
    }
}

void InkLayer::paintPiece(const CurvePiece& piece, const QRect& clip)
{
    const int steps = stepsFor(piece, scale());
    PenPlace from = scaled(piece.from, scale());
    for (int i = 1; i <= steps; ++i) {
        const PenPlace to = scaled(placeOn(piece, double(i) / steps), scale());
        paintCapsule(from, to, clip);
        from = to;
    }
}

void InkLayer::paintCapsule(const PenPlace& from, const PenPlace& to, const QRect& clip)
{
    // Half a pixel more than the ink for the smooth edge.
    const Capsule reach(from.point, to.point, std::max(from.radius, to.radius) + 0.5);
    const int top = std::max(clip.top(), static_cast<int>(std::ceil(reach.top() - 0.5)));
    const int bottom = std::min(clip.bottom(), static_cast<int>(std::floor(reach.bottom() - 0.5)));
    const Coverage coverage(from, to);
    for (int y = top; y <= bottom; ++y) {
        const Interval span = reach.at(y + 0.5);
        if (span.empty()) {
            continue;
        }
        const int left = std::max(clip.left(), static_cast<int>(std::ceil(span.left - 0.5)));
        const int right = std::min(clip.right(), static_cast<int>(std::floor(span.right - 0.5)));
        const std::span<QRgb> row(reinterpret_cast<QRgb*>(m_image.scanLine(y)),
                                  static_cast<std::size_t>(m_image.width()));
        paintRow(row, m_shades, coverage, y, left, right);
    }
}

QImage padPicture(const PadContent& content, int pixels, const QColor& ink, const QColor& paper)
{
    InkLayer layer;
    layer.reset(pixels, ink);
    layer.repaint(content, layer.image().rect());
    QImage picture(pixels, pixels, QImage::Format_RGB32);
    picture.fill(paper);
    QPainter painter(&picture);
    painter.drawImage(0, 0, layer.image());
    return picture;
}

} // namespace digitpad
