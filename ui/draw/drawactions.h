#pragma once

#include <QAction>
#include <QObject>
#include <QUndoStack>

namespace digitpad {

/// What can be done on the Draw tab, for its tool strip and for the window's menus: texts, icons, shortcuts
/// and tooltips. What they do is the tab's business. Undo and redo follow the undo stack.
class DrawActions : public QObject
{
    Q_OBJECT

public:
    /// `stack` outlives the actions.
    explicit DrawActions(QUndoStack* stack, QObject* parent = nullptr);

    /// Off while another tab is shown, so that their shortcuts do not work on what is not seen.
    void setActive(bool active);
    /// Clear, save and copy need something on the pad.
    void setPadEmpty(bool empty);

    QAction* pen;
    QAction* eraser;
    QAction* smaller;
    QAction* larger;
    QAction* undo;
    QAction* redo;
    QAction* clear;
    QAction* open;
    QAction* save;
    QAction* copy;
    QAction* paste;
    QAction* why; ///< Checked while it is shown which ink spoke for the guess.

private:
    void connectUndo();
    void refresh();

    QUndoStack* m_stack;
    bool m_active = true;
    bool m_padEmpty = true;
};

} // namespace digitpad
