#pragma once

#include <QAbstractSpinBox>

#include <optional>

namespace digitpad {

/// A positive number over many magnitudes: takes 0.001, 1e-3 and 0,001; the arrows and the wheel step through
/// 1, 2 and 5 of each power of ten. Whatever is typed stays as it is, so that a sentence can be said about
/// it.
class RateField : public QAbstractSpinBox
{
    Q_OBJECT

public:
    explicit RateField(QWidget* parent = nullptr);

    /// Empty where the text is no number; any number otherwise, possible or not.
    [[nodiscard]] std::optional<double> value() const;
    void setValue(double value);

    void stepBy(int steps) override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void edited();

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString& input, int& pos) const override;
};

/// The shortest text that reads back as the same number: "0.001", "1e-05".
QString rateText(double rate);
/// The next of 1, 2 and 5 × 10^n above (`up`) or below a positive number.
double nextRate(double rate, bool up);

} // namespace digitpad
