#pragma once

#include "ui/evaluation/evaluationchart.h"

namespace digitpad {

/// What part is accepted over a threshold from 0 to 1, with one threshold that the mouse drags and the keys
/// move (the arrows by one hundredth, the page keys by ten, Home and End to the ends), and the model's own as
/// a mark. GUI thread only.
class ThresholdChart : public EvaluationChart
{
    Q_OBJECT

public:
    using EvaluationChart::EvaluationChart;

    /// Both 0 to 1.
    void setThresholds(double chosen, double own);
    [[nodiscard]] double threshold() const { return m_chosen; }

Q_SIGNALS:
    /// By the person.
    void thresholdMoved(double threshold);

protected:
    void paintMarks(ChartPainter& chart) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void moveTo(double threshold);

    double m_chosen = 0.5;
    double m_own = 0.5;
    bool m_dragging = false;
};

} // namespace digitpad
