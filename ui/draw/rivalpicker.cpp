#include "ui/draw/rivalpicker.h"

#include "ui/draw/probabilitybars.h"
#include "ui/widgets/tones.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace digitpad {

class RivalPicker::Button : public QToolButton
{
public:
    using QToolButton::QToolButton;

    void setProbability(float probability)
    {
        m_probability = probability;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QToolButton::paintEvent(event);
        const QColor text = palette().color(QPalette::WindowText);
        const QColor window = palette().color(QPalette::Window);
        const QRectF track(4, height() - 6, width() - 8, 3);
        QPainter painter(this);
        painter.fillRect(track, mixed(text, window, 0.15));
        const QRectF bar(track.topLeft(), QSizeF(track.width() * double{m_probability}, track.height()));
        painter.fillRect(bar, palette().color(QPalette::Highlight));
    }

private:
    float m_probability = 0;
};

RivalPicker::RivalPicker(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("rivalPicker"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto* group = new QButtonGroup(this);
    for (int digit = 0; digit < digitClasses; ++digit) {
        auto* button = new Button(this);
        button->setText(QString::number(digit));
        button->setObjectName(QStringLiteral("rival%1").arg(digit));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus); // A click leaves the focus on the pad.
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        button->setFixedHeight(fontMetrics().height() + 14);
        group->addButton(button, digit);
        layout->addWidget(button, 1);
        m_buttons[static_cast<std::size_t>(digit)] = button;
    }
    connect(group, &QButtonGroup::idClicked, this, &RivalPicker::chosen);
}

void RivalPicker::setDigits(int guess, int rival, const Probabilities& probabilities)
{
    for (int digit = 0; digit < digitClasses; ++digit) {
        Button* button = m_buttons[static_cast<std::size_t>(digit)];
        const float probability = probabilities[static_cast<std::size_t>(digit)];
        button->setProbability(probability);
        button->setEnabled(digit != guess);
        button->setToolTip(digit == guess
                               ? tr("%1 is the guess (%2).").arg(digit).arg(percentageText(probability))
                               : tr("Why %1 rather than %2? %2 got %3.")
                                     .arg(guess)
                                     .arg(digit)
                                     .arg(percentageText(probability)));
    }
    m_buttons[static_cast<std::size_t>(rival)]->setChecked(true);
}

QToolButton* RivalPicker::button(int digit) const
{
    return m_buttons[static_cast<std::size_t>(digit)];
}

} // namespace digitpad
