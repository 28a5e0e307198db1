#pragma once

#include "core/image/digitimage.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace digitpad {

/// Ten buttons, 0 to 9, each with a bar of its probability: which digit the guess is held against. The guess
/// itself cannot be chosen.
class RivalPicker : public QWidget
{
    Q_OBJECT

public:
    using Probabilities = std::array<float, digitClasses>;

    explicit RivalPicker(QWidget* parent = nullptr);

    /// Probabilities 0 to 1. `guess` and `rival` are different digits.
    void setDigits(int guess, int rival, const Probabilities& probabilities);
    [[nodiscard]] QToolButton* button(int digit) const;

Q_SIGNALS:
    /// The person chose a digit.
    void chosen(int digit);

private:
    class Button;

    std::array<Button*, digitClasses> m_buttons{};
};

} // namespace digitpad
