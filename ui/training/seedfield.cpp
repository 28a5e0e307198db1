#include "ui/training/seedfield.h"

#include <QLineEdit>

#include <algorithm>
#include <limits>

namespace digitpad {

SeedField::SeedField(QWidget* parent)
    : QAbstractSpinBox(parent)
{
    lineEdit()->setText(QStringLiteral("0"));
    connect(lineEdit(), &QLineEdit::textChanged, this, &SeedField::take);
}

void SeedField::take(const QString& text)
{
    bool ok = false;
    const std::uint64_t value = text.toULongLong(&ok);
    if (ok && value != m_value) {
        m_value = value;
        Q_EMIT valueChanged(value);
    }
}

void SeedField::setValue(std::uint64_t value)
{
    lineEdit()->setText(QString::number(value));
}

void SeedField::stepBy(int steps)
{
    constexpr auto last = std::numeric_limits<std::uint64_t>::max();
    const auto by = static_cast<std::uint64_t>(std::abs(steps));
    setValue(steps > 0 ? m_value + std::min(by, last - m_value) : m_value - std::min(by, m_value));
    selectAll();
}

QSize SeedField::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(QStringLiteral("0000000000"));
    return {text + 40, QAbstractSpinBox::sizeHint().height()};
}

QAbstractSpinBox::StepEnabled SeedField::stepEnabled() const
{
    StepEnabled enabled = StepNone;
    enabled.setFlag(StepUpEnabled, m_value < std::numeric_limits<std::uint64_t>::max());
    enabled.setFlag(StepDownEnabled, m_value > 0);
    return enabled;
}

QValidator::State SeedField::validate(QString& input, int& /*pos*/) const
{
    if (input.isEmpty()) {
        return QValidator::Intermediate;
    }
    bool ok = false;
    input.toULongLong(&ok);
    const bool digits = std::all_of(input.begin(), input.end(), [](QChar c) { return c.isDigit(); });
    return ok && digits ? QValidator::Acceptable : QValidator::Invalid;
}

void SeedField::fixup(QString& input) const
{
    input = QString::number(m_value);
}

} // namespace digitpad
