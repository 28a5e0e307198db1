#pragma once

#include <QAbstractSpinBox>

#include <cstdint>

namespace digitpad {

/// A seed, 64 bits of it, which a QSpinBox does not hold. Takes digits alone.
class SeedField : public QAbstractSpinBox
{
    Q_OBJECT

public:
    explicit SeedField(QWidget* parent = nullptr);

    [[nodiscard]] std::uint64_t value() const { return m_value; }
    void setValue(std::uint64_t value);

    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void valueChanged(quint64 value);

protected:
    StepEnabled stepEnabled() const override;
    QValidator::State validate(QString& input, int& pos) const override;
    void fixup(QString& input) const override;

private:
    void take(const QString& text);

    std::uint64_t m_value = 0;
};

} // namespace digitpad
