#pragma once

#include "ui/training/numberfield.h"

namespace digitpad {

/// A learning rate: a positive number over many magnitudes.
class RateField : public NumberField
{
    Q_OBJECT

public:
    explicit RateField(QWidget* parent = nullptr);
};

} // namespace digitpad
