#pragma once

#include "core/learning/numberreader.h"

#include <QFont>
#include <QPalette>
#include <QRect>
#include <QString>

#include <vector>

class QPainter;

namespace digitpad {

/// The little labels above the ink that say what each digit is read as and how surely: only where there is
/// more than one.
class DigitMarks
{
public:
    void setReading(const NumberReading& reading);
    /// Places the labels around a pad at `pad` (widget coordinates): above their digits, one higher where two
    /// would overlap, and always inside of the pad.
    void layOut(const QRect& pad, const QFont& font);
    /// Everything that they cover; empty where there are none.
    [[nodiscard]] QRect area() const;
    /// Those that touch `exposed`.
    void paint(QPainter& painter, const QPalette& palette, const QRect& exposed) const;

    struct Mark
    {
        QRectF box; ///< Of the digit, in pad units.
        QString digit;
        QString confidence;
        bool accepted = false;
        QRect rect = {}; ///< In the widget.
    };
    [[nodiscard]] const std::vector<Mark>& marks() const { return m_marks; }

private:
    [[nodiscard]] QFont smallFont() const;
    void placeMark(std::size_t index, const QRect& pad, const QSize& size);

    std::vector<Mark> m_marks;
    QFont m_font;
};

} // namespace digitpad
