#pragma once

#include <QWidgetList>

namespace digitpad {

/// What takes the focus by Tab in and below `root`, hidden or not, in the order in which its layouts show it:
/// line by line. Where there is no layout it is the order in which the parts were made. Parts of a compound
/// editor, a spin box's line for one, count as the editor.
QWidgetList tabStops(QWidget* root);

/// Makes Tab pass through `root` in that order, wherever and whenever its parts were made.
void orderTabsAsSeen(QWidget* root);

} // namespace digitpad
