#pragma once

#include "core/learning/engine.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace digitpad {

class ErrorLabel;
class RangeTestCurve;

/// What the learning-rate range test found: the loss over the rate, the suggestion, and a button that takes
/// it. Hidden until a test was asked for.
class RangeTestPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RangeTestPanel(QWidget* parent = nullptr);

    void showTesting();
    void showTest(const RateRangeTest& test);
    /// A sentence about what went wrong, or nothing: then what the test found stays.
    void testEnded(const QString& problem);

Q_SIGNALS:
    void rateChosen(double rate);

private:
    RangeTestCurve* m_curve;
    QLabel* m_text;
    ErrorLabel* m_error;
    QPushButton* m_use;
    QPushButton* m_close;
    double m_suggestion = 0;
    bool m_testing = false;
};

} // namespace digitpad
