#include "ui/draw/drawactions.h"

#include "ui/widgets/icons.h"

#include <QActionGroup>
#include <QKeySequence>

namespace digitpad {

namespace {

/// The tooltip ends in the first shortcut, as people expect of tools.
void setToolTipWithShortcut(QAction* action, const QString& tip)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? tip
                                      : DrawActions::tr("%1 (%2)", "tooltip (shortcut)").arg(tip, keys));
}

QAction* make(QObject* parent, Icon which, const QString& text, const QList<QKeySequence>& shortcuts,
              const QString& tip)
{
    auto* action = new QAction(icon(which), text, parent);
    action->setShortcuts(shortcuts);
    setToolTipWithShortcut(action, tip);
    return action;
}

QAction* makePlain(QObject* parent, const QString& text, const QKeySequence& shortcut)
{
    auto* action = new QAction(text, parent);
    action->setShortcut(shortcut);
    return action;
}

} // namespace

DrawActions::DrawActions(QUndoStack* stack, QObject* parent)
    : QObject(parent)
    , m_stack(stack)
{
    using Keys = QList<QKeySequence>;
    const auto ctrl = [](int key) { return QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key)); };
    pen = make(this, Icon::Pen, tr("&Pen"), Keys{Qt::Key_B}, tr("Draw; the right mouse button erases"));
    eraser = make(this, Icon::Eraser, tr("&Eraser"), Keys{Qt::Key_E},
                  tr("Erase; the right mouse button and a pen's other end always do"));
    smaller = makePlain(this, tr("&Smaller Brush"), Qt::Key_BracketLeft);
    larger = makePlain(this, tr("&Larger Brush"), Qt::Key_BracketRight);
    undo = make(this, Icon::Undo, tr("&Undo"), Keys{ctrl(Qt::Key_Z)}, tr("Undo"));
    redo = make(this, Icon::Redo, tr("&Redo"), Keys{Qt::CTRL | Qt::SHIFT | Qt::Key_Z, ctrl(Qt::Key_Y)},
                tr("Redo"));
    clear = make(this, Icon::Clear, tr("&Clear"), Keys{Qt::Key_Delete, ctrl(Qt::Key_Backspace)},
                 tr("Clear the pad"));
    open = make(this, Icon::Open, tr("&Open…"), Keys{ctrl(Qt::Key_O)}, tr("Open a picture or an ink file"));
    save = make(this, Icon::Save, tr("&Save Drawing…"), Keys{ctrl(Qt::Key_S)},
                tr("Save the drawing as InkML, PNG or JSON Lines"));
    copy = makePlain(this, tr("&Copy as Picture"), ctrl(Qt::Key_C));
    paste = makePlain(this, tr("&Paste Picture"), ctrl(Qt::Key_V));
    why = makePlain(this, tr("&Why This Guess?"), ctrl(Qt::Key_I));
    why->setIconText(tr("Why?"));
    why->setCheckable(true);
    setToolTipWithShortcut(why, tr("Show which ink spoke for the guess"));

    auto* tools = new QActionGroup(this);
    for (QAction* tool : {pen, eraser}) {
        tool->setCheckable(true);
        tools->addAction(tool);
    }
    pen->setChecked(true);
    connectUndo();
    refresh();
}

void DrawActions::connectUndo()
{
    connect(m_stack, &QUndoStack::canUndoChanged, this, &DrawActions::refresh);
    connect(m_stack, &QUndoStack::canRedoChanged, this, &DrawActions::refresh);
    connect(m_stack, &QUndoStack::undoTextChanged, this, [this](const QString& text) {
        undo->setText(text.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(text));
        setToolTipWithShortcut(undo, text.isEmpty() ? tr("Undo") : tr("Undo: %1").arg(text));
    });
    connect(m_stack, &QUndoStack::redoTextChanged, this, [this](const QString& text) {
        redo->setText(text.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(text));
        setToolTipWithShortcut(redo, text.isEmpty() ? tr("Redo") : tr("Redo: %1").arg(text));
    });
}

void DrawActions::setActive(bool active)
{
    m_active = active;
    refresh();
}

void DrawActions::setPadEmpty(bool empty)
{
    m_padEmpty = empty;
    refresh();
}

void DrawActions::refresh()
{
    for (QAction* action : {pen, eraser, smaller, larger, paste, why}) {
        action->setEnabled(m_active);
    }
    for (QAction* action : {clear, save, copy}) {
        action->setEnabled(m_active && !m_padEmpty);
    }
    // Undo also drops a stroke that is being drawn, when there is nothing older to undo.
    undo->setEnabled(m_active && (m_stack->canUndo() || !m_padEmpty));
    redo->setEnabled(m_active && m_stack->canRedo());
}

} // namespace digitpad
