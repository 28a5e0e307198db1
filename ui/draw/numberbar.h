#pragma once

#include "core/learning/numberreader.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace digitpad {

/// The number that stands on the pad, and a button that copies it. Shows where there is more than one digit,
/// and keeps its place where there is none, so that the pad does not move.
class NumberBar : public QWidget
{
    Q_OBJECT

public:
    explicit NumberBar(QWidget* parent = nullptr);

    void setReading(const NumberReading& reading);
    [[nodiscard]] QString number() const { return m_number; }
    /// Copies the number; with a single digit too. Off where there is nothing to copy.
    [[nodiscard]] QAction* copyAction() const { return m_copy; }

Q_SIGNALS:
    void copied(const QString& number);

protected:
    void changeEvent(QEvent* event) override;

private:
    void copy();
    void refresh();

    NumberReading m_reading;
    QString m_number;
    QAction* m_copy;
    QLabel* m_caption;
    QLabel* m_label;
    QLabel* m_doubt;
    QToolButton* m_button;
};

} // namespace digitpad
