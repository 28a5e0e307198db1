#pragma once

#include "core/image/digitimage.h"

#include <QKeySequence>
#include <QList>
#include <QString>

#include <array>
#include <functional>

class QAction;
class QGridLayout;
class QToolButton;
class QWidget;

/// What the pages around a gallery have in common.
namespace digitpad {

/// An action of `page` and of what is in it, which owns it; the tooltip names its keys.
QAction* addPageAction(QWidget* page, const char* name, const QString& text, const QString& tip,
                       const QKeySequence& keys);

/// "That Was a…", with a menu of the ten digits, whose keys are theirs.
struct RelabelActions
{
    QAction* menu = nullptr;
    std::array<QAction*, digitClasses> digits{};

    /// Of the menu and of the keys.
    void setEnabled(bool on) const;
};
/// The digits' actions are called `digitName` and their digit. `relabel` is called while the page lives.
RelabelActions addRelabelActions(QWidget* page, const char* name, const char* digitName,
                                 const std::function<void(int)>& relabel);

/// A button for each of the actions, two in a row; named "NAMEButton" after its action.
QGridLayout* makeActionButtons(const QList<QAction*>& actions, QWidget* parent);

/// For − and + beside a gallery.
QToolButton* makeZoomButton(const char* name, const QString& text, const QString& tip, QWidget* parent);

} // namespace digitpad
