#pragma once

#include "core/data/mydigits.h"
#include "core/ink/drawing.h"
#include "core/learning/numberreader.h"
#include "ui/widgets/tones.h"

#include <QAction>
#include <QObject>

#include <array>
#include <vector>

namespace digitpad {

/// “That was a 7”: puts the drawing on the pad into My digits, with the digit that the person says it is.
/// Another digit for the same drawing corrects the first.
class Corrections : public QObject
{
    Q_OBJECT

public:
    /// `drawing` and `digits` outlive it.
    Corrections(Drawing* drawing, MyDigits* digits, QObject* parent);

    /// “That was a 0” to “That was a 9”, with the keys 0 to 9.
    [[nodiscard]] const std::array<QAction*, digitClasses>& actions() const { return m_actions; }
    /// Whether the pad is cleared for the next digit; remembered between sessions.
    [[nodiscard]] QAction* clearAfterKeeping() const { return m_clearAfterKeeping; }
    /// Off while another tab is shown, so that the keys do not work on what is not seen.
    void setActive(bool active);

    /// Keeps the drawing as `digit`, 0 to 9, or says why it cannot be.
    void keep(int digit);
    /// The drawing on the pad is this one of My digits: keep() corrects its label.
    void setShown(quint64 id);
    /// What the pad is read as: several digits side by side cannot be kept as one.
    void setReading(const NumberReading& reading);
    /// Takes back what the last keep() did.
    void undo();

Q_SIGNALS:
    /// What came of it. `undoable` where undo() would take something back.
    void said(digitpad::Tone tone, const QString& text, bool undoable);

private:
    void makeActions();
    [[nodiscard]] bool isLastKept() const;
    void add(int digit);
    void relabel(int digit);
    void clearPad();

    Drawing* m_drawing;
    MyDigits* m_digits;
    std::array<QAction*, digitClasses> m_actions{};
    QAction* m_clearAfterKeeping;
    bool m_sideBySide = false; ///< Several digits are on the pad.

    quint64 m_kept = 0;              ///< The digit last kept or shown,
    Ink m_keptInk;                   ///< what it looked like on the pad,
    bool m_cleared = false;          ///< and whether the pad is empty because it was kept.
    std::vector<MyDigit> m_previous; ///< What undo() restores; empty where it removes m_kept.
};

} // namespace digitpad
