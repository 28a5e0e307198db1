#pragma once

#include "ui/widgets/tones.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace digitpad {

/// A message inside the window, above what it is about: icon, text that can be selected, at most one action,
/// and a button that closes it, as Escape does. Hidden until there is something to say.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// Takes the place of the message before. Without `actionText` there is no action button.
    void showMessage(Tone tone, const QString& text, const QString& actionText = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] Tone tone() const { return m_tone; }

public Q_SLOTS:
    void dismiss();

Q_SIGNALS:
    void actionTriggered();
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTone();

    Tone m_tone = Tone::Info;
    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_action;
    QToolButton* m_close;
};

} // namespace digitpad
