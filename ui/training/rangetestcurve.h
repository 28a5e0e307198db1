#pragma once

#include "core/learning/engine.h"

#include <QWidget>

namespace digitpad {

/// The loss over the learning rate, on a logarithmic axis, with a mark at the suggestion.
class RangeTestCurve : public QWidget
{
    Q_OBJECT

public:
    explicit RangeTestCurve(QWidget* parent = nullptr);

    void setTest(const RateRangeTest& test);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xAt(double rate) const;
    void paintDecades(QPainter& painter) const;
    void paintSuggestion(QPainter& painter) const;

    RateRangeTest m_test;
    double m_lowLoss = 0;
    double m_highLoss = 1;
};

} // namespace digitpad
