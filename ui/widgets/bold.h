#pragma once

#include <QLabel>

namespace digitpad {

/// `times` as large as other text.
inline void makeBold(QLabel* label, double times = 1)
{
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * times);
    label->setFont(font);
}

} // namespace digitpad
