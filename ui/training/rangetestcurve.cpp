#include "ui/training/rangetestcurve.h"

#include "ui/training/numberfield.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace digitpad {

RangeTestCurve::RangeTestCurve(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("rangeTestCurve"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RangeTestCurve::sizeHint() const
{
    return {220, 100 + fontMetrics().height()};
}

void RangeTestCurve::setTest(const RateRangeTest& test)
{
    m_test = test;
    if (!test.points.empty()) {
        const auto less = [](const auto& a, const auto& b) { return a.loss < b.loss; };
        m_lowLoss = std::min_element(test.points.begin(), test.points.end(), less)->loss;
        // What explodes at the end shall not flatten the rest.
        m_highLoss = m_lowLoss + 1.5 * std::max(test.points.front().loss - m_lowLoss, 1e-3);
    }
    setAccessibleName(tr("Loss over the learning rate; suggestion %1").arg(numberText(test.suggestion)));
    update();
}

QRectF RangeTestCurve::plot() const
{
    return QRectF(rect()).adjusted(1, 4, -1, -fontMetrics().height() - 4);
}

double RangeTestCurve::xAt(double rate) const
{
    const double low = std::log10(m_test.points.front().rate);
    const double high = std::max(std::log10(m_test.points.back().rate), low + 1e-6);
    return plot().left() + plot().width() * (std::log10(rate) - low) / (high - low);
}

void RangeTestCurve::paintDecades(QPainter& painter) const
{
    const QColor line = mixed(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.2);
    const int first = static_cast<int>(std::ceil(std::log10(m_test.points.front().rate) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(m_test.points.back().rate) + 1e-9));
    for (int decade = first; decade <= last; ++decade) {
        const double x = xAt(std::pow(10, decade));
        painter.setPen(line);
        painter.drawLine(QPointF(x, plot().top()), QPointF(x, plot().bottom()));
        painter.setPen(secondaryText(palette()));
        const QString text =
            decade < -2 ? QStringLiteral("1e%1").arg(decade) : numberText(std::pow(10, decade));
        const double wide = fontMetrics().horizontalAdvance(text) + 2;
        QRectF box(x - wide / 2, plot().bottom() + 2, wide, fontMetrics().height());
        box.moveLeft(std::clamp(box.left(), 0.0, std::max(0.0, width() - wide)));
        painter.drawText(box, Qt::AlignHCenter, text);
    }
}

void RangeTestCurve::paintSuggestion(QPainter& painter) const
{
    if (m_test.suggestion > 0) {
        painter.setPen(QPen(toneColors(palette(), Tone::Success).accent, 2, Qt::DashLine));
        const double x = xAt(m_test.suggestion);
        painter.drawLine(QPointF(x, plot().top()), QPointF(x, plot().bottom()));
    }
}

void RangeTestCurve::paintEvent(QPaintEvent* /*event*/)
{
    if (m_test.points.size() < 2) {
        return;
    }
    QPainter painter(this);
    painter.fillRect(plot(), palette().color(QPalette::Base));
    paintDecades(painter);
    QPolygonF line;
    for (const RateRangeTest::Point& point : m_test.points) {
        const double part =
            std::clamp((point.loss - m_lowLoss) / (m_highLoss - m_lowLoss), -0.1, 1.2) * 0.9 + 0.05;
        line.append({xAt(point.rate), plot().bottom() - plot().height() * part});
    }
    painter.setClipRect(plot());
    paintSuggestion(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(toneColors(palette(), Tone::Info).accent, 2));
    painter.drawPolyline(line);
}

bool RangeTestCurve::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_test.points.size() >= 2) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto near =
            std::min_element(m_test.points.begin(), m_test.points.end(), [&](const auto& a, const auto& b) {
                return std::abs(xAt(a.rate) - help->pos().x()) < std::abs(xAt(b.rate) - help->pos().x());
            });
        QToolTip::showText(
            help->globalPos(),
            tr("Rate %1: loss %2").arg(QString::number(near->rate, 'g', 2), lossText(near->loss)), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace digitpad
