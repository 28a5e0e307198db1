#include "ui/training/ratefield.h"

#include <QLineEdit>

#include <algorithm>
#include <array>
#include <cmath>

namespace digitpad {

namespace {

constexpr double smallestStep = 1e-7;
constexpr double largestStep = 10;

double power(int factor, int exponent)
{
    return QStringLiteral("%1e%2").arg(factor).arg(exponent).toDouble();
}

} // namespace

QString rateText(double rate)
{
    const bool plain = rate >= 1e-4 && rate < 1e4;
    return plain ? QString::number(rate, 'f', QLocale::FloatingPointShortest)
                 : QString::number(rate, 'g', QLocale::FloatingPointShortest);
}

double nextRate(double rate, bool up)
{
    const int decade = static_cast<int>(std::floor(std::log10(rate) + 1e-9));
    // Read from text, so that the steps are the very numbers that a person types.
    const std::array candidates{power(5, decade - 1), power(1, decade), power(2, decade), power(5, decade),
                                power(1, decade + 1)};
    if (up) {
        return *std::find_if(candidates.begin(), candidates.end(),
                             [rate](double c) { return c > rate * (1 + 1e-9); });
    }
    return *std::find_if(candidates.rbegin(), candidates.rend(),
                         [rate](double c) { return c < rate * (1 - 1e-9); });
}

RateField::RateField(QWidget* parent)
    : QAbstractSpinBox(parent)
{
    connect(lineEdit(), &QLineEdit::textChanged, this, &RateField::edited);
}

std::optional<double> RateField::value() const
{
    QString text = lineEdit()->text().trimmed();
    text.replace(u',', u'.');
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

void RateField::setValue(double value)
{
    lineEdit()->setText(rateText(value));
}

void RateField::stepBy(int steps)
{
    double rate = value().value_or(0);
    if (!(rate > 0)) {
        return;
    }
    for (int i = 0; i < std::abs(steps); ++i) {
        rate = std::clamp(nextRate(rate, steps > 0), smallestStep, largestStep);
    }
    setValue(rate);
    selectAll();
}

QSize RateField::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(QStringLiteral("0.000123456"));
    return {text + 40, QAbstractSpinBox::sizeHint().height()};
}

QAbstractSpinBox::StepEnabled RateField::stepEnabled() const
{
    const double rate = value().value_or(0);
    StepEnabled enabled = StepNone;
    enabled.setFlag(StepUpEnabled, rate > 0 && rate < largestStep);
    enabled.setFlag(StepDownEnabled, rate > smallestStep);
    return enabled;
}

QValidator::State RateField::validate(QString& /*input*/, int& /*pos*/) const
{
    return QValidator::Acceptable;
}

} // namespace digitpad
