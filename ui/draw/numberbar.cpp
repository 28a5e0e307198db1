#include "ui/draw/numberbar.h"

#include "ui/draw/probabilitybars.h"
#include "ui/widgets/tones.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace digitpad {

namespace {

QLabel* makeLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    return label;
}

/// The digits, those that are not sure in another colour and underlined.
QString richNumber(const NumberReading& reading, const QColor& doubt)
{
    QString text;
    int line = 0;
    for (const ReadDigit& digit : reading.digits) {
        if (digit.line != line) {
            text += QLatin1Char(' ');
            line = digit.line;
        }
        const QString figure = QString::number(digit.prediction.digit);
        text += digit.prediction.accepted
                    ? figure
                    : QStringLiteral("<u style=\"color:%1\">%2</u>").arg(doubt.name(), figure);
    }
    return text;
}

int doubtfulDigits(const NumberReading& reading)
{
    return static_cast<int>(std::count_if(reading.digits.begin(), reading.digits.end(),
                                          [](const ReadDigit& digit) { return !digit.prediction.accepted; }));
}

} // namespace

NumberBar::NumberBar(QWidget* parent)
    : QWidget(parent)
    , m_copy(new QAction(tr("Copy &Number"), this))
    , m_caption(makeLabel("numberCaption", this))
    , m_label(makeLabel("number", this))
    , m_doubt(makeLabel("numberDoubt", this))
    , m_button(new QToolButton(this))
{
    setObjectName(QStringLiteral("numberBar"));
    m_copy->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    m_copy->setToolTip(tr("Copy the number (%1)").arg(m_copy->shortcut().toString(QKeySequence::NativeText)));
    connect(m_copy, &QAction::triggered, this, &NumberBar::copy);
    m_caption->setText(tr("Number:"));
    QFont large = m_label->font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setBold(true);
    m_label->setFont(large);
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setMinimumWidth(1); // A long number must not widen the window.
    m_button->setObjectName(QStringLiteral("copyNumber"));
    m_button->setDefaultAction(m_copy);
    m_button->setText(tr("Copy"));
    m_button->setAccessibleName(tr("Copy the number"));
    m_button->setFocusPolicy(Qt::TabFocus); // A click leaves the focus on the pad.

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_caption);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_doubt);
    layout->addWidget(m_button);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    refresh();
}

void NumberBar::setReading(const NumberReading& reading)
{
    m_reading = reading;
    refresh();
}

void NumberBar::refresh()
{
    m_number = QString::fromStdString(m_reading.number);
    m_copy->setEnabled(!m_number.isEmpty());
    m_label->setText(richNumber(m_reading, toneColors(palette(), Tone::Warning).accent));
    m_label->setAccessibleName(tr("Number on the pad: %1").arg(m_number));
    m_label->setToolTip(tr("What the digits on the pad make together, read from left to right"));
    const int doubtful = doubtfulDigits(m_reading);
    m_doubt->setText(doubtful > 0 ? tr("%n not sure", "digits", doubtful) : QString());
    setVisible(m_reading.digits.size() > 1);
}

void NumberBar::copy()
{
    QApplication::clipboard()->setText(m_number);
    Q_EMIT copied(m_number);
}

void NumberBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace digitpad
