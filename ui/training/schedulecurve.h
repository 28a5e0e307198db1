#pragma once

#include <QWidget>

#include <vector>

namespace digitpad {

/// The learning rate over a run that has not begun. Under the mouse it says the rate.
class ScheduleCurve : public QWidget
{
    Q_OBJECT

public:
    explicit ScheduleCurve(QWidget* parent = nullptr);

    /// At even distances from the first step to the last.
    void setRates(std::vector<double> rates, int epochs);
    [[nodiscard]] const std::vector<double>& rates() const { return m_rates; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] QPointF pointAt(std::size_t index) const;

    std::vector<double> m_rates;
    double m_highest = 0;
    int m_epochs = 1;
};

} // namespace digitpad
