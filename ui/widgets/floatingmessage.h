#pragma once

#include "ui/widgets/messagebar.h"

#include <QTimer>

#include <functional>

namespace digitpad {

/// A message bar above the lower edge of its parent, so that nothing moves. Good news goes by itself.
class FloatingMessage : public MessageBar
{
    Q_OBJECT

public:
    /// `parent` is not null; the bar follows its size.
    explicit FloatingMessage(QWidget* parent);

    /// The button with `actionText`, where there is one, dismisses the message and calls `action`.
    void say(Tone tone, const QString& text, const QString& actionText = {},
             std::function<void()> action = {});
    /// How far the bar stays from the parent's lower edge and sides; 14 unless set.
    void setMargins(int side, int bottom);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onAction();
    void place();

    QTimer m_timer;
    std::function<void()> m_action;
    int m_side = 14;
    int m_bottom = 14;
};

} // namespace digitpad
