#pragma once

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;

namespace digitpad {

/// What stands where there is nothing to show yet: a title, a sentence, and what can be done next, in the
/// middle.
class StatePage : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the page's object name; its title is NAMETitle and its sentence NAMEText. Takes the widgets,
    /// which get the sentence's width, and the buttons as its children.
    StatePage(const QString& name, const QString& title, const QString& text, const QList<QWidget*>& widgets,
              const QList<QPushButton*>& buttons, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setText(const QString& text);

private:
    QLabel* m_title;
    QLabel* m_text;
};

} // namespace digitpad
