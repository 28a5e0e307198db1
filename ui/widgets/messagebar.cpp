#include "ui/widgets/messagebar.h"

#include "ui/widgets/icons.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace digitpad {

namespace {

constexpr int iconSize = 20;

Icon iconFor(Tone tone)
{
    switch (tone) {
    case Tone::Success:
        return Icon::Success;
    case Tone::Warning:
        return Icon::Warning;
    case Tone::Error:
        return Icon::Error;
    case Tone::Info:
        break;
    }
    return Icon::Info;
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QToolButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_action->setObjectName(QStringLiteral("messageAction"));
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close (Esc)"));
    m_close->setAccessibleName(tr("Close the message"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);

    connect(m_action, &QToolButton::clicked, this, &MessageBar::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    hide();
}

void MessageBar::showMessage(Tone tone, const QString& text, const QString& actionText)
{
    m_tone = tone;
    m_text->setText(text);
    m_action->setText(actionText);
    m_action->setVisible(!actionText.isEmpty());
    setAccessibleName(text);
    applyTone();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBar::dismiss()
{
    if (!isHidden()) {
        hide();
        Q_EMIT dismissed();
    }
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        return;
    }
    QFrame::keyPressEvent(event);
}

void MessageBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyTone();
    }
    QFrame::changeEvent(event);
}

void MessageBar::applyTone()
{
    const ToneColors colors = toneColors(QGuiApplication::palette(), m_tone);
    QPalette textPalette = QGuiApplication::palette();
    textPalette.setColor(QPalette::WindowText, colors.text);
    textPalette.setColor(QPalette::Text, colors.text);
    m_text->setPalette(textPalette);
    m_icon->setPixmap(tintedPixmap(iconFor(m_tone), iconSize, devicePixelRatioF(), colors.accent));
    m_close->setIcon(icon(Icon::Close));
    update();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    const ToneColors colors = toneColors(QGuiApplication::palette(), m_tone);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(colors.background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace digitpad
