#pragma once

#include <QString>

class QFormLayout;
class QLabel;

namespace digitpad {

/// A line of `layout`: what it is, quietly, and its value, which is returned with `name` as its object name
/// and can be selected. `tip` is both labels' tooltip.
QLabel* addFact(QFormLayout* layout, const char* name, const QString& title, const QString& tip);

} // namespace digitpad
