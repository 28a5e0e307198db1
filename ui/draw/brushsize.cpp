#include "ui/draw/brushsize.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSlider>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int least = 1;
constexpr int most = 20;
constexpr int usual = 6;
constexpr int dotSide = 24;

class Dot : public QWidget
{
public:
    Dot(QSlider* slider, QWidget* parent)
        : QWidget(parent)
        , m_slider(slider)
    {
        setFixedSize(dotSide, dotSide);
        connect(slider, &QSlider::valueChanged, this, [this] { update(); });
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::WindowText));
        const double radius = 1.5 + (dotSide / 2.0 - 2) * (m_slider->value() - least) / (most - least);
        painter.drawEllipse(QRectF(rect()).center(), radius, radius);
    }

private:
    QSlider* m_slider;
};

int stepFrom(int percent)
{
    return percent < 8 ? 1 : 2;
}

} // namespace

BrushSize::BrushSize(QWidget* parent)
    : QWidget(parent)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_label(new QLabel(this))
{
    m_dot = new Dot(m_slider, this);
    m_slider->setObjectName(QStringLiteral("brushSlider"));
    m_slider->setRange(least, most);
    m_slider->setPageStep(3);
    m_slider->setMinimumWidth(70);
    m_slider->setMaximumWidth(140);
    m_slider->setAccessibleName(tr("Brush size in per cent of the pad"));
    setToolTip(tr("Brush size ([ and ])"));
    m_label->setFixedWidth(m_label->fontMetrics().horizontalAdvance(QStringLiteral("20\u00A0%")) + 4);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_dot);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_label);

    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        m_label->setText(tr("%1\u00A0%", "percentage").arg(value));
        Q_EMIT percentChanged(value);
    });
    connect(m_slider, &QSlider::sliderPressed, this, [this] { Q_EMIT adjusting(true); });
    connect(m_slider, &QSlider::sliderReleased, this, [this] { Q_EMIT adjusting(false); });
    m_slider->setValue(usual);
}

int BrushSize::percent() const
{
    return m_slider->value();
}

void BrushSize::setPercent(int percent)
{
    m_slider->setValue(percent);
}

void BrushSize::stepUp()
{
    setPercent(percent() + stepFrom(percent()));
}

void BrushSize::stepDown()
{
    setPercent(percent() - stepFrom(percent() - 1));
}

} // namespace digitpad
