#include "ui/training/numberfield.h"

#include <QLineEdit>

#include <algorithm>
#include <array>
#include <cmath>

namespace digitpad {

namespace {

constexpr double smallestRate = 1e-7;
/// Below that the decades give way to 0.
constexpr double smallestAboveZero = 1e-5;
constexpr double greatestDecay = 0.9999;

double power(int factor, int exponent)
{
    return QStringLiteral("%1e%2").arg(factor).arg(exponent).toDouble();
}

/// Without the dust of binary fractions: 0.15, not 0.15000000000000002.
double rounded(double number)
{
    return QString::number(number, 'g', 12).toDouble();
}

double nextOnGrid(double number, double step, bool up)
{
    const double steps = number / step;
    return rounded(step * (up ? std::floor(steps + 1e-6) + 1 : std::ceil(steps - 1e-6) - 1));
}

} // namespace

QString numberText(double number)
{
    const bool plain = number == 0 || (std::abs(number) >= 1e-4 && std::abs(number) < 1e6);
    if (plain) {
        return QString::number(number, 'f', QLocale::FloatingPointShortest);
    }
    QString text = QString::number(number, 'g', QLocale::FloatingPointShortest);
    // 1e-8, as people write it, not 1e-08.
    return text.replace(QLatin1String("e-0"), QLatin1String("e-"))
        .replace(QLatin1String("e+0"), QLatin1String("e+"));
}

double nextInDecades(double number, bool up)
{
    const int decade = static_cast<int>(std::floor(std::log10(number) + 1e-9));
    // Read from text, so that the steps are the very numbers that a person types.
    const std::array candidates{power(5, decade - 1), power(1, decade), power(2, decade), power(5, decade),
                                power(1, decade + 1)};
    if (up) {
        return *std::find_if(candidates.begin(), candidates.end(),
                             [number](double c) { return c > number * (1 + 1e-9); });
    }
    return *std::find_if(candidates.rbegin(), candidates.rend(),
                         [number](double c) { return c < number * (1 - 1e-9); });
}

double nextDecay(double decay, bool up)
{
    const double away = rounded(1 - decay);
    if (!up && away >= 0.5) {
        return 0;
    }
    // Nearer to 1 is a smaller distance; the first step from 0 leaves 0.5 of it.
    return rounded(1 - nextInDecades(away, !up));
}

NumberField::NumberField(Steps steps, double greatest, QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_steps(steps)
    , m_greatest(greatest)
{
    connect(lineEdit(), &QLineEdit::textChanged, this, &NumberField::edited);
}

std::optional<double> NumberField::value() const
{
    QString text = lineEdit()->text().trimmed();
    if (!m_zeroText.isEmpty() && text.compare(m_zeroText, Qt::CaseInsensitive) == 0) {
        return 0;
    }
    text.replace(u',', u'.');
    bool ok = false;
    const double value = text.toDouble(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

void NumberField::setValue(double value)
{
    lineEdit()->setText(value == 0 && !m_zeroText.isEmpty() ? m_zeroText : numberText(value));
}

void NumberField::setZeroText(const QString& text)
{
    const bool zero = value() == 0;
    m_zeroText = text;
    if (zero) {
        setValue(0);
    }
}

double NumberField::next(double value, bool up) const
{
    switch (m_steps) {
    case Steps::Decades:
        return value > 0 ? nextInDecades(value, up) : value;
    case Steps::DecadesFromZero:
        if (value <= smallestAboveZero * (1 + 1e-9)) {
            return !up ? 0 : value > 0 ? nextInDecades(value, true) : smallestAboveZero;
        }
        return nextInDecades(value, up);
    case Steps::Decays:
        return value >= 0 && value < 1 ? nextDecay(value, up) : value;
    case Steps::Twentieths:
        return nextOnGrid(value, 0.05, up);
    case Steps::Tenths:
        return nextOnGrid(value, 0.1, up);
    case Steps::Quarters:
        return nextOnGrid(value, 0.25, up);
    }
    return value;
}

double NumberField::least() const
{
    return m_steps == Steps::Decades ? smallestRate : 0;
}

void NumberField::stepBy(int steps)
{
    const auto before = value();
    if (!before || (m_steps == Steps::Decades && !(*before > 0))) {
        return;
    }
    const double end = m_steps == Steps::Decays ? std::min(m_greatest, greatestDecay) : m_greatest;
    double number = *before;
    for (int i = 0; i < std::abs(steps); ++i) {
        number = std::clamp(next(number, steps > 0), least(), end);
    }
    setValue(number);
    selectAll();
}

QSize NumberField::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(QStringLiteral("0.00012345"));
    return {text + 40, QAbstractSpinBox::sizeHint().height()};
}

QSize NumberField::minimumSizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(QStringLiteral("0.0001"));
    return {text + 40, QAbstractSpinBox::minimumSizeHint().height()};
}

QAbstractSpinBox::StepEnabled NumberField::stepEnabled() const
{
    const auto number = value();
    StepEnabled enabled = StepNone;
    if (number && (*number > 0 || m_steps != Steps::Decades)) {
        enabled.setFlag(StepUpEnabled, *number < m_greatest);
        enabled.setFlag(StepDownEnabled, *number > least());
    }
    return enabled;
}

QValidator::State NumberField::validate(QString& /*input*/, int& /*pos*/) const
{
    return QValidator::Acceptable;
}

} // namespace digitpad
