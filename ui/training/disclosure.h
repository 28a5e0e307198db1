#pragma once

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace digitpad {

/// A row that opens and closes what lies beneath it, with a mouse or Space; closed it says in a few words
/// what is inside.
class Disclosure : public QWidget
{
    Q_OBJECT

public:
    Disclosure(const QString& title, bool heading, QWidget* parent = nullptr);

    [[nodiscard]] QVBoxLayout* body() const { return m_layout; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    void setOpen(bool open);
    void setSummary(const QString& text);
    /// Wide enough for what is in it, open or not.
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void toggled(bool open);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showSummary();

    QToolButton* m_header;
    QLabel* m_note;
    QWidget* m_content;
    QVBoxLayout* m_layout;
    QString m_summary;
    bool m_open = false;
};

} // namespace digitpad
