#pragma once

#include <QPalette>

namespace digitpad::test {

/// As a dark desktop has it.
inline QPalette darkPalette()
{
    const QColor text(232, 232, 235);
    QPalette palette(QColor(44, 45, 49));
    palette.setColor(QPalette::Base, QColor(28, 29, 32));
    palette.setColor(QPalette::AlternateBase, QColor(36, 37, 41));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, text);
        palette.setColor(QPalette::Disabled, role, QColor(128, 128, 134));
    }
    palette.setColor(QPalette::PlaceholderText, QColor(150, 150, 156));
    palette.setColor(QPalette::Highlight, QColor(61, 142, 240));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(110, 170, 250));
    return palette;
}

} // namespace digitpad::test
