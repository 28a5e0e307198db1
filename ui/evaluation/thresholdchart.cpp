#include "ui/evaluation/thresholdchart.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace digitpad {

void ThresholdChart::setThresholds(double chosen, double own)
{
    m_chosen = std::clamp(chosen, 0.0, 1.0);
    m_own = std::clamp(own, 0.0, 1.0);
    update();
}

void ThresholdChart::paintMarks(ChartPainter& chart) const
{
    chart.mark(m_own, tr("the model’s own"), 0.4); // The curves are above, or far below.
    chart.rule(m_chosen, palette().color(QPalette::Active, QPalette::Highlight), 3);
}

void ThresholdChart::moveTo(double threshold)
{
    // Steps of a thousandth are finer than a pixel, and read well.
    const double rounded = std::clamp(std::round(threshold * 1000) / 1000, 0.0, 1.0);
    if (rounded != m_chosen) {
        m_chosen = rounded;
        update();
        Q_EMIT thresholdMoved(rounded);
    }
}

void ThresholdChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !series().isEmpty() &&
        plot().adjusted(-8, 0, 8, 0).contains(event->position())) {
        m_dragging = true;
        setCurrentStop(-1);
        moveTo(valueAt(event->position().x()));
    }
}

void ThresholdChart::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        moveTo(valueAt(event->position().x()));
        return;
    }
    const bool near = std::abs(place(m_chosen, 0).x() - event->position().x()) < 6;
    setCursor(near && plot().contains(event->position()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    EvaluationChart::mouseMoveEvent(event);
}

void ThresholdChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_dragging = false;
    }
}

void ThresholdChart::keyPressEvent(QKeyEvent* event)
{
    if (series().isEmpty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        moveTo(m_chosen - 0.01);
        break;
    case Qt::Key_Right:
    case Qt::Key_Up:
        moveTo(m_chosen + 0.01);
        break;
    case Qt::Key_PageDown:
        moveTo(m_chosen - 0.1);
        break;
    case Qt::Key_PageUp:
        moveTo(m_chosen + 0.1);
        break;
    case Qt::Key_Home:
        moveTo(0);
        break;
    case Qt::Key_End:
        moveTo(1);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace digitpad
