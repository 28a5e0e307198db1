#pragma once

class QWidget;

namespace digitpad {

class Recognizer;

/// Versions, model and licence; opens without an event loop of its own and deletes itself.
void showAbout(const Recognizer& recognizer, QWidget* parent);

/// The shortcuts of all actions in the parent window's menus, and what mouse and pen do; likewise.
void showShortcuts(QWidget* parent);

} // namespace digitpad
