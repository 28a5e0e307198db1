#include "ui/draw/corrections.h"

#include <QSettings>
#include <QUndoStack>

namespace digitpad {

namespace {

QString clearSetting()
{
    return QStringLiteral("draw/clearAfterKeeping");
}

} // namespace

Corrections::Corrections(Drawing* drawing, MyDigits* digits, QObject* parent)
    : QObject(parent)
    , m_drawing(drawing)
    , m_digits(digits)
    , m_clearAfterKeeping(new QAction(tr("Clear the Pad After &Keeping"), this))
{
    makeActions();
    m_clearAfterKeeping->setCheckable(true);
    m_clearAfterKeeping->setChecked(QSettings().value(clearSetting(), true).toBool());
    m_clearAfterKeeping->setToolTip(tr("Makes room for the next digit as soon as one is in My digits"));
    connect(m_clearAfterKeeping, &QAction::toggled, this,
            [](bool on) { QSettings().setValue(clearSetting(), on); });
    connect(m_drawing, &Drawing::emptyChanged, this, [this](bool empty) { m_cleared = m_cleared && empty; });
}

void Corrections::makeActions()
{
    for (int digit = 0; digit < digitClasses; ++digit) {
        auto* action = new QAction(tr("That Was a &%1").arg(digit), this);
        action->setObjectName(QStringLiteral("thatWas%1").arg(digit));
        action->setShortcut(QKeySequence(Qt::Key_0 + digit));
        action->setAutoRepeat(false);
        connect(action, &QAction::triggered, this, [this, digit] { keep(digit); });
        m_actions[static_cast<std::size_t>(digit)] = action;
    }
}

void Corrections::setActive(bool active)
{
    for (QAction* action : m_actions) {
        action->setEnabled(active);
    }
}

/// The pad holds what was kept last, or nothing since then.
bool Corrections::isLastKept() const
{
    const PadContent content = m_drawing->content();
    const bool same =
        content.empty() ? m_cleared : content.ink.strokes == m_keptInk.strokes && !content.picture;
    return same && m_digits->find(m_kept) != nullptr;
}

void Corrections::keep(int digit)
{
    if (m_drawing->gestureInProgress()) {
        return; // The drawing is not what it will be.
    }
    if (isLastKept()) {
        relabel(digit);
    } else if (m_drawing->empty()) {
        Q_EMIT said(Tone::Info, tr("Draw a digit first; its key then keeps it in My digits."), false);
    } else if (m_drawing->content().picture) {
        Q_EMIT said(
            Tone::Info,
            tr("Only drawn digits can be kept, and there is a picture on the pad; clear it and draw."),
            false);
    } else if (m_sideBySide) {
        Q_EMIT said(
            Tone::Info,
            tr("There are several digits on the pad, and one at a time is kept; clear it and draw the "
               "one alone."),
            false);
    } else {
        add(digit);
    }
}

/// A digit that was torn into two is no wider than one, and is what most needs keeping.
void Corrections::setReading(const NumberReading& reading)
{
    constexpr float widestDigit = 1.2F;
    m_sideBySide = false;
    if (reading.digits.size() > 1) {
        InkBox box = reading.digits.front().box;
        for (const ReadDigit& digit : reading.digits) {
            box = united(box, digit.box);
        }
        m_sideBySide = box.right - box.left > widestDigit * (box.bottom - box.top);
    }
}

void Corrections::add(int digit)
{
    m_keptInk = m_drawing->content().ink;
    m_kept = m_digits->add(m_keptInk, digit);
    m_previous.clear();
    if (m_clearAfterKeeping->isChecked()) {
        clearPad();
        Q_EMIT said(Tone::Success, tr("Kept as a %1 in My digits; the pad is clear for the next.").arg(digit),
                    true);
    } else {
        Q_EMIT said(Tone::Success, tr("Kept as a %1 in My digits.").arg(digit), true);
    }
}

void Corrections::relabel(int digit)
{
    std::vector<MyDigit> previous = m_digits->relabel({m_kept}, digit);
    if (previous.empty()) {
        Q_EMIT said(Tone::Info, tr("This drawing is in My digits as a %1 already.").arg(digit), false);
        return;
    }
    const int before = previous.front().digit;
    m_previous = std::move(previous);
    Q_EMIT said(Tone::Success, tr("Now kept as a %1, no longer as a %2.").arg(digit).arg(before), true);
}

void Corrections::clearPad()
{
    m_drawing->clear();
    m_cleared = true;
}

void Corrections::undo()
{
    if (!m_previous.empty()) {
        m_digits->restore(m_previous);
        Q_EMIT said(Tone::Info, tr("Kept as a %1 again.").arg(m_previous.front().digit), false);
        m_previous.clear();
        return;
    }
    if (m_digits->remove({m_kept}).empty()) {
        return;
    }
    if (m_cleared) {
        m_drawing->undoStack()->undo();
    }
    Q_EMIT said(Tone::Info, tr("The drawing is not in My digits any more."), false);
}

void Corrections::setShown(quint64 id)
{
    m_kept = id;
    m_keptInk = m_drawing->content().ink;
    m_cleared = false;
    m_previous.clear();
}

} // namespace digitpad
