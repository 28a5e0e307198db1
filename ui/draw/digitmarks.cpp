#include "ui/draw/digitmarks.h"

#include "ui/draw/probabilitybars.h"
#include "ui/widgets/tones.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr int gap = 4;     ///< Between label and ink, and between labels.
constexpr int padding = 4; ///< Inside of a label, left and right.
/// More would cover the pad and cost time to paint; so many are no number that a person writes here.
constexpr std::size_t mostMarks = 60;

QRect placed(const QRectF& box, const QRect& pad)
{
    const double unit = pad.width() / double{Drawing::side};
    return QRectF(pad.left() + box.left() * unit, pad.top() + box.top() * unit, box.width() * unit,
                  box.height() * unit)
        .toAlignedRect();
}

} // namespace

void DigitMarks::setReading(const NumberReading& reading)
{
    m_marks.clear();
    if (reading.digits.size() < 2 || reading.digits.size() > mostMarks) {
        return;
    }
    for (const ReadDigit& digit : reading.digits) {
        const QRectF box(QPointF(double{digit.box.left}, double{digit.box.top}),
                         QPointF(double{digit.box.right}, double{digit.box.bottom}));
        m_marks.push_back({box, QString::number(digit.prediction.digit),
                           percentageText(digit.prediction.confidence), digit.prediction.accepted});
    }
}

QFont DigitMarks::smallFont() const
{
    QFont font = m_font;
    font.setPointSizeF(m_font.pointSizeF() * 0.8);
    return font;
}

void DigitMarks::layOut(const QRect& pad, const QFont& font)
{
    m_font = font;
    m_font.setBold(true);
    const QFontMetrics large(m_font);
    const QFontMetrics small(smallFont());
    const int height = large.height() + small.height();
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        const int width = std::max(large.horizontalAdvance(m_marks[i].digit),
                                   small.horizontalAdvance(m_marks[i].confidence));
        placeMark(i, pad, {width + 2 * padding, height});
    }
}

void DigitMarks::placeMark(std::size_t index, const QRect& pad, const QSize& size)
{
    const QRect digit = placed(m_marks[index].box, pad);
    const int left = digit.center().x() - size.width() / 2;
    QRect rect(QPoint(left, digit.top() - gap - size.height()), size);
    rect.moveLeft(std::clamp(rect.left(), pad.left(), std::max(pad.left(), pad.right() - size.width())));
    const auto overlaps = [&](const QRect& place) {
        return std::any_of(m_marks.begin(), m_marks.begin() + static_cast<std::ptrdiff_t>(index),
                           [&](const Mark& mark) { return mark.rect.intersects(place); });
    };
    while (rect.top() > pad.top() && overlaps(rect)) {
        rect.translate(0, -size.height() - gap / 2);
    }
    rect.moveTop(std::max(rect.top(), pad.top() + 1));
    m_marks[index].rect = rect;
}

QRect DigitMarks::area() const
{
    QRect area;
    for (const Mark& mark : m_marks) {
        area |= mark.rect.adjusted(-1, -1, 1, 1);
    }
    return area;
}

void DigitMarks::paint(QPainter& painter, const QPalette& palette, const QRect& exposed) const
{
    for (const Mark& mark : m_marks) {
        if (!mark.rect.intersects(exposed)) {
            continue;
        }
        const ToneColors colors = toneColors(palette, mark.accepted ? Tone::Info : Tone::Warning);
        painter.setPen(colors.border);
        painter.setBrush(colors.background);
        painter.drawRoundedRect(QRectF(mark.rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setPen(colors.text);
        painter.setFont(m_font);
        painter.drawText(mark.rect, Qt::AlignHCenter | Qt::AlignTop,
                         mark.accepted ? mark.digit : mark.digit + QLatin1Char('?'));
        painter.setFont(smallFont());
        painter.drawText(mark.rect, Qt::AlignHCenter | Qt::AlignBottom, mark.confidence);
    }
}

} // namespace digitpad
