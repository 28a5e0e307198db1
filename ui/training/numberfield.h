#pragma once

#include <QAbstractSpinBox>

#include <optional>

namespace digitpad {

/// A number that is typed as a person likes (0.001, 1e-3, 0,001) and kept to the last digit; the arrows and
/// the wheel step as suits it. Whatever is typed stays as it is, so that a sentence can be said about it.
class NumberField : public QAbstractSpinBox
{
    Q_OBJECT

public:
    /// How the arrows step.
    enum class Steps {
        Decades, ///< 1, 2 and 5 of each power of ten: learning rates.
        /// From 0 over the same steps to the greatest: weight decays, where 0 is none.
        DecadesFromZero,
        Decays,     ///< 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, …: what is near to 1.
        Twentieths, ///< 0, 0.05, 0.1, … to 1: parts.
        Tenths,     ///< 0, 0.1, 0.2, …
        Quarters,   ///< 0, 0.25, 0.5, …
    };

    /// `greatest` is the arrows' end alone.
    explicit NumberField(Steps steps, double greatest, QWidget* parent = nullptr);

    /// Empty where the text is no number; any number otherwise, possible or not.
    [[nodiscard]] std::optional<double> value() const;
    void setValue(double value);
    /// Shown in the place of 0: "None".
    void setZeroText(const QString& text);

    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// With every key, and with every setValue() that changes the text.
    void edited();

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString& input, int& pos) const override;

private:
    [[nodiscard]] double next(double value, bool up) const;
    [[nodiscard]] double least() const;

    Steps m_steps;
    double m_greatest;
    QString m_zeroText;
};

/// The shortest text that reads back as the same number: "0.001", "1e-5".
QString numberText(double number);
/// The next of 1, 2 and 5 × 10^n above (`up`) or below a positive number.
double nextInDecades(double number, bool up);
/// The next of 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, … above or below a number in [0, 1).
double nextDecay(double decay, bool up);

} // namespace digitpad
