#pragma once

#include "core/data/mydigits.h"
#include "core/learning/handmodel.h"
#include "ui/mydigits/learnhanddialog.h"
#include "ui/widgets/tones.h"

#include <QAction>
#include <QObject>
#include <QPointer>

namespace digitpad {

/// “Learn My Hand…” and “Go Back to the Previous Model”: the actions for menus and buttons, the dialog, and
/// the model that comes of it.
class LearnHand : public QObject
{
    Q_OBJECT

public:
    /// `recognizer`, `digits` and `window`, over which the dialog opens, outlive this.
    LearnHand(Recognizer* recognizer, MyDigits* digits, QWidget* window);

    [[nodiscard]] QAction* learnAction() const { return m_learn; }
    /// Enabled while the model of the hand reads the pad.
    [[nodiscard]] QAction* goBackAction() const { return m_goBack; }
    [[nodiscard]] HandModel* model() { return &m_model; }
    /// Null while it is not open.
    [[nodiscard]] LearnHandDialog* dialog() const { return m_dialog; }

    void openDialog();

Q_SIGNALS:
    /// Something to say to the person; `undoable`: goBackAction() takes it back.
    void said(digitpad::Tone tone, const QString& text, bool undoable);

private:
    Recognizer* m_recognizer;
    MyDigits* m_digits;
    QWidget* m_window;
    HandModel m_model;
    QAction* m_learn;
    QAction* m_goBack;
    QPointer<LearnHandDialog> m_dialog;
};

} // namespace digitpad
