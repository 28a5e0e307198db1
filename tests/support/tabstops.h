#pragma once

#include <QWidget>

#include <algorithm>
#include <cstdlib>

namespace digitpad::test {

/// What a person could reach by Tab below `root` as it is now, in reading order: line by line, from left to
/// right.
inline QWidgetList stopsAsSeen(QWidget* root)
{
    QWidgetList stops;
    const auto all = root->findChildren<QWidget*>();
    for (QWidget* widget : all) {
        const bool takesTab = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr;
        if (takesTab && widget->isEnabled() && widget->isVisible()) {
            stops.append(widget);
        }
    }
    const auto place = [root](const QWidget* widget) { return widget->mapTo(root, widget->rect().center()); };
    std::stable_sort(stops.begin(), stops.end(), [place](const QWidget* a, const QWidget* b) {
        constexpr int sameLine = 8; // pixels
        const QPoint first = place(a);
        const QPoint second = place(b);
        return std::abs(first.y() - second.y()) > sameLine ? first.y() < second.y() : first.x() < second.x();
    });
    return stops;
}

} // namespace digitpad::test
