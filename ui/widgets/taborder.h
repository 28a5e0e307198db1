#pragma once

class QWidget;

namespace digitpad {

/// Makes Tab pass through what is in and below `root`, hidden or not, in the order in which its layouts show
/// it, line by line, wherever and whenever the parts were made. Where there is no layout it is the order in
/// which they were made. Parts of a compound editor, a spin box's line for one, count as the editor.
void orderTabsAsSeen(QWidget* root);

} // namespace digitpad
