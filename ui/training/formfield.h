#pragma once

#include <QColor>
#include <QLabel>

class QPalette;

namespace digitpad {

/// Red that reads well on the palette's window, light or dark.
QColor errorColor(const QPalette& palette);

/// Words that stand back but stay readable, on light and dark palettes.
class NoteLabel : public QLabel
{
    Q_OBJECT

public:
    explicit NoteLabel(const QString& text, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyPalette();
};

/// A sentence about something wrong, under the thing it is about; hidden while there is nothing to say.
class ErrorLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ErrorLabel(QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* m_text;
};

/// An editor of a form with room for a sentence beneath it when its value is impossible. While the form is
/// locked the editor is disabled and its tooltip says why. Wheel turns reach the editor only when it has the
/// focus, so that scrolling the form changes nothing by accident.
class FormField : public QWidget
{
    Q_OBJECT

public:
    /// Takes the editor as its child; `help` is its tooltip.
    FormField(QWidget* editor, const QString& help, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* editor() const { return m_editor; }
    void setHelp(const QString& help);
    /// Empty hides it.
    void setError(const QString& sentence);
    [[nodiscard]] QString error() const;
    /// Empty unlocks.
    void setLocked(const QString& reason);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showHelp();

    QWidget* m_editor;
    ErrorLabel* m_error;
    QString m_help;
    QString m_lockReason;
};

} // namespace digitpad
