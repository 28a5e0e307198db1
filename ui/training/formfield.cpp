#include "ui/training/formfield.h"

#include "ui/widgets/tones.h"

#include <QEvent>
#include <QGuiApplication>
#include <QVBoxLayout>

namespace digitpad {

QColor errorColor(const QPalette& palette)
{
    return isDark(palette) ? QColor(0xFF, 0xB4, 0xAB) : QColor(0xB3, 0x26, 0x1E);
}

NoteLabel::NoteLabel(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setWordWrap(true);
    applyPalette();
}

void NoteLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        applyPalette();
    }
    QLabel::changeEvent(event);
}

void NoteLabel::applyPalette()
{
    const QPalette around =
        parentWidget() != nullptr ? parentWidget()->palette() : QGuiApplication::palette();
    QPalette mine = palette();
    mine.setColor(QPalette::WindowText, secondaryText(around));
    setPalette(mine);
}

ErrorLabel::ErrorLabel(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->addWidget(m_text);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setTextFormat(Qt::PlainText);
    hide();
}

void ErrorLabel::setText(const QString& text)
{
    QPalette colours = m_text->palette();
    colours.setColor(QPalette::WindowText, errorColor(palette()));
    m_text->setPalette(colours);
    m_text->setText(text);
    setVisible(!text.isEmpty());
}

QString ErrorLabel::text() const
{
    return m_text->text();
}

void ErrorLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        setText(text());
    }
    QWidget::changeEvent(event);
}

FormField::FormField(QWidget* editor, const QString& help, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_error(new ErrorLabel(this))
    , m_help(help)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(editor);
    layout->addWidget(m_error);
    editor->setFocusPolicy(Qt::StrongFocus);
    editor->installEventFilter(this);
    showHelp();
}

void FormField::setHelp(const QString& help)
{
    m_help = help;
    showHelp();
}

void FormField::setError(const QString& sentence)
{
    if (sentence == m_error->text()) {
        return;
    }
    m_error->setText(sentence);
    m_editor->setAccessibleDescription(sentence.isEmpty() ? m_help : sentence);
}

QString FormField::error() const
{
    return m_error->text();
}

void FormField::setLocked(const QString& reason)
{
    m_lockReason = reason;
    m_editor->setEnabled(reason.isEmpty());
    showHelp();
}

bool FormField::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && !m_editor->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FormField::showHelp()
{
    const QString tip = m_lockReason.isEmpty() ? m_help : m_lockReason + QStringLiteral("\n\n") + m_help;
    // As rich text the tooltip wraps its lines.
    setToolTip(QStringLiteral("<p>%1</p>").arg(tip.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))));
    m_editor->setAccessibleDescription(m_help);
}

} // namespace digitpad
